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
import { step } from '../say.mjs'
import { startPalisade } from '../serve.mjs'
import { signedInCookie } from '../testing/browser-session.mjs'
import { seedFleet } from '../testing/seed-fleet.mjs'

const SIZES = [100, 1_000, 10_000]
/** At the largest size these are a million rules and a million ARP entries. */
const ROWS_PER_FIREWALL = 100
const WARM_UPS = 20
const REQUESTS = 200
const GOAL_PAGE_P95_MS = 120
const GOAL_GROWTH = 1.5
const GOAL_KB = 100
const GOAL_QUERY_P95_MS = 50
const EMAIL = 'bench@nordwall.example'

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]
const rounded = (value) => Number(value.toFixed(1))

/** Asks one address again and again on one connection, as a browser does; the size is what goes over the wire. */
async function ask(client, { what, at, headers }) {
  const ms = []
  let bytes = 0
  for (let turn = 0; turn < WARM_UPS + REQUESTS; turn += 1) {
    const started = performance.now()
    const { statusCode, body } = await client.request({ method: 'GET', path: at, headers: { 'accept-encoding': 'gzip', ...headers(turn) } })
    bytes = (await body.arrayBuffer()).byteLength
    if (turn >= WARM_UPS) ms.push(performance.now() - started)
    if (statusCode !== 200) throw new Error(`${at} answered ${statusCode}`)
  }
  return { what, p50Ms: rounded(percentile(ms, 0.5)), p95Ms: rounded(percentile(ms, 0.95)), kB: rounded(bytes / 1_000) }
}

const pages = [
  ['overview page', '/'],
  ['overview, its data', '/api/v1/overview'],
  ['fleet page', '/firewalls'],
  ['fleet page, its data', '/api/v1/firewalls?sort=state&limit=100'],
]

/** The ten kinds of questions of the promise. */
const questions = ({ address, mac, port }) => [
  ['exact address', `/arp?ip=${address}`],
  ['MAC', `/arp?mac=${encodeURIComponent(mac)}`],
  ['port', `/rules?destination__port=${port}`],
  ['nested contains', `/rules?source__address__contains=${address.split('.').slice(1).join('.')}`],
  ['prefix', '/arp?hostname__startswith=host-c4c'],
  ['numeric range', '/rules?destination__port__gte=64990&destination__port__lt=64995'],
  ['in', `/rules?source__address__in=${address},10.14.62.194,10.1.1.1`],
  ['except', `/rules?action__except=block&source__address__startswith=${address.split('.').slice(0, 3).join('.')}.`],
  ['two conditions', `/arp?interface=LAN&mac__startswith=${encodeURIComponent(mac.slice(0, 8))}`],
  ['no match', '/rules?description__contains=zebra'],
]

/** Sequential scans of what stands on firewalls so far; the planner's choice at this size, seen and not assumed. */
async function factScans(client) {
  await client.query('SELECT pg_stat_force_next_flush()')
  const { rows } = await client.query("SELECT coalesce(sum(seq_scan), 0)::int AS scans FROM pg_stat_user_tables WHERE relname LIKE 'Fact%'")
  return rows[0].scans
}

async function atSize(firewalls, parts) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'palisade-bench-'))
  parts.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const password = `bench-${randomInt(1e9)}-violin-otter`
  const extra = { PALISADE_ADMIN_EMAIL: EMAIL, PALISADE_ADMIN_PASSWORD: password, LOG_LEVEL: 'warn' }
  // No worker: nothing answers at the seeded addresses.
  const environment = readEnvironment({ ...process.env, ...extra, PORT: String(await freePort()), PALISADE_DATA_DIR: dataDir, PALISADE_ROLE: 'web', DATABASE_URL: '' })
  const palisade = await startPalisade(environment, { extra })
  parts.push(palisade.stop)
  const database = new pg.Client({ connectionString: palisade.databaseUrl })
  await database.connect()
  parts.push(() => database.end())
  const { known } = await step(`Filling in ${firewalls} firewalls`, () => seedFleet(database, { firewalls, rules: ROWS_PER_FIREWALL, neighbours: ROWS_PER_FIREWALL }))
  const env = { ...process.env, ...extra, DATABASE_URL: palisade.databaseUrl, PALISADE_DATA_DIR: dataDir, PALISADE_MASTER_KEY_FILE: environment.masterKeyFile, PALISADE_URL: environment.url, PORT: String(environment.port) }
  const tokens = []
  // One token may be used 600 times a minute.
  for (let count = 0; count < 20; count += 1) tokens.push((await runAdmin(['token', 'create', '--email', EMAIL, '--role', 'owner', '--days', '1'], env, { keepOutput: true })).output.trim())
  await askForNoSecondFactor(apiClient(environment.localUrl, tokens[0]))
  const cookie = await signedInCookie(environment.localUrl, { email: EMAIL, password })
  const client = new Client(environment.localUrl, { pipelining: 1 })
  parts.push(() => client.close())
  const asked = []
  for (const [what, at] of pages) asked.push(await ask(client, { what, at, headers: () => ({ cookie }) }))
  if (firewalls !== SIZES.at(-1)) return { firewalls, asked, answered: [], scans: 0 }
  const before = await factScans(database)
  const answered = []
  for (const [what, at] of questions(known)) answered.push(await ask(client, { what, at: `/api/v1${at}`, headers: (turn) => ({ authorization: `Bearer ${tokens[turn % tokens.length]}` }) }))
  return { firewalls, asked, answered, scans: (await factScans(database)) - before }
}

/** Pages at three sizes of the fleet, and ten kinds of questions at the largest, at the HTTP client. */
export async function bench() {
  const results = []
  for (const firewalls of SIZES) {
    const parts = []
    try {
      results.push(await atSize(firewalls, parts))
    } finally {
      for (const part of parts.reverse()) await part()
    }
  }
  return summary(results)
}

function summary(results) {
  const [smallest, largest] = [results[0], results.at(-1)]
  const rows = results.flatMap(({ firewalls, asked, answered }) => [...asked, ...answered].map(({ what, p50Ms, p95Ms, kB }) => ({ firewalls, what, p50Ms, p95Ms, kB })))
  const pageGoals = largest.asked.flatMap(({ what, p95Ms, kB }, at) => {
    const growth = rounded(p95Ms / smallest.asked[at].p95Ms)
    return [
      { text: `${what}: p95 at most ${GOAL_PAGE_P95_MS} ms (${p95Ms} ms) and ${GOAL_GROWTH} × that at ${smallest.firewalls} firewalls (${growth} ×)`, met: p95Ms <= GOAL_PAGE_P95_MS && p95Ms <= GOAL_GROWTH * smallest.asked[at].p95Ms },
      { text: `${what}: at most ${GOAL_KB} kB compressed (${kB} kB)`, met: kB <= GOAL_KB },
    ]
  })
  const questionGoals = largest.answered.map(({ what, p95Ms }) => ({ text: `question "${what}": p95 at most ${GOAL_QUERY_P95_MS} ms (${p95Ms} ms)`, met: p95Ms <= GOAL_QUERY_P95_MS }))
  return { rows, goals: [...pageGoals, ...questionGoals, { text: `no question reads a whole table of facts (${largest.scans} sequential scans)`, met: largest.scans === 0 }] }
}
