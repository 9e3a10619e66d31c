import { createReadStream, existsSync } from 'node:fs'
import path from 'node:path'
import { createGunzip } from 'node:zlib'
import { expect, test } from '@playwright/test'
import tar from 'tar-stream'
import { formsOf, scanBytes, scanFolder, scanStream, type Hit, type Needle } from '@/lib/testing/needles'
import { keysOf, tablesAsText, withDatabase } from './canary/keys'
import { CUSTOMER, plant, type Planting, type Secret } from './canary/plant'
import { readApi, readPages } from './canary/read-all'
import { readConfigurations } from './canary/read-configurations'
import { startProduct, type Started } from './started'

// Secrets are planted in an installation in every way in which people bring them there; then everything that it wrote,
// printed, showed or handed out is searched for them in every form.

const ROOT = path.join(import.meta.dirname, '..')
/** Where keys lie by design, closed to others (docs/security.md). */
const KEY_FILES = ['master.key', 'postgres.password']

let product: Started
test.beforeAll(async () => void (product = await startProduct({ LOG_LEVEL: 'debug' })))
test.afterAll(() => product.stop())

/** A backup unpacked: names, and each part as it is and unzipped. */
async function scanBackup(file: string, needles: readonly Needle[]): Promise<{ hits: Hit[]; bytes: number }> {
  const found = { hits: [] as Hit[], bytes: 0 }
  const entries = createReadStream(file).pipe(tar.extract())
  for await (const entry of entries) {
    const where = `backup ${entry.header.name}`
    const stream = entry.header.name.endsWith('.gz') ? entry.pipe(createGunzip()) : entry
    const { hits, bytes } = await scanStream(where, stream as AsyncIterable<Buffer>, needles)
    found.hits.push(...hits)
    found.bytes += bytes
  }
  return found
}

/** Hits but those in the one answer in which a secret is shown. */
const unwanted = (hits: readonly Hit[], secrets: readonly Secret[]): Hit[] => hits.filter(({ name, where }) => !secrets.find((secret) => secret.name === name)?.shownIn?.test(where))

type Searched = { where: string; bytes: number; files: number; control: boolean; hits: Hit[] }
const control = formsOf({ name: 'control', value: CUSTOMER })

async function searchAnswers(planting: Planting, needles: readonly Needle[]): Promise<Searched[]> {
  const answers = planting.all.flatMap(({ recorded }) => recorded)
  const kinds: [string, RegExp][] = [
    ['HTML of pages', /^GET \/(?!api\/)/],
    ['RSC payloads', /^RSC /],
    ['replies of the API', /^\w+ \/api\/v1(?!.*export)/],
    ['replies of the sign-in', /^\w+ \/api\/auth/],
    ['exports', /^export /],
  ]
  return kinds.map(([where, kind]) => {
    const chosen = answers.filter(({ what }) => kind.test(what))
    const hits = chosen.flatMap(({ what, text }) => scanBytes(what, Buffer.from(text), [...needles, ...control]))
    return { where, bytes: chosen.reduce((sum, { text }) => sum + text.length, 0), files: chosen.length, control: hits.some(({ name }) => name === 'control'), hits: hits.filter(({ name }) => name !== 'control') }
  })
}

// Every page and every reading of every firewall, asked one after another.
test.setTimeout(480_000)

test('no planted secret is found anywhere that it was not shown once', async () => {
  const planting = await test.step('plant and read everything', async () => {
    const made = await plant(product)
    await readPages(made.owner, made.ids)
    await readApi(made.owner, made.ids)
    expect(await readConfigurations(made.owner, made.ids.firewalls)).toBeGreaterThanOrEqual(3)
    return made
  })
  const { keys, tables } = await withDatabase(product.dataDir, async (client) => ({ keys: await keysOf(product.dataDir, client), tables: await tablesAsText(client) }))
  const secrets: Secret[] = [...planting.secrets, ...keys]
  const needles = secrets.flatMap(formsOf)
  const backup = path.join(product.dataDir, 'canary-backup.tar')
  const said = await product.admin(['backup', 'create', '--to', backup])
  const verified = await product.admin(['audit', 'verify'])
  await product.end()

  const searched: Searched[] = await searchAnswers(planting, needles)
  const add = ({ where, found, files = 1 }: { where: string; found: { hits: Hit[]; bytes: number }; files?: number }) =>
    searched.push({ where, bytes: found.bytes, files, control: found.hits.some(({ name }) => name === 'control'), hits: found.hits.filter(({ name }) => name !== 'control') })
  const wanted = [...needles, ...control]
  const text = (where: string, value: string) => ({ hits: scanBytes(where, Buffer.from(value), wanted), bytes: Buffer.byteLength(value) })
  add({ where: 'rows of the database', found: text('rows', tables) })
  add({ where: 'console', found: text('console', product.output()) })
  add({ where: 'what commands say', found: text('commands', said + verified) })
  add({ where: 'backup, unpacked', found: await scanBackup(backup, wanted) })
  const data = await scanFolder(product.dataDir, wanted, KEY_FILES)
  expect(data.hits.some(({ name, where }) => name === 'control' && where.includes('pg_wal'))).toBe(true)
  add({ where: 'data directory: database, WAL, logs, checkpoints, backup', found: data, files: data.files })
  for (const folder of ['.next', '.build'].filter((name) => existsSync(path.join(ROOT, name)))) {
    const found = await scanFolder(path.join(ROOT, folder), wanted)
    add({ where: `build output ${folder}`, found, files: found.files })
  }

  const total = searched.reduce((sum, { bytes }) => sum + bytes, 0)
  console.log(`canary: ${secrets.length} secrets in ${needles.length} forms, searched for in ${(total / 1_048_576).toFixed(1)} MiB`)
  for (const { where, bytes, files, hits } of searched) console.log(`  ${where}: ${files} files or answers, ${(bytes / 1_048_576).toFixed(1)} MiB, ${hits.length} hits, ${unwanted(hits, secrets).length} of them unwanted`)
  expect(searched.flatMap(({ hits }) => unwanted(hits, secrets))).toEqual([])
  expect(secrets.length).toBeGreaterThanOrEqual(20)
  // What is shown once was seen there, and what is no secret was found, so the search did look.
  for (const secret of secrets.filter(({ shownIn }) => shownIn)) expect(searched.some(({ hits }) => hits.some(({ name }) => name === secret.name)), secret.name).toBe(true)
  for (const place of ['HTML of pages', 'RSC payloads']) expect(searched.find(({ where }) => where === place)?.bytes).toBeGreaterThan(500_000)
  for (const place of ['replies of the API', 'exports', 'rows of the database', 'backup, unpacked', 'data directory: database, WAL, logs, checkpoints, backup']) expect([place, searched.find(({ where }) => where === place)?.control]).toEqual([place, true])
})
