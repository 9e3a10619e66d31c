import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, watch, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing'
import { closeDatabase } from '@/lib/db/client'
import { forgetEnvironment } from '@/lib/core/env'
import { fillInstallation } from '@/lib/testing/filled-installation'
import { prepareInstallation } from '@/lib/installation/keys'
import { openDatabase } from './database.mjs'
import { readEnvironment } from './environment.mjs'
import { openPostgres } from './postgres.mjs'
import { prepareCheckout } from './prepare.mjs'
import { ask, temporaryFolder } from './testing/sessions'

// The admin command itself, as people run it, with embedded databases of its own.

let folder: ReturnType<typeof temporaryFolder>
let dataDir: string
let backup: string
const environmentOf = (extra: Record<string, string>) => ({ PALISADE_DATA_DIR: dataDir, DATABASE_URL: '', PALISADE_URL: '', HOST: '', PALISADE_MASTER_KEY_FILE: '', PALISADE_MASTER_KEY_COMMAND: '', npm_lifecycle_event: '', ...extra })

function begin(args: readonly string[], extra: Record<string, string>): { child: ChildProcess; ended: Promise<{ code: number | null; signal: string | null; out: string; said: string }> } {
  const child = spawn(process.execPath, ['lib/cli/admin.mjs', ...args], { env: { ...process.env, NODE_ENV: 'production', ...environmentOf(extra) }, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let out = ''
  let said = ''
  child.stdout?.on('data', (chunk) => (out += String(chunk)))
  child.stderr?.on('data', (chunk) => (said += String(chunk)))
  return { child, ended: new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, out, said }))) }
}
const admin = (args: readonly string[], extra: Record<string, string> = {}) => begin(args, extra).ended

/** Names, sizes and times of everything below a folder. */
const listing = (place: string) => (existsSync(place) ? readdirSync(place, { recursive: true, encoding: 'utf8' }).sort().map((name) => `${name} ${statSync(path.join(place, name)).mtimeMs}`) : 'not there')

/** A new place with the master key of the backed up installation, or another file. */
function newPlace(name: string, key: string | null = readFileSync(path.join(dataDir, 'master.key'), 'utf8')): string {
  const place = path.join(folder.path, name)
  if (key === null) return place
  mkdirSync(place)
  writeFileSync(path.join(place, 'master.key'), key, { mode: 0o600 })
  return place
}
const restore = (place: string, file = backup, extra: Record<string, string> = {}) => admin(['backup', 'restore', '--from', file], { PALISADE_DATA_DIR: place, ...extra })

beforeAll(async () => {
  folder = temporaryFolder()
  dataDir = path.join(folder.path, 'data')
  await prepareCheckout(['bundles'])
  const database = await openDatabase(readEnvironment(environmentOf({})))
  process.env.DATABASE_URL = database.url()
  process.env.PALISADE_DATA_DIR = dataDir
  forgetEnvironment()
  await prepareInstallation()
  await fillInstallation()
  await closeDatabase()
  const made = await admin(['backup', 'create'])
  backup = made.out.trim()
  expect(made.code, made.said).toBe(0)
  await database.close()
}, 180_000)
afterAll(() => folder.remove())

describe('backup create', () => {
  it('writes to the data directory unless told otherwise, and says where', () => {
    expect(path.dirname(backup)).toBe(path.join(dataDir, 'backups'))
    expect(path.basename(backup)).toMatch(/^palisade-\d{8}-\d{6}\.tar$/)
    expect(statSync(backup).mode & 0o777).toBe(0o600)
    expect(statSync(path.dirname(backup)).mode & 0o777).toBe(0o700)
  })

  it('that is killed half way leaves no file with that name', async () => {
    const database = await openDatabase(readEnvironment(environmentOf({})))
    await ask(database.url(), `INSERT INTO "RateWindow" (key, "startsAt", count) SELECT md5(n::text), now(), 1 FROM generate_series(1, 200000) n RETURNING 1`)
    const to = path.join(folder.path, 'killed')
    mkdirSync(to)
    const { child, ended } = begin(['backup', 'create', '--to', path.join(to, 'one.tar')], {})
    await new Promise<void>((resolve) => {
      const watcher = watch(to, () => {
        watcher.close()
        // The whole group: the verb itself runs below the command.
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
        resolve()
      })
    })
    expect((await ended).signal).toBe('SIGKILL')
    expect(readdirSync(to).filter((name) => !name.endsWith('.part'))).toEqual([])
    await ask(database.url(), 'DELETE FROM "RateWindow" WHERE true RETURNING 1')
    await database.close()
  })
})

