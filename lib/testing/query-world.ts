// A small fleet full of awkward texts, in the database and as the JSON that the lists show of it.
import fc from 'fast-check'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import type { ListName } from '@/lib/query-language/fields'
import type { Listed } from './query-evaluator'

/** `id` is as the test reads it off an answer: the firewall's name and the item's own name there. */
export type QueryRow = { id: string; firewallId: string; customerId: string; json: Listed; aliases: ReadonlySet<string> }
export type QueryWorld = Record<ListName, QueryRow[]> & { customerIds: string[] }

const TEXTS = ['', 'Allow LAN to any', 'allow lan', 'Block bogons', '100%', '100_', 'a\\b', 'say "hi"', "it's", 'Käse ☕', 'naïve 😀 face', 'tab\there', 'two\nlines', 'NAT NAS https', 'Default allow rule', ' lead', 'printers', 'srv-web', 'mail.nordwall.example', 'edge.lan', '443', '0443', '-7', '3.5', '8.8.8.8', 'x'.repeat(300)]
const ADDRESSES = ['any', 'LAN net', 'printers', 'servers', '10.0.0.1', '10.0.0.10', '10.0.1.5', '10.0.0.0/8', '192.168.1.10', '192.168.1.0/24', '2001:db8::1', '2001:db8::10', 'fe80::1', '::', '::ffff:10.0.0.1', '2001:db8::/32', '1:2:3:4:5:6:7::', '300.1.1.1', '10.0.0.01', 'this firewall']
const PORTS = [null, '22', '80', '443', '8000-8100', '8000:8100', '1024', '65535', '65536', '0', 'web_ports']
const one = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const text = one(...TEXTS)
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 4, nil: null })
const mac = maybe(fc.array(one('00', '1a', 'ff', '2b'), { minLength: 6, maxLength: 6 }).map((parts) => parts.join(':')))
const time = one('2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.900Z', '2026-03-05T07:08:09.000Z', '2026-11-24T10:00:00.000Z', '2027-01-01T00:00:00.000Z')
const endpoint = fc.record({ not: fc.boolean(), address: one(...ADDRESSES), kind: one('any', 'address', 'alias', 'interface-network', 'self'), port: one(...PORTS) })
const rule = fc.record({
  layer: one('floating', 'group', 'interface', 'automatic'),
  layerName: one('', 'LAN', 'WAN', 'GUEST'),
  position: fc.integer({ min: 1, max: 40 }),
  enabled: fc.boolean(),
  action: one('pass', 'block', 'reject'),
  quick: one(true, false, null),
  interfaces: fc.array(one('LAN', 'WAN', 'OPT1', 'say "hi"'), { maxLength: 3 }),
  direction: one('in', 'out', 'any'),
  ipVersion: one('4', '6', '4+6'),
  protocol: one('any', 'tcp', 'udp', 'tcp/udp', 'icmp'),
  icmpTypes: one(null, 'echoreq'),
  source: endpoint,
  destination: endpoint,
  gateway: one(null, 'WAN_DHCP', ''),
  schedule: one(null, 'nights'),
  log: one(true, false, null),
  stateType: one(null, 'keep state'),
  description: text,
  categories: fc.array(text, { maxLength: 2 }),
  createdAt: maybe(time),
  createdBy: maybe(text),
  updatedAt: maybe(time),
  updatedBy: one(null, 'admin@10.0.0.5 (Local Database)', 'admin@10.0.0.7 (Local Database)'),
})
const alias = fc.record({ type: one('host', 'network', 'port', 'url'), description: text, enabled: one(true, false, null), builtIn: fc.boolean(), content: fc.array(one(...ADDRESSES, ...TEXTS), { maxLength: 4 }), remarks: maybe(fc.array(text, { maxLength: 3 })) })
const neighbour = fc.record({ protocol: one('arp', 'ndp'), mac, interface: one('LAN', 'WAN', 'em0'), device: one(null, 'em0', 'igb1'), hostname: maybe(text), manufacturer: one(null, 'Intel Corporate', 'Käse AG') })
const lease = fc.record({ mac, hostname: maybe(text), description: maybe(text), interface: one(null, 'LAN'), state: one('active', 'expired', 'reserved'), server: one(null, 'kea', 'isc') })
const firewall = fc.record({ hostname: maybe(text), family: one('opnsense', 'pfsense-v1', 'pfsense-v2'), state: one('reachable', 'degraded', 'degraded', 'unreachable', 'certificate-changed', 'credential-rejected', 'paused'), version: one(null, '26.7.1_2', '2.8.1-RELEASE'), tags: fc.uniqueArray(one('edge', 'head-office', '100%', 'ä', '7'), { maxLength: 3 }) })
/** What visits measure; the bounds between well and wrong are among the values. */
const measured = fc.record({
  gatewaysDown: one(null, 0, 0, 1, 2),
  gatewaysDegraded: one(null, 0, 0, 1),
  tunnelsUp: one(null, 0, 4),
  tunnelsDown: one(null, 0, 0, 3),
  haRole: one(null, 'master', 'backup', 'mixed'),
  clockOffsetSeconds: one(null, 0, -7, 120, 121, -121, 3600),
  certificateEndsAt: maybe(one('2026-01-01T00:00:00.900Z', '2026-03-05T07:08:09.000Z', '2099-01-01T00:00:00.000Z')),
  bootedAt: maybe(time),
  latencyMs: one(null, 0.4, 7, 20, 443),
  cpuPercent: one(null, 0, 3.5, 100),
  memoryPercent: one(null, 20, 61.7),
  diskPercent: one(null, 7, 89.9, 90, 99),
  statesPercent: one(null, 0, 1),
})
const firmware = fc.record({ state: one('up-to-date', 'offered', 'not-reported', 'reboot-pending'), offeredVersion: one(null, '26.7.2'), packageCount: one(null, 0, 7, 120), downloadBytes: one(null, 1_000_000), rebootRequired: one(true, false, null), checkedAt: maybe(time) })

