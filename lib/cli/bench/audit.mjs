import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { runAdmin } from '../admin-bundle.mjs'
import { applyMigrations } from '../migrate.mjs'
import { WORKER_BUNDLE } from '../paths.mjs'
import { openPostgres } from '../postgres.mjs'
import { endProcess, recordOf } from '../processes.mjs'
import { runNode } from '../run.mjs'
import { step } from '../say.mjs'

export const needs = ['bundles']

const WRITERS = 2
const WRITES_PER_SECOND = 200
const SECONDS = 20
const ENTRIES = 300_000
const FILL_AT_ONCE = 5_000
const SEARCH_ROUNDS = 15
const GOAL_WRITE_P95_MS = 50
const GOAL_VERIFY_PER_SECOND = 20_000
const GOAL_SEARCH_P95_MS = 300
/** Enough for two child processes to compile, to open their connections and to warm up. */
const HEAD_START_MS = 15_000

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]
const rounded = (ms) => Number(ms.toFixed(1))
const load = async (env, args) => {
  const { code, output } = await runNode(['--conditions=react-server', '--import', 'tsx', 'lib/testing/audit-load.ts', ...args.map(String)], { env })
  if (code !== 0) throw new Error(output)
  return JSON.parse(output)
}

/** Open loop from two processes at once: each write is measured from the moment it was due. */
async function write(env, name) {
  const beginMs = Date.now() + HEAD_START_MS
  const results = await Promise.all(Array.from({ length: WRITERS }, (_, writer) => load(env, ['write', `${name} ${writer}`, WRITES_PER_SECOND / WRITERS, SECONDS, beginMs])))
  const ms = results.flatMap(({ latencies }) => latencies)
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  return { failed, count: ms.length, perSecond: rounded((ms.length - failed) / Math.max(...results.map(({ seconds }) => seconds))), p50Ms: rounded(percentile(ms, 0.5)), p95Ms: rounded(percentile(ms, 0.95)), p99Ms: rounded(percentile(ms, 0.99)) }
}

/** Entries of a plausible log: 500 firewalls of 40 customers, 30 operators; the same in every run. */
function entryText(number) {
  const pick = (name, below) => createHash('sha256').update(`${name} ${number}`).digest().readUInt32BE(0) % below
  const id = (name, at) => createHash('sha256').update(`${name} ${at}`).digest('hex').replace(/^(.{8})(.{4})(.{3})(.{3})(.{12}).*/, '$1-$2-8$3-8$4-$5')
  const [firewall, operator] = [pick('firewall', 500), pick('operator', 30)]
  const customer = firewall % 40
  const signIn = pick('kind', 2_000) === 0
  const result = pick('result', 3_000) === 0 ? 'refused' : pick('result', 25) === 0 ? 'failed' : 'done'
  const target = signIn ? { id: id('operator', operator), kind: 'operator', name: `operator ${operator}` } : { id: id('firewall', firewall), kind: 'firewall', name: `fw-${String(firewall).padStart(4, '0')}` }
  const action = signIn ? 'session.sign-in' : ['firewall.read', 'firewall.refresh', 'firewall.edit'][pick('action', 3)]
  const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString()
  // Members in the order of canonical JSON.
  return JSON.stringify({ action, actor: { id: id('operator', operator), kind: 'operator', name: `operator ${operator}` }, after: null, at, before: null, customer: signIn ? null : { id: id('customer', customer), name: `Customer ${customer}` }, details: { durationMs: pick('ms', 900), kind: 'arp', rows: pick('rows', 200) }, intentEntry: null, requestId: id('request', number), result, sourceAddress: `203.0.113.${operator}`, target })
}

async function fill(client) {
  for (let from = 0; from < ENTRIES; from += FILL_AT_ONCE) {
    await client.query('SELECT audit_append(text) FROM unnest($1::text[]) AS text', [Array.from({ length: FILL_AT_ONCE }, (_, at) => entryText(from + at))])
  }
  await client.query('ANALYZE')
}

async function verify(env, client) {
  const { code } = await runAdmin(['audit', 'verify'], env, { keepOutput: true })
  if (code !== 0) throw new Error('The log that was just written is not whole.')
  const { rows } = await client.query('SELECT entries, "durationMs" FROM "AuditVerification" ORDER BY at DESC LIMIT 1')
  return { entries: Number(rows[0].entries), perSecond: Math.round((Number(rows[0].entries) * 1000) / rows[0].durationMs), ms: rows[0].durationMs }
}