describe('backup restore', () => {
  it('brings the installation to an empty place, where it starts and can be backed up again', async () => {
    const place = newPlace('restored')
    const { code, out, said } = await restore(place)
    expect([code, out], said).toEqual([0, expect.stringMatching(/^Restored to .*restored in \d+\.\d s/)])
    expect(said).toContain('Opened 3: credentials of firewalls.')
    expect(said).toContain('Opened 1: second factors.')
    expect(said).toContain('The audit log is whole: 120 entries, 1 signed checkpoint.')
    expect(existsSync(path.join(place, 'restore-unfinished'))).toBe(false)
    expect(existsSync(path.join(place, 'supervisor.json'))).toBe(false)
    const database = await openDatabase(readEnvironment(environmentOf({ PALISADE_DATA_DIR: place })))
    expect(await ask(database.url(), 'SELECT count(*)::int FROM "Firewall"')).toBe(3)
    expect(await ask(database.url(), 'SELECT action FROM "AuditEntry" ORDER BY entry DESC LIMIT 1')).toBe('installation.restore')
    expect((await admin(['backup', 'create'], { PALISADE_DATA_DIR: place })).code).toBe(0)
    await database.close()
    const again = await restore(place)
    expect([again.code, again.said]).toEqual([1, expect.stringContaining(`The data directory ${place} is not empty`)])
  }, 90_000)

  it('works with the key in another file, and makes the folder', async () => {
    const key = path.join(folder.path, 'elsewhere.key')
    copyFileSync(path.join(dataDir, 'master.key'), key)
    const place = newPlace('with-key-elsewhere', null)
    const { code, said } = await restore(place, backup, { PALISADE_MASTER_KEY_FILE: key })
    expect(code, said).toBe(0)
    expect(existsSync(path.join(place, 'master.key'))).toBe(false)
  }, 90_000)

  it('refuses in one sentence, having written nothing', async () => {
    const cut = path.join(folder.path, 'cut.tar')
    writeFileSync(cut, readFileSync(backup).subarray(0, -3_000))
    const places: [string, string, string, string][] = [
      ['a wrong key', newPlace('wrong-key', `${randomBytes(32).toString('base64')}\n`), backup, 'does not fit this backup'],
      ['no key', newPlace('no-key', null), backup, 'is missing'],
      ['a cut file', newPlace('cut'), cut, 'is not a whole backup of Palisade'],
      ['no file', newPlace('no-file'), path.join(folder.path, 'none.tar'), 'There is no file'],
      ['a place with something in it', dataDir, backup, 'is not empty'],
    ]
    for (const [what, place, file, words] of places) {
      const before = listing(place)
      const { code, out, said } = await restore(place, file)
      expect([what, code, out, said]).toEqual([what, 1, '', expect.stringContaining(words)])
      expect([what, listing(place)]).toEqual([what, before])
    }
    expect((await admin(['backup', 'restore'], { PALISADE_DATA_DIR: newPlace('usage') })).said).toContain('backup restore takes --from')
  }, 90_000)

  it('that died half way leaves a place which nobody takes for an installation, until it is emptied', async () => {
    const place = newPlace('half')
    const { child, ended } = begin(['backup', 'restore', '--from', backup], { PALISADE_DATA_DIR: place })
    await expect.poll(() => existsSync(path.join(place, 'restore-unfinished')), { interval: 5, timeout: 30_000 }).toBe(true)
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    await ended
    const half = readEnvironment(environmentOf({ PALISADE_DATA_DIR: place }))
    await expect(openDatabase(half)).rejects.toThrow(`A restore into ${place} did not finish`)
    expect((await restore(place)).said).toContain(`An earlier restore into ${place} did not finish.`)
    // Its server outlived it, as after any kill; the next one to use the files ends it.
    await (await openPostgres(place)).close()
  }, 90_000)
})

