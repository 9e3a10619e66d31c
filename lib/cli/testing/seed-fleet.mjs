// A large fleet written straight into the database by COPY, for runs that look at how pages and questions behave in it. The
// same numbers give the same fleet. Nothing answers at its addresses.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'

const CUSTOMERS_MAX = 50
const SITES_PER_CUSTOMER = 4
const ROWS_PER_PIECE = 500

const digest = (text) => createHash('sha256').update(text).digest('hex')
export const seededId = (kind, number) => digest(`${kind} ${number}`).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-7$3-8$4-$5')
const padded = (number, digits) => String(number).padStart(digits, '0')
const cell = (value) => (value === null ? '\\N' : String(value).replace(/[\\\n\r\t]/g, (sign) => ({ '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' })[sign]))

/** Copies `count` rows into a table; `rowOf(n)` gives the columns' values in their order. */
async function copyRows(client, table, columns, count, rowOf) {
  function* pieces() {
    for (let first = 0; first < count; first += ROWS_PER_PIECE) {
      let text = ''
      for (let n = first; n < Math.min(count, first + ROWS_PER_PIECE); n += 1) text += `${rowOf(n).map(cell).join('\t')}\n`
      yield text
    }
  }
  await pipeline(Readable.from(pieces()), client.query(copyFrom(`COPY "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) FROM STDIN`)))
}

const FAMILIES = ['opnsense', 'pfsense-v2', 'pfsense-v1']
const VERSIONS = { opnsense: ['26.7.1', '26.1.9', '25.7.11'], 'pfsense-v2': ['2.8.1-RELEASE', '2.8.0-RELEASE'], 'pfsense-v1': ['2.7.2-RELEASE', '2.6.0-RELEASE'] }
/** One in a hundred stands out, as in a fleet that is looked after. */
const state = (n) => (n % 100 === 7 ? 'unreachable' : n % 100 === 19 ? 'degraded' : n % 250 === 31 ? 'credential-rejected' : n % 500 === 77 ? 'certificate-changed' : 'reachable')
const RANKS = { unreachable: 0, 'certificate-changed': 10, 'credential-rejected': 11, degraded: 20, reachable: 40 }

function firewallRow(n, customers, now) {
  const family = FAMILIES[n % 5 < 3 ? 0 : n % 5 < 4 ? 1 : 2]
  const customer = n % customers
  const word = state(n)
  const answers = word === 'reachable' || word === 'degraded'
  const offered = n % 3 === 0
  const lossy = word === 'degraded'
  return {
    id: seededId('firewall', n), customerId: seededId('customer', customer), siteId: seededId('site', customer * SITES_PER_CUSTOMER + (n % SITES_PER_CUSTOMER)), name: `fw-${padded(n, 5)}`,
    family, origin: `https://10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`, tags: n % 4 === 0 ? '{edge}' : '{}', timeZone: 'Europe/Berlin',
    trustMode: 'pin', pinSha256: digest(`certificate ${n}`), trustConfirmedAt: now, state: word, stateRank: RANKS[word], stateReason: lossy ? 'WAN2 loses 12 %' : word === 'unreachable' ? 'no answer on port 443' : null, stateSince: now,
    hostname: `fw-${padded(n, 5)}.nordwall.example`, version: VERSIONS[family][n % VERSIONS[family].length], firmwareState: offered ? 'offered' : 'up-to-date', offeredVersion: offered ? '26.7.2' : null,
    gatewaysUp: lossy ? 1 : 2, gatewaysTotal: 2, gatewaysDown: 0, gatewaysDegraded: lossy ? 1 : 0, tunnelsUp: n % 4, tunnelsDown: n % 200 === 3 ? 1 : 0, diskPercent: n % 120 === 5 ? 93 : 20 + (n % 40),
    cpuPercent: n % 60, memoryPercent: 20 + (n % 50), latencyMs: 5 + (n % 40), visitedAt: answers ? now : new Date(now.getTime() - 3_600_000),
  }
}

const HOSTS = 250
/** Spread over each other, so that no column follows the order of the rows. */
const address = (n) => `10.${(n * 7) % 250}.${(n * 31) % 253}.${(n * 97) % 251}`
const mac = (n) => digest(`mac ${n}`).slice(0, 12).replace(/(..)(?=.)/g, '$1:')