const TABLES = { rules: Prisma.sql`"FactRule"`, aliases: Prisma.sql`"FactAlias"`, arp: Prisma.sql`"FactNeighbour"`, leases: Prisma.sql`"FactLease"` } as const
type FactList = keyof typeof TABLES
/** The field that tells items of a firewall apart, and what it is on the n-th. */
const NAMED: Record<FactList, readonly [string, (n: number) => string]> = {
  rules: ['id', (n) => `${n}`],
  aliases: ['name', (n) => ['printers', 'servers', 'web_ports'][n] ?? `alias_${n}`],
  arp: ['ip', (n) => (n % 3 === 0 ? `2001:db8::${n.toString(16)}` : `10.0.${n % 2}.${n}`)],
  leases: ['ip', (n) => `10.0.${n % 3}.${n}`],
}
const ITEMS: Record<FactList, fc.Arbitrary<Listed>> = { rules: rule, aliases: alias, arp: neighbour, leases: lease }
const PER_FIREWALL = 36

type Measured = { [name in 'gatewaysDown' | 'gatewaysDegraded' | 'tunnelsDown' | 'clockOffsetSeconds' | 'diskPercent']: number | null } & { certificateEndsAt: string | null; haRole: string | null }
const SOON = Date.now() + 30 * 86_400_000

/** What is wrong with a firewall that was visited just now, said a second time and by hand. */
function findingsOf(state: string, firmwareState: string, values: Measured, peer: { state: string; haRole: string | null } | undefined): string[] {
  if (state !== 'reachable' && state !== 'degraded') return [state]
  const told: [string, boolean][] = [
    ['gateway-down', Number(values.gatewaysDown) > 0],
    ['tunnel-down', Number(values.tunnelsDown) > 0],
    ['two-masters', values.haRole === 'master' && peer?.haRole === 'master' && ['reachable', 'degraded'].includes(peer.state)],
    ['gateway-lossy', Number(values.gatewaysDegraded) > 0],
    ['certificate-ends', values.certificateEndsAt !== null && Date.parse(values.certificateEndsAt) < SOON],
    ['reboot-pending', firmwareState === 'reboot-pending'],
    ['disk-full', Number(values.diskPercent) >= 90],
    ['clock-off', Number(values.clockOffsetSeconds) > 120 || Number(values.clockOffsetSeconds) < -120],
    ['other-trouble', state === 'degraded' && !values.gatewaysDown && !values.gatewaysDegraded && Number(values.diskPercent) < 90],
  ]
  return told.flatMap(([name, so]) => (so ? [name] : []))
}

