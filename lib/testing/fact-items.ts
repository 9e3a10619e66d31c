// Items of lib/adapters/model.ts for tests about facts: usual ones, and generated ones from few names, so that things meet again.
import fc from 'fast-check'
import type { FactItem, FactKind } from '@/lib/facts/kinds'

const endpoint = { not: false, address: 'any', kind: 'any', port: null } as const
const noCounters = { receivedBytes: null, sentBytes: null, receivedPackets: null, sentPackets: null, receiveErrors: null, sendErrors: null, collisions: null }

export const USUAL: { [K in FactKind]: FactItem<K> } = {
  rules: {
    id: 'r', layer: 'interface', layerName: 'LAN', position: 1, enabled: true, action: 'pass', quick: true, interfaces: ['LAN'], direction: 'in', ipVersion: '4', protocol: 'tcp', icmpTypes: null,
    source: endpoint, destination: endpoint, gateway: null, schedule: null, log: null, stateType: null, description: '', categories: [],
    createdAt: null, createdBy: null, updatedAt: null, updatedBy: null, evaluations: 0, packets: 0, bytes: 0, states: 0,
  },
  aliases: { id: 'a', name: 'a', type: 'host', description: '', enabled: true, builtIn: false, content: ['192.0.2.1'], remarks: null, liveEntryCount: 1, updatedText: null },
  arp: { protocol: 'arp', ip: '192.0.2.1', mac: '00:00:5e:00:53:01', interface: 'LAN', device: 'igb1', hostname: null, state: 'complete', expiresInSeconds: 1200, manufacturer: null },
  leases: { ip: '192.0.2.1', mac: '00:00:5e:00:53:01', hostname: 'host', description: null, interface: 'LAN', state: 'active', online: true, startsAt: null, endsAt: null, server: null },
  gateways: { name: 'WAN_GW', interface: 'WAN', address: '192.0.2.254', monitorAddress: null, state: 'online', reason: null, latencyMs: 10, jitterMs: 1, lossPercent: 0, isDefault: true },
  interfaces: { id: 'wan', device: 'igb0', description: 'WAN', enabled: true, state: 'up', mac: null, ipv4: ['192.0.2.2/24'], ipv6: [], mtuBytes: 1500, media: null, vlanTag: null, gateway: null, ...noCounters },
  services: { id: 'unbound', name: 'unbound', description: 'DNS', running: true, enabled: true },
  vpn: { id: 'wg0', kind: 'wireguard', name: 'wg0', role: 'peer', state: 'up', localAddress: null, remoteAddress: null, networks: [], user: null, receivedBytes: 0, sentBytes: 0, connectedAt: null, lastHandshakeAt: null },
}

const name = (prefix: string) => fc.integer({ min: 1, max: 6 }).map((number) => `${prefix}${number}`)
const word = fc.constantFrom('', 'one', 'two', 'three \\ "four"')
const figure = fc.option(fc.nat(1_000_000))
const instant = fc.option(fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }).map((date) => date.toISOString()))

/** Fields that say which thing it is and how it is; another value is another thing or a change. */
const STABLE: { [K in FactKind]: fc.Arbitrary<Partial<FactItem<K>>> } = {
  rules: fc.record({ id: name('r'), layer: fc.constantFrom('interface', 'floating'), position: fc.integer({ min: 1, max: 5 }), description: word, enabled: fc.boolean() }),
  aliases: fc.record({ name: name('a'), content: fc.array(word, { maxLength: 3 }) }),
  arp: fc.record({ ip: name('192.0.2.'), mac: fc.option(name('00:00:5e:00:53:0')), hostname: fc.option(word) }),
  leases: fc.record({ ip: name('192.0.2.'), mac: fc.option(name('00:00:5e:00:53:0')), state: fc.constantFrom('active', 'expired') }),
  gateways: fc.record({ name: name('GW'), state: fc.constantFrom('online', 'offline') }),
  interfaces: fc.record({ id: name('opt'), description: word, ipv4: fc.array(word, { maxLength: 2 }) }),
  services: fc.record({ id: name('s'), running: fc.option(fc.boolean()) }),
  vpn: fc.record({ id: name('t'), kind: fc.constantFrom('ipsec', 'openvpn'), state: fc.constantFrom('up', 'down') }),
}

/** Fields that change by themselves. */
const VOLATILE: { [K in FactKind]: fc.Arbitrary<Partial<FactItem<K>>> } = {
  rules: fc.record({ evaluations: figure, packets: figure, bytes: figure, states: figure }),
  aliases: fc.record({ liveEntryCount: figure, updatedText: fc.option(word) }),
  arp: fc.record({ expiresInSeconds: figure, state: fc.constantFrom('complete', 'incomplete', 'expired') }),
  leases: fc.record({ online: fc.option(fc.boolean()), startsAt: instant, endsAt: instant }),
  gateways: fc.record({ latencyMs: figure, jitterMs: figure, lossPercent: figure }),
  interfaces: fc.record({ receivedBytes: figure, sentBytes: figure, receivedPackets: figure, sentPackets: figure, receiveErrors: figure, sendErrors: figure, collisions: figure }),
  services: fc.constant({}),
  vpn: fc.record({ receivedBytes: figure, sentBytes: figure, connectedAt: instant, lastHandshakeAt: instant }),
}

export const anItem = <K extends FactKind>(kind: K): fc.Arbitrary<FactItem<K>> => STABLE[kind].map((fields) => ({ ...USUAL[kind], ...fields }))
/** The same items with other counters, times and measured values. */
export const aged = <K extends FactKind>(kind: K, items: readonly FactItem<K>[]): fc.Arbitrary<FactItem<K>[]> => fc.tuple(...items.map((item) => VOLATILE[kind].map((fields) => ({ ...item, ...fields }))))