const rule = (n) => ({
  id: String(n), layer: 'interface', layerName: n % 2 === 0 ? 'LAN' : 'WAN', position: 1 + (n % 100), enabled: n % 10 !== 0, action: n % 4 === 0 ? 'block' : 'pass', quick: true, interfaces: [n % 2 === 0 ? 'LAN' : 'WAN'], direction: 'in',
  ipVersion: '4', protocol: n % 3 === 0 ? 'udp' : 'tcp', icmpTypes: null, source: { not: false, address: address(n), kind: 'address', port: null }, destination: { not: false, address: n % 5 === 0 ? 'any' : address(n + 11), kind: n % 5 === 0 ? 'any' : 'address', port: String((n * 7919) % 65_000) },
  gateway: null, schedule: null, log: false, stateType: 'keep state', description: `Rule for ${digest(`rule ${n}`).slice(0, 8)}`, categories: [], createdAt: null, createdBy: null, updatedAt: null, updatedBy: null,
})
const neighbour = (n) => ({ protocol: 'arp', ip: address(n), mac: mac(n), interface: n % HOSTS === 0 ? 'WAN' : 'LAN', device: 'igb1', hostname: n % 2 === 0 ? `host-${digest(`host ${n}`).slice(0, 8)}` : null, manufacturer: null })

/** What stands on firewalls, without its indexes: they are made again afterwards, as fast as one sort each. */
async function withoutFactIndexes(client, load) {
  const { rows } = await client.query("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'Fact%' AND indexname NOT LIKE '%_pkey'")
  for (const { indexname } of rows) await client.query(`DROP INDEX "${indexname}"`)
  await load()
  await client.query("SET maintenance_work_mem = '512MB'")
  for (const { indexdef } of rows) await client.query(indexdef)
}

/**
 * Fills an empty, migrated database with `firewalls` firewalls of at most 50 customers, each with `rules` rules and
 * `neighbours` ARP entries, all visited just now.
 */
export async function seedFleet(client, { firewalls, rules, neighbours }) {
  const now = new Date()
  const customers = Math.min(CUSTOMERS_MAX, Math.ceil(firewalls / 10))
  await copyRows(client, 'Customer', ['id', 'name'], customers, (n) => [seededId('customer', n), `Customer ${padded(n, 2)}`])
  await copyRows(client, 'Site', ['id', 'customerId', 'name', 'timeZone'], customers * SITES_PER_CUSTOMER, (n) => [seededId('site', n), seededId('customer', Math.floor(n / SITES_PER_CUSTOMER)), `Site ${n % SITES_PER_CUSTOMER}`, 'Europe/Berlin'])
  const values = (n) => Object.values(firewallRow(n, customers, now)).map((value) => (value instanceof Date ? value.toISOString() : value))
  await copyRows(client, 'Firewall', Object.keys(firewallRow(0, customers, now)), firewalls, values)
  await copyRows(client, 'FirewallVisit', ['firewallId', 'dueAt'], firewalls, (n) => [seededId('firewall', n), new Date(now.getTime() + 86_400_000).toISOString()])
  for (const [kind, items] of [['rules', rules], ['arp', neighbours]]) {
    await copyRows(client, 'Reading', ['firewallId', 'kind', 'observedAt', 'digest', 'itemCount', 'body', 'bodyAt'], firewalls, (n) => [seededId('firewall', n), kind, now.toISOString(), 'seeded', items, '{"items":[],"notReported":[]}', now.toISOString()])
  }
  await withoutFactIndexes(client, async () => {
    const facts = (table, each, item) => copyRows(client, table, ['firewallId', 'key', 'body', 'digest', 'firstSeenAt', 'changedAt'], firewalls * each, (n) => [seededId('firewall', Math.floor(n / each)), String(n % each), JSON.stringify(item(n)), 'seeded', now.toISOString(), now.toISOString()])
    await facts('FactRule', rules, rule)
    await facts('FactNeighbour', neighbours, neighbour)
  })
  await client.query('VACUUM ANALYZE')
  return { known: { address: address(4_321), mac: mac(4_321), port: String((4_321 * 7919) % 65_000), firewallId: seededId('firewall', 1) } }
}