/** Twelve firewalls of four customers, with 36 of each thing and two more that are gone. */
export async function makeQueryWorld(seed: number): Promise<QueryWorld> {
  let turn = seed
  const some = <T>(values: fc.Arbitrary<T>, count: number): T[] => fc.sample(values, { seed: (turn += 1), numRuns: count })
  const customers = await Promise.all(['Anvil & Sons', 'Orchard Legal', 'Halvorsen 100%', 'Käse_AG'].map((name) => db().customer.create({ data: { name } })))
  const world: QueryWorld = { firewalls: [], rules: [], aliases: [], arp: [], leases: [], customerIds: customers.map(({ id }) => id) }
  const now = new Date()
  const parts = some(fc.tuple(firewall, firmware, measured), 12)
  for (const [n, [own, ware, values]] of parts.entries()) {
    const customer = customers[n % customers.length]
    if (!customer) continue
    const site = n % 3 === 0 ? null : await db().site.create({ data: { name: `Site ${n}`, customerId: customer.id } })
    const { tags, state, ...plain } = own
    const row = await db().firewall.create({
      data: { ...plain, state, tags, name: `fw-${n}`, customerId: customer.id, siteId: site?.id ?? null, origin: `https://10.9.0.${n}`, trustMode: 'public-ca', trustConfirmedAt: now, visitedAt: now, gatewaysUp: n % 4, gatewaysTotal: 3, firmwareState: ware.state, offeredVersion: ware.offeredVersion, packageCount: ware.packageCount, downloadBytes: ware.downloadBytes, rebootRequired: ware.rebootRequired, firmwareCheckedAt: ware.checkedAt, ...values, pausedAt: state === 'paused' ? now : null },
    })
    const places = { customer: { id: customer.id, name: customer.name }, site: site && { id: site.id, name: site.name } }
    // Firewalls of one customer are pairs: 0 and 4, 1 and 5, 2 and 6, 3 and 7.
    const peer = n < 8 ? parts[(n + 4) % 8] : undefined
    let haPeer: { id: string; name: string } | null = null
    if (n >= 4 && n < 8) {
      const other = await db().firewall.update({ where: { customerId_name: { customerId: customer.id, name: `fw-${n - 4}` } }, data: { haPeerId: row.id } })
      await db().firewall.update({ where: { id: row.id }, data: { haPeerId: other.id } })
      haPeer = { id: other.id, name: other.name }
      Object.assign(world.firewalls[n - 4]?.json ?? {}, { haPeer: { id: row.id, name: row.name } })
    }
    const shown = { id: row.id, name: row.name, ...own }
    const aliases = new Set(Array.from({ length: PER_FIREWALL }, (_, place) => NAMED.aliases[1](place)))
    const about = { firewallId: row.id, customerId: customer.id, aliases }
    world.firewalls.push({ ...about, id: row.name, json: { ...shown, ...places, firewall: shown, baseUrl: row.origin, plainHttp: false, timeZone: row.timeZone, firmware: ware, gatewaysUp: row.gatewaysUp, gatewaysTotal: 3, haPeer, ...values, findings: findingsOf(state, ware.state, values, peer && { state: peer[0].state, haRole: peer[2].haRole }), stateSince: row.stateSince.toISOString(), createdAt: row.createdAt.toISOString(), visitedAt: now.toISOString() } })
    for (const list of ['rules', 'aliases', 'arp', 'leases'] as const) {
      const [field, nameOf] = NAMED[list]
      const items = some(ITEMS[list], PER_FIREWALL + 2).map((item, place): Listed => ({ ...item, [field]: nameOf(place) }))
      const times = some(fc.tuple(time, time), items.length)
      await db().$executeRaw`INSERT INTO ${TABLES[list]} ("firewallId", key, body, digest, "firstSeenAt", "changedAt", "goneAt")
        SELECT ${row.id}::uuid, k, b::jsonb, 'd', f::timestamptz, c::timestamptz, CASE WHEN n > ${PER_FIREWALL} THEN now() END
        FROM unnest(${items.map((item) => String(item[field]))}::text[], ${items.map((item) => JSON.stringify(item))}::text[], ${times.map(([first]) => first)}::text[], ${times.map(([, changed]) => changed)}::text[]) WITH ORDINALITY t(k, b, f, c, n)`
      world[list].push(...items.slice(0, PER_FIREWALL).map((item, place) => ({ ...about, id: `${row.name} ${String(item[field])}`, json: { ...item, firewall: shown, ...places, firstSeenAt: times[place]?.[0], changedAt: times[place]?.[1] } })))
    }
  }
  return world
}

/** How a test tells rows of an answer apart. */
export const idOf = (list: ListName, item: Record<string, unknown>): string =>
  list === 'firewalls' ? String(item.name) : `${(item.firewall as { name: string }).name} ${String(item[NAMED[list][0]])}`
