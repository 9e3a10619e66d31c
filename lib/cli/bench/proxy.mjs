import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Client } from 'undici'
import { runAdmin } from '../admin-bundle.mjs'
import { apiClient } from '../api-client.mjs'
import { readEnvironment } from '../environment.mjs'
import { startFakeFleet } from '../fake-fleet.mjs'
import { freePort } from '../port.mjs'
import { startPalisade } from '../serve.mjs'

const READS = 500
const BLOCK = 50
const ARP_ENTRIES = 148
const GOAL_P50_MS = 12
const GOAL_P95_MS = 40
const EMAIL = 'bench@nordwall.example'
const NAME = 'bench'
/** Headers that the transport itself adds; the direct client adds the same by itself. */
const HOP_HEADERS = new Set(['host', 'connection', 'content-length', 'keep-alive'])

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]
const rounded = (ms) => Number(ms.toFixed(2))

async function enrol(api, firewall) {
  const customer = await api('POST', '/customers', { name: 'Bench' })
  return api('POST', '/firewalls', {
    name: NAME,
    customerId: customer.id,
    family: firewall.family,
    baseUrl: firewall.url,
    trust: { mode: 'pin', sha256: firewall.sha256 },
    credential: { ...firewall.credentials['key-secret'], method: 'key-secret' },
  })
}

/** What one fresh read asks the firewall: the direct client then sends exactly that, with the same headers. */
async function requestsOfOneRead(fleet, readFresh) {
  await readFresh()
  await fleet.resetCounts(NAME)
  await readFresh()
  const { byPath, lastHeaders } = await fleet.counts(NAME)
  const headers = Object.fromEntries(Object.entries(lastHeaders).filter(([name]) => !HOP_HEADERS.has(name)))
  return Object.entries(byPath).map(([line, times]) => ({ method: line.split(' ')[0], path: line.split(' ')[1], times, headers }))
}

async function timed(act) {
  const startedAt = performance.now()
  await act()
  return performance.now() - startedAt
}

/** Blocks of 50 in turn, so that both meet the same weather on the machine. */
async function alternate(fleet, ways) {
  const results = ways.map((way) => ({ ...way, ms: [], handshakes: 0 }))
  for (let done = 0; done < READS; done += BLOCK) {
    for (const way of results) {
      await fleet.resetCounts(NAME)
      for (let read = 0; read < BLOCK; read++) way.ms.push(await timed(way.read))
      way.handshakes += (await fleet.counts(NAME)).handshakes
    }
  }
  return results
}

/** 500 reads of one ARP table: straight with undici, and through the API of a production build with both audit entries. */
export async function bench() {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'palisade-bench-'))
  const port = await freePort()
  const password = `bench-${randomInt(1e9)}-violin-otter`
  const extra = { PALISADE_ALLOWED_NETWORKS: '127.0.0.0/8', PALISADE_ADMIN_EMAIL: EMAIL, PALISADE_ADMIN_PASSWORD: password, LOG_LEVEL: 'warn' }
  // No worker: its visits would be a third party on the same connections.
  const environment = readEnvironment({ ...process.env, ...extra, PORT: String(port), PALISADE_DATA_DIR: dataDir, PALISADE_ROLE: 'web', DATABASE_URL: '' })
  const parts = [() => rmSync(dataDir, { recursive: true, force: true })]
  try {
    const palisade = await startPalisade(environment, { extra })
    parts.push(palisade.stop)
    const fleet = await startFakeFleet({ folder: path.join(dataDir, 'certificates') })
    parts.push(fleet.stop)
    const env = { ...process.env, ...extra, DATABASE_URL: palisade.databaseUrl, PALISADE_DATA_DIR: dataDir, PALISADE_MASTER_KEY_FILE: environment.masterKeyFile, PALISADE_URL: environment.url, PORT: String(port) }
    const tokens = []
    // One token may be used 600 times a minute.
    for (let count = 0; count < 3; count++) tokens.push((await runAdmin(['token', 'create', '--email', EMAIL, '--role', 'owner', '--days', '1'], env, { keepOutput: true })).output)
    const clients = tokens.map((token) => apiClient(environment.localUrl, token))
    const firewall = await fleet.add({ name: NAME, family: 'opnsense', version: '26.7', size: { arp: ARP_ENTRIES } })
    const { id } = await enrol(clients[0], firewall)
    let turn = 0
    const throughApi = () => clients[(turn += 1) % clients.length]('GET', `/firewalls/${id}/arp?fresh=true`)
    const requests = await requestsOfOneRead(fleet, throughApi)
    const client = new Client(firewall.url, { pipelining: 1, keepAliveTimeout: 10_000, connect: { rejectUnauthorized: false, maxCachedSessions: 0 } })
    parts.push(() => client.close())
    const ask = async ({ method, path: at, headers }) => JSON.parse(await (await client.request({ method, path: at, headers })).body.text())
    const direct = async () => {
      for (const one of requests) {
        // The firewall closes a connection after 15 replies; a GET on the closed one is asked once more, as Palisade does.
        for (let time = 0; time < one.times; time++) await ask(one).catch(() => ask(one))
      }
    }
    await direct()
    const auditBefore = (await clients[0]('GET', '/audit?action=firewall.read&limit=1')).total
    const [straight, proxied] = await alternate(fleet, [
      { way: 'straight with undici', read: direct },
      { way: 'through the API', read: throughApi },
    ])
    const auditEntries = (await clients[0]('GET', '/audit?action=firewall.read&limit=1')).total - auditBefore
    return summary(straight, proxied, auditEntries, requests)
  } finally {
    for (const part of parts.reverse()) await part()
  }
}

function summary(straight, proxied, auditEntries, requests) {
  const rows = [straight, proxied].map(({ way, ms, handshakes }) => ({ way, reads: ms.length, p50Ms: rounded(percentile(ms, 0.5)), p95Ms: rounded(percentile(ms, 0.95)), handshakes }))
  const above = (share) => rounded(percentile(proxied.ms, share) - percentile(straight.ms, share))
  rows.push({ way: 'difference', reads: '', p50Ms: above(0.5), p95Ms: above(0.95), handshakes: proxied.handshakes - straight.handshakes })
  return {
    rows,
    requestsPerRead: requests.map(({ method, path: at, times }) => `${method} ${at} ×${times}`),
    auditEntries,
    goals: [
      { text: `p50 at most ${GOAL_P50_MS} ms above direct (${above(0.5)} ms)`, met: above(0.5) <= GOAL_P50_MS },
      { text: `p95 at most ${GOAL_P95_MS} ms above direct (${above(0.95)} ms)`, met: above(0.95) <= GOAL_P95_MS },
      { text: `two audit entries a read (${auditEntries} for ${READS} reads)`, met: auditEntries === 2 * READS },
      { text: `equal handshakes (${straight.handshakes} and ${proxied.handshakes})`, met: straight.handshakes === proxied.handshakes },
    ],
  }
}
