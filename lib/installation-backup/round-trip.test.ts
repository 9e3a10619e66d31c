import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consoleActor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { aCustomer, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { checkBackup } from './check'
import { createBackup, type MadeBackup } from './create'
import { removeOldDrafts } from './drafts'
import { finishRestore } from './finish-restore'
import { loadBackup } from './load'
import { OPENED_COLUMNS } from './open-secrets'
import { readArchive } from './read-archive'
import { AWKWARD, fillInstallation, moveToEmptyDatabase, temporaryPlace } from '@/lib/testing/filled-installation'

let installation: Installation
let place: Awaited<ReturnType<typeof temporaryPlace>>
let made: MadeBackup
beforeAll(async () => {
  installation = await startInstallation()
  place = await temporaryPlace()
  await fillInstallation()
  made = await createBackup(consoleActor(), path.join(place.path, 'one.tar'), new Date())
})
afterAll(async () => {
  await place.remove()
  await installation.end()
})

const backupTo = (name: string) => createBackup(consoleActor(), path.join(place.path, name), new Date())
/** What protects the tables: constraints, indexes, triggers and functions. */
const guards = () => db().$queryRaw`
  SELECT conname::text AS name, pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT tgname::text, pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT proname::text, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1, 2`

describe('a backup', () => {
  it('is one file for its owner alone, with what it says of itself noted and audited', async () => {
    expect((await stat(made.file)).mode & 0o777).toBe(0o600)
    expect((await stat(made.file)).size).toBe(made.bytes)
    const [row] = await db().installationBackup.findMany({ where: { sha256: made.sha256 } })
    expect(row).toMatchObject({ fileName: 'one.tar', bytes: BigInt(made.bytes), lastEntry: BigInt(made.lastEntry), rowCount: BigInt(made.rows) })
    const entry = await db().auditEntry.findFirst({ where: { action: 'installation.backup' } })
    expect(entry?.entry).toBe(BigInt(made.lastEntry + 1))
    expect(entry?.canonical).toContain(made.sha256)
  })

  it('holds every table but those of the running processes, and neither key nor secret', async () => {
    const { header, manifest } = await readArchive(made.file)
    const tables = await db().$queryRaw<{ name: string }[]>`SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`
    expect(header.tables.map(({ name }) => name).concat('BulkAct', 'BulkItem', 'Delivery', 'Heartbeat', 'LiveChange', 'Notice', 'OriginLease', '_prisma_migrations').sort()).toEqual(tables.map(({ name }) => name).sort())
    expect(manifest.tables.find(({ name }) => name === 'Firewall')?.rows).toBe(3)
    const key = (await readFile(path.join(installation.directory, 'master.key'), 'utf8')).trim()
    let text = JSON.stringify(header)
    await readArchive(made.file, { piece: async (_, piece) => void (text += piece.toString('utf8')) })
    for (const secret of [key, Buffer.from(key, 'base64').toString('hex'), 'secret 1']) expect(text).not.toContain(secret)
  })

  it('never replaces a file', async () => {
    const before = await readFile(made.file)
    await expect(createBackup(consoleActor(), made.file, new Date())).rejects.toThrow(`There already is a file ${made.file}.`)
    expect(await readFile(made.file)).toEqual(before)
  })

  it('that is stopped half way leaves nothing', async () => {
    const names = await readdir(place.path)
    const stopping = new AbortController()
    stopping.abort(new Error('stopped'))
    await expect(createBackup(consoleActor(), path.join(place.path, 'stopped.tar'), new Date(), stopping.signal)).rejects.toThrow('stopped')
    expect(await readdir(place.path)).toEqual(names)
  })

  it('whose database goes away half way leaves nothing', async () => {
    const names = await readdir(place.path)
    const entries = await db().installationBackup.count()
    // Enough that it is still under way when it is found.
    await db().$executeRaw`INSERT INTO "RateWindow" (key, "startsAt", count) SELECT md5(n::text) || md5((n * 7)::text), now(), 1 FROM generate_series(1, 150000) n`
    const failed = expect(backupTo('gone.tar')).rejects.toThrow()
    await expect.poll(async () => (await db().$queryRaw<{ pid: number }[]>`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'palisade backup' AND query LIKE 'COPY "RateWindow"%' AND datname = current_database()`).length, { interval: 1 }).toBe(1)
    await failed
    expect([await readdir(place.path), await db().installationBackup.count()]).toEqual([names, entries])
    await db().rateWindow.deleteMany()
  })

  it('without its audit entry is no backup', async () => {
    const names = await readdir(place.path)
    await db().$executeRaw`ALTER TABLE "AuditEntry" ADD CONSTRAINT full_disk CHECK (action <> 'installation.backup') NOT VALID`
    const rows = await db().installationBackup.count()
    await expect(backupTo('unaudited.tar')).rejects.toThrow('full_disk')
    await db().$executeRaw`ALTER TABLE "AuditEntry" DROP CONSTRAINT full_disk`
    expect([await readdir(place.path), await db().installationBackup.count()]).toEqual([names, rows])
  })

  it('of a run that was killed is removed a day later, and nothing else', async () => {
    const folder = path.join(place.path, 'backups')
    await mkdir(folder)
    const draft = 'palisade-20261124-173000.tar.0123abcd.part'
    const others = ['palisade-20261124-173000.tar', 'mine.part']
    for (const name of [draft, ...others]) await writeFile(path.join(folder, name), '')
    await removeOldDrafts(folder, new Date())
    expect(await readdir(folder)).toHaveLength(3)
    await removeOldDrafts(folder, new Date(Date.now() + 2 * 86_400_000))
    expect((await readdir(folder)).sort()).toEqual(others.sort())
    await rm(folder, { recursive: true })
  })

  it('in a place that cannot be written to is refused with a sentence', async () => {
    await expect(backupTo('one.tar/below/two.tar')).rejects.toThrow(/could not be written to .* \(ENOTDIR\)/)
  })

  it('wants the owner', async () => {
    const { id } = await aCustomer()
    for (const actor of [await person([{ role: 'admin', customerId: null }]), await person([{ role: 'admin', customerId: id }])]) {
      await expect(createBackup(actor, path.join(place.path, 'not.tar'), new Date())).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect(await readdir(place.path)).toEqual(['one.tar'])
  })
})

describe('restoring', () => {
  it('brings back every row of every table, what protects them, every secret and the chain', async () => {
    const before = await readArchive(made.file)
    const guardsBefore = await guards()
    const checked = await checkBackup(made.file)
    const empty = await moveToEmptyDatabase()
    try {
      await loadBackup(made.file, made.sha256)
      // A backup of the restored database has the same sums, table by table.
      const again = await readArchive((await backupTo('again.tar')).file)
      expect(again.manifest.tables).toEqual(before.manifest.tables)
      expect(await guards()).toEqual(guardsBefore)
      expect((await db().firewall.findFirstOrThrow({ orderBy: { name: 'asc' } })).tags).toEqual(['edge', AWKWARD])
      await expect(db().auditEntry.deleteMany()).rejects.toThrow(/only grows/)
      const changes = await db().change.findMany({ orderBy: { id: 'asc' } })
      const { firewallId, at } = await db().change.findFirstOrThrow()
      expect((await db().change.create({ data: { firewallId, at, kind: 'rules', key: 'r', what: 'gone' } })).id).toBeGreaterThan(changes.at(-1)?.id ?? 0n)
    } finally {
      await empty.end()
    }

    const second = await moveToEmptyDatabase()
    try {
      await loadBackup(made.file, made.sha256)
      const finished = await finishRestore(consoleActor(), checked, new Date())
      expect(finished).toMatchObject({ problems: [], sessionsEnded: 1, auditEntries: made.lastEntry })
      expect(finished.opened).toEqual({ 'keys of the installation': 3, 'credentials of firewalls': 3, 'access tokens of firewalls': 3, 'pairs handed out during enrolment': 1, 'second factors': 1, 'second factors not yet confirmed': 1, 'secrets of channels': 1, 'credentials in enrolment files': 0, 'pieces of configurations': 3 })
      expect(await db().session.count({ where: { OR: [{ revokedAt: null }, { revokedAt: { gt: new Date() } }] } })).toBe(0)
      expect(await db().heartbeat.count()).toBe(0)
      const last = await db().auditEntry.findFirstOrThrow({ orderBy: { entry: 'desc' } })
      expect([last.action, last.entry]).toEqual(['installation.restore', BigInt(made.lastEntry + 1)])
      expect(await db().auditVerification.findFirst({ orderBy: { at: 'desc' } })).toMatchObject({ problem: null, lastEntry: BigInt(made.lastEntry) })
    } finally {
      await second.end()
    }
  })

  it('tells of each value that does not open and of a chain that is not whole, and finishes', async () => {
    const checked = await checkBackup(made.file)
    const empty = await moveToEmptyDatabase()
    try {
      await loadBackup(made.file, made.sha256)
      const [first] = await db().firewall.findMany({ orderBy: { name: 'asc' } })
      await db().firewall.update({ where: { id: first?.id ?? '' }, data: { origin: 'https://198.51.100.1' } })
      await db().$executeRaw`ALTER TABLE "AuditEntry" DISABLE TRIGGER USER`
      await db().$executeRaw`UPDATE "AuditEntry" SET action = 'customer.create' WHERE entry = 7`
      const { problems, opened } = await finishRestore(consoleActor(), checked, new Date())
      expect(problems).toEqual([
        `Cannot be opened: the credential of the firewall ${first?.name}.`,
        `Cannot be opened: the access token of the firewall ${first?.name}.`,
        expect.stringMatching(/^The audit log is not whole\. Entry 7 /),
      ])
      expect(opened['credentials of firewalls']).toBe(2)
      expect(await db().auditVerification.findFirst({ orderBy: { at: 'desc' } })).toMatchObject({ problemEntry: 7n })
    } finally {
      await empty.end()
    }
  })

  it('loads all or nothing: a row that is refused, another file, other tables', async () => {
    const empty = await moveToEmptyDatabase()
    try {
      await expect(loadBackup(made.file, 'f'.repeat(64))).rejects.toThrow('changed while it was being restored')
      await db().$executeRaw`ALTER TABLE "Site" ADD CONSTRAINT refuses CHECK (name <> 'Bergen')`
      await expect(loadBackup(made.file, made.sha256)).rejects.toThrow(/The table Site does not take a row of this backup/)
      await db().$executeRaw`ALTER TABLE "Site" DROP CONSTRAINT refuses, ADD COLUMN extra text`
      await expect(loadBackup(made.file, made.sha256)).rejects.toThrow('The tables of this backup are not those that its migrations make.')
      expect([await db().customer.count(), await db().auditEntry.count(), await db().installation.count(), await db().settings.count()]).toEqual([0, 0, 0, 1])
    } finally {
      await empty.end()
    }
  })
})

describe('the schema', () => {
  it('has no sealed column that a restore does not open, and nothing beside tables that would have to be carried', async () => {
    const sealed = await db().$queryRaw<{ name: string }[]>`SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name LIKE '%Sealed'`
    expect(sealed.map(({ name }) => name).sort()).toEqual([...OPENED_COLUMNS].sort())
    expect(await db().$queryRaw`SELECT relname FROM pg_class WHERE relkind IN ('m', 'f') AND relnamespace = 'public'::regnamespace`).toEqual([])
    // These go on by themselves (continueCounting).
    expect(await db().$queryRaw`SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace ORDER BY relname COLLATE "C"`).toEqual(['Change_id_seq', 'Delivery_place_seq', 'LiveChange_id_seq', 'Notice_id_seq'].map((relname) => ({ relname })))
  })
})
