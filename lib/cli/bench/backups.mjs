import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { Client } from 'undici'
import { runAdmin } from '../admin-bundle.mjs'
import { apiClient } from '../api-client.mjs'
import { askForNoSecondFactor } from '../demo/no-second-factor.mjs'
import { readEnvironment } from '../environment.mjs'
import { freePort } from '../port.mjs'
import { runNode } from '../run.mjs'
import { step } from '../say.mjs'
import { startPalisade } from '../serve.mjs'
import { seedFleet } from '../testing/seed-fleet.mjs'

const FIREWALLS = 3_000
const DAYS = 365
/** Really stored, each of another size; every other firewall gets a copy of the rows of one of them. */
const SAMPLE_BYTES = [100_000, 200_000, 300_000, 400_000]
const WARM_UPS = 10
const REQUESTS = 100
const TOKENS = 10
const GOAL_P95_MS = 200
const EMAIL = 'bench@nordwall.example'

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]
const rounded = (value) => Number(value.toFixed(1))
const optionOf = (args, name, otherwise) => Number(args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise)

/** Every firewall but the sample gets the rows of one of the sample. They cannot be opened there, which their size does not mind. */
async function copyToAll(database, sample) {
  await database.query('CREATE TEMP TABLE twin AS SELECT id, ($1::uuid[])[1 + (row_number() OVER (ORDER BY id)) % $2::int] AS model FROM "Firewall" WHERE id <> ALL ($1::uuid[])', [sample, sample.length])
  await database.query('INSERT INTO "BackupChunk" SELECT t.id, k.id, k.kind, k."chunkSealed", k."plainBytes" FROM twin t JOIN "BackupChunk" k ON k."firewallId" = t.model')
  await database.query(`INSERT INTO "BackupContent" (id, "firewallId", sha256, bytes, format, "createdAt", "rawChunks", sections, "itemCount", "parseMs", "treeFormat")
    SELECT md5(t.id::text || c.id::text)::uuid, t.id, c.sha256, c.bytes, c.format, c."createdAt", c."rawChunks", c.sections, c."itemCount", c."parseMs", c."treeFormat" FROM twin t JOIN "BackupContent" c ON c."firewallId" = t.model`)
  await database.query(`INSERT INTO "Backup" (id, "firewallId", "contentId", "takenAt", "seenAt", reason, actor, revision, "revisedAt", "revisedBy", "revisionNote", version, added, removed, changed)
    SELECT md5(t.id::text || b.id::text)::uuid, t.id, md5(t.id::text || b."contentId"::text)::uuid, b."takenAt", b."seenAt", b.reason, b.actor, b.revision, b."revisedAt", b."revisedBy", b."revisionNote", b.version, b.added, b.removed, b.changed
    FROM twin t JOIN "Backup" b ON b."firewallId" = t.model`)
  await database.query(`UPDATE "Firewall" f SET "backupAt" = now(), "backupFormat" = 'restorable', "backupError" = CASE WHEN random() < 0.02 THEN 'The firewall does not answer.' END`)
  await database.query('VACUUM (ANALYZE) "BackupChunk", "BackupContent", "Backup", "Firewall"')
}

async function sizes(database) {
  const { rows } = await database.query(`SELECT relname AS name, pg_total_relation_size(oid)::bigint AS bytes, (SELECT count(*) FROM "Backup")::int AS backups, (SELECT count(*) FROM "BackupChunk")::int AS pieces
    FROM pg_class WHERE relname IN ('BackupChunk', 'BackupContent', 'Backup') AND relkind = 'r'`)
  return { total: rows.reduce((sum, { bytes }) => sum + Number(bytes), 0), backups: rows[0].backups, pieces: rows[0].pieces }
}

async function ask(client, what, at, tokens) {
  const ms = []
  let bytes = 0
  for (let turn = 0; turn < WARM_UPS + REQUESTS; turn += 1) {
    const started = performance.now()
    const { statusCode, body } = await client.request({ method: 'GET', path: `/api/v1${at}`, headers: { 'accept-encoding': 'gzip', authorization: `Bearer ${tokens[turn % tokens.length]}` } })
    const text = await body.text()
    bytes = text.length
    if (turn >= WARM_UPS) ms.push(performance.now() - started)
    if (statusCode !== 200) throw new Error(`${at} answered ${statusCode}: ${text.slice(0, 300)}`)
  }
  return { what, p50Ms: rounded(percentile(ms, 0.5)), p95Ms: rounded(percentile(ms, 0.95)), kB: rounded(bytes / 1_000) }
}