describe('backup restore to a database of yours', () => {
  it('takes an empty one, marks it until all is proven, and refuses one with tables', async () => {
    const database = await createTestDatabase()
    const place = newPlace('own-database')
    const to = { DATABASE_URL: database.url }
    const full = await restore(place, backup, to)
    expect([full.code, full.said]).toEqual([1, expect.stringContaining('The database of DATABASE_URL is not empty (it has the table "')])
    await ask(database.url, 'DROP SCHEMA public, samples CASCADE')
    await ask(database.url, 'CREATE SCHEMA public')
    await ask(database.url, 'CREATE SCHEMA palisade_restore')
    expect((await restore(place, backup, to)).said).toContain('An earlier restore into this database did not finish.')
    await expect(openDatabase(readEnvironment(environmentOf(to)))).rejects.toThrow('A restore into this database did not finish')
    await ask(database.url, 'DROP SCHEMA palisade_restore')
    const done = await restore(place, backup, to)
    expect([done.code, readdirSync(place)], done.said).toEqual([0, ['master.key']])
    expect(await ask(database.url, `SELECT count(*)::int FROM "Firewall"`)).toBe(3)
    expect(await ask(database.url, `SELECT count(*)::int FROM pg_namespace WHERE nspname = 'palisade_restore'`)).toBe(0)
    await database.drop()
  }, 90_000)

  it('refuses where checkpoints of another log stand', async () => {
    const database = await createTestDatabase()
    const place = newPlace('checkpoints')
    writeFileSync(path.join(place, 'audit-checkpoints.jsonl'), '')
    expect((await restore(place, backup, { DATABASE_URL: database.url })).said).toContain('Move that file away and keep it')
    await database.drop()
  })
})

describe('a backup of another version', () => {
  it('is refused when it is newer, or when its migrations are others', async () => {
    const server = await openPostgres(dataDir)
    const made = async (name: string, sql: string, undo: string) => {
      await ask(server.url, `${sql} RETURNING 1`)
      const file = path.join(folder.path, name)
      // The command would bring the database to its own migrations first, so the bundled verb is asked.
      const child = spawn(process.execPath, ['.build/admin.mjs', 'backup', 'create', '--to', file], { env: { ...process.env, DATABASE_URL: server.url, PALISADE_DATA_DIR: dataDir }, stdio: 'ignore' })
      expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0)
      await ask(server.url, `${undo} RETURNING 1`)
      return file
    }
    const newer = await made('newer.tar', `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', repeat('a', 64), '99990101000000_later', now())`, `DELETE FROM "_prisma_migrations" WHERE id = 'x'`)
    const other = await made('other.tar', `UPDATE "_prisma_migrations" SET checksum = repeat('b', 64) WHERE migration_name LIKE '%team_and_trust'`, `UPDATE "_prisma_migrations" SET checksum = repeat('c', 64) WHERE migration_name LIKE '%team_and_trust'`)
    await server.close()
    const place = newPlace('versions')
    const before = listing(place)
    expect((await restore(place, newer)).said).toContain('was made by a newer version of Palisade (it has the migration "99990101000000_later"). Nothing was written.')
    expect((await restore(place, other)).said).toContain('team_and_trust" is another one here than in this backup. Nothing was written.')
    expect(listing(place)).toEqual(before)
  }, 90_000)
})