async function removeOldest(client) {
  const startedMs = performance.now()
  const { rows } = await client.query('SELECT audit_prune((SELECT max(entry) FROM "AuditCheckpoint" WHERE entry < 50000)) AS removed')
  return { removed: Number(rows[0].removed), ms: Math.round(performance.now() - startedMs) }
}

/** Audited writes alone, and while the log is looked over and pruned; a look over 300,000 entries; searches in them. */
export async function bench() {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'palisade-bench-'))
  const parts = [() => rmSync(dataDir, { recursive: true, force: true })]
  try {
    const server = await openPostgres(dataDir)
    parts.push(server.close)
    await applyMigrations(server.config)
    const env = { ...process.env, DATABASE_URL: server.url, PALISADE_DATA_DIR: dataDir, PALISADE_MASTER_KEY_FILE: path.join(dataDir, 'master.key'), LOG_LEVEL: 'warn' }
    await runAdmin(['prepare'], env)
    const client = new pg.Client(server.config)
    await client.connect()
    parts.push(() => client.end())
    const worker = spawn(process.execPath, ['--enable-source-maps', WORKER_BUNDLE], { env, stdio: 'inherit' })
    const endWorker = () => endProcess(recordOf(worker.pid))
    parts.push(endWorker)
    await step(`Filling the log with ${ENTRIES} entries`, () => fill(client))
    const alone = await step('Writing', () => write(env, 'alone'))
    const loadWhileWriting = rounded(os.loadavg()[0])
    const searches = await step('Searching', () => load(env, ['search', SEARCH_ROUNDS]))
    const busy = await step('Writing while the log is looked over', async () => {
      const [written, looked] = await Promise.all([write(env, 'busy'), delay(HEAD_START_MS).then(() => verify(env, client))])
      return { ...written, looked }
    })
    const pruned = await step('Writing while 50,000 entries are removed', async () => {
      const [written, removed] = await Promise.all([write(env, 'pruned'), delay(HEAD_START_MS + 5_000).then(() => removeOldest(client))])
      return { ...written, removed }
    })
    await endWorker()
    return summary({ alone, busy, pruned, searches, loadWhileWriting })
  } finally {
    for (const part of parts.reverse()) await part()
  }
}

function summary({ alone, busy, pruned, searches, loadWhileWriting }) {
  const row = (what, { count, failed = 0, perSecond, p50Ms, p95Ms, p99Ms }) => ({ what, count, failed, perSecond, p50Ms, p95Ms, p99Ms })
  const { looked } = busy
  const found = Object.entries(searches).map(([name, { latencies, total }]) => ({ what: `search: ${name}`, count: total, failed: '', perSecond: '', p50Ms: rounded(percentile(latencies, 0.5)), p95Ms: rounded(percentile(latencies, 0.95)), p99Ms: '' }))
  const slowest = found.toSorted((a, b) => b.p95Ms - a.p95Ms)[0]
  return {
    rows: [
      row('audited writes', alone),
      row('audited writes during a look over the log', busy),
      row(`audited writes while ${pruned.removed.removed} entries are removed in ${pruned.removed.ms} ms`, pruned),
      row('look over the log, beside those writes', { count: looked.entries, perSecond: looked.perSecond, p50Ms: '', p95Ms: looked.ms, p99Ms: '' }),
      ...found,
    ],
    goals: [
      { text: `${WRITES_PER_SECOND} audited writes a second (${alone.perSecond}, ${alone.failed} failed)`, met: alone.failed === 0 && alone.perSecond >= WRITES_PER_SECOND * 0.99 },
      { text: `p95 of a write under ${GOAL_WRITE_P95_MS} ms (${alone.p95Ms} ms, at a load average of ${loadWhileWriting} on ${os.cpus().length} cores)`, met: alone.p95Ms < GOAL_WRITE_P95_MS },
      { text: `a look over at least ${GOAL_VERIFY_PER_SECOND} entries a second (${looked.perSecond})`, met: looked.perSecond >= GOAL_VERIFY_PER_SECOND },
      { text: `p95 of every search in ${ENTRIES} entries under ${GOAL_SEARCH_P95_MS} ms (${slowest.what}: ${slowest.p95Ms} ms)`, met: slowest.p95Ms < GOAL_SEARCH_P95_MS },
    ],
  }
}