/** Of the largest of the sample: its two newest, and its newest with its oldest. */
async function questions(database, largest) {
  const { rows } = await database.query('SELECT id FROM "Backup" WHERE "firewallId" = $1 ORDER BY "takenAt" DESC, id DESC', [largest])
  const pair = (before) => `before=${before}&after=${rows[0].id}`
  return [
    ['fleet list, the worst first', '/backups?limit=100'],
    ['fleet list, only good ones', '/backups?limit=100&state=good'],
    ['fleet counts', '/backups/counts'],
    ['fleet list, searched', '/backups?limit=100&search=12'],
    ['one firewall', `/firewalls/${largest}/backup-state`],
    ['list of one firewall', `/firewalls/${largest}/backups?limit=100`],
    ['difference of the two newest', `/backups/compare?${pair(rows[1].id)}`],
    ['difference of the newest and the oldest', `/backups/compare?${pair(rows.at(-1).id)}`],
    ['the same, item by item', `/backups/compare/items?${pair(rows.at(-1).id)}&limit=100`],
    ['the same, line by line', `/backups/compare/raw?${pair(rows.at(-1).id)}`],
    ['drift of the fleet', '/drift?limit=50'],
  ]
}

async function run(args, parts) {
  const [firewalls, days] = [optionOf(args, 'firewalls', FIREWALLS), optionOf(args, 'days', DAYS)]
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'palisade-bench-'))
  parts.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const extra = { PALISADE_ADMIN_EMAIL: EMAIL, PALISADE_ADMIN_PASSWORD: `bench-${randomInt(1e9)}-violin-otter`, LOG_LEVEL: 'warn' }
  // No worker: nothing answers at the seeded addresses.
  const environment = readEnvironment({ ...process.env, ...extra, PORT: String(await freePort()), PALISADE_DATA_DIR: dataDir, PALISADE_ROLE: 'web', DATABASE_URL: '' })
  const palisade = await startPalisade(environment, { extra })
  parts.push(palisade.stop)
  const database = new pg.Client({ connectionString: palisade.databaseUrl })
  await database.connect()
  parts.push(() => database.end())
  await step(`Filling in ${firewalls} firewalls`, () => seedFleet(database, { firewalls, rules: 1, neighbours: 1 }))
  const sample = (await database.query('SELECT id FROM "Firewall" ORDER BY id LIMIT $1', [SAMPLE_BYTES.length])).rows.map(({ id }) => id)
  const env = { ...process.env, ...extra, DATABASE_URL: palisade.databaseUrl, PALISADE_DATA_DIR: dataDir, PALISADE_MASTER_KEY_FILE: environment.masterKeyFile, PALISADE_URL: environment.url, PORT: String(environment.port) }
  const stored = await step(`Storing ${days} days of ${sample.length} firewalls`, async () => {
    const { code, output } = await runNode(['--conditions=react-server', '--import', 'tsx', 'lib/testing/backup-load.ts', String(days), ...sample.map((id, at) => `${id}:${SAMPLE_BYTES[at]}`)], { env })
    if (code !== 0) throw new Error(output)
    return JSON.parse(output.trim().split('\n').at(-1))
  })
  const sampled = await sizes(database)
  await step(`Copying their rows to ${firewalls - sample.length} firewalls`, () => copyToAll(database, sample))
  const all = await sizes(database)
  const tokens = []
  for (let count = 0; count < TOKENS; count += 1) tokens.push((await runAdmin(['token', 'create', '--email', EMAIL, '--role', 'owner', '--days', '1'], env, { keepOutput: true })).output.trim())
  await askForNoSecondFactor(apiClient(environment.localUrl, tokens[0]))
  const client = new Client(environment.localUrl, { pipelining: 1 })
  parts.push(() => client.close())
  const asked = []
  for (const [what, at] of await questions(database, sample.at(-1))) asked.push(await step(what, () => ask(client, what, at, tokens)))
  return { firewalls, days, stored, sampled, all, asked }
}

function summary({ firewalls, days, stored, sampled, all, asked }) {
  const plain = stored.reduce((sum, { bytes, changes }) => sum + bytes * changes, 0)
  const timed = (values) => ({ p50Ms: rounded(percentile(values, 0.5)), p95Ms: rounded(percentile(values, 0.95)) })
  const blank = { p50Ms: '', p95Ms: '', kB: '' }
  const rows = [
    { what: `taken in ${days} days from ${stored.length} firewalls, as they came`, ...blank, kB: rounded(plain / 1_000) },
    { what: `kept of these, a firewall (${rounded(sampled.backups / stored.length)} backups, ${rounded(sampled.pieces / stored.length)} pieces)`, ...blank, kB: rounded(sampled.total / stored.length / 1_000) },
    { what: `kept, all ${firewalls} firewalls (${all.backups} backups)`, ...blank, kB: rounded(all.total / 1_000) },
    { what: 'cutting, parsing and masking one', ...timed(stored.flatMap(({ prepareMs }) => prepareMs)), kB: '' },
    { what: 'sealing, storing and comparing one', ...timed(stored.flatMap(({ storeMs }) => storeMs)), kB: '' },
    ...asked,
  ]
  return { rows, goals: asked.map(({ what, p95Ms }) => ({ text: `${what}: p95 at most ${GOAL_P95_MS} ms (${p95Ms} ms)`, met: p95Ms <= GOAL_P95_MS })) }
}

/** A year of daily backups of 3,000 firewalls (--firewalls=, --days=): what is kept, and how long lists and differences take over HTTP. */
export async function bench(args) {
  const parts = []
  try {
    return summary(await run(args, parts))
  } finally {
    for (const part of parts.reverse()) await part()
  }
}
