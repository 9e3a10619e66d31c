import { expect, it } from 'vitest'
import { recordedData } from './__fixtures__/fake-firewall'
import { toAliases, toOneToOne, toOutbound, toOutboundMode, toPortForwards } from './map-nat'
import { toInterfaceNames } from './map-neighbours'
import { toRules } from './map-rules'
import { aliasesReply, interfaceStatusReply, oneToOneReply, outboundMappingsReply, portForwardsReply, rulesReply } from './replies'

const NAMES = toInterfaceNames(interfaceStatusReply.parse(recordedData('status-interface')))
const rulesOf = (data: unknown) => toRules(rulesReply.parse(data), NAMES)

it('puts rules into layers in the order the firewall asks', () => {
  const rules = rulesOf(recordedData('firewall-rule'))
  expect(rules.map(({ id, layer, layerName, position, enabled, action }) => [id, layer, layerName, position, enabled, action])).toEqual([
    ['1700000006', 'floating', '', 1, true, 'reject'],
    ['1700000001', 'interface', 'WAN', 1, true, 'pass'],
    ['1700000000', 'interface', 'WAN', 2, true, 'pass'],
    ['0100000101', 'interface', 'LAN', 1, true, 'pass'],
    ['0100000102', 'interface', 'LAN', 2, true, 'pass'],
    ['1700000005', 'interface', 'DMZ', 1, false, 'block'],
  ])
})

it('reads presence keys, ends, ports and people', () => {
  const [floating, https, forward, lan] = rulesOf(recordedData('firewall-rule'))
  expect(floating).toMatchObject({
    interfaces: ['WAN', 'DMZ'],
    direction: 'any',
    quick: true,
    ipVersion: '4+6',
    protocol: 'tcp/udp',
    log: false,
    source: { not: false, address: 'BlockList', kind: 'alias', port: null },
    destination: { address: 'any', kind: 'any', port: 'WebPorts' },
  })
  expect(https).toMatchObject({
    log: true,
    direction: 'in',
    quick: true,
    protocol: 'tcp',
    ipVersion: '4',
    description: 'Allow HTTPS to firewall',
    destination: { address: 'WAN address', kind: 'interface-address', port: '443' },
    createdAt: '2023-11-14T22:13:21.000Z',
    createdBy: 'admin@192.168.1.50 (Local Database)',
    updatedAt: '2023-11-14T22:15:00.000Z',
    evaluations: null,
    categories: [],
  })
  expect(forward).toMatchObject({ action: 'pass', destination: { address: '192.168.1.10', kind: 'address', port: '443' } })
  expect(lan).toMatchObject({ protocol: 'any', source: { address: 'LAN net', kind: 'interface-network' } })
})

it('reads the same rules from an object keyed by index', () => {
  const rules = rulesOf(recordedData('query-nonsequential-object'))
  expect(rules.map(({ id, layerName, position }) => [id, layerName, position])).toEqual([
    ['1700000001', 'WAN', 1],
    ['0100000101', 'LAN', 1],
    ['0100000102', 'LAN', 2],
  ])
  expect(rulesOf(recordedData('query-none-empty-list'))).toEqual([])
})

it('knows groups, negation, this firewall, ranges and clients', () => {
  const [group, openvpn, lone] = rulesOf([
    { tracker: 1, type: 'pass', interface: 'Guests', source: { network: 'pppoe', not: '' }, destination: { network: '(self)' }, log: false },
    { tracker: 2, type: 'match', interface: 'openvpn', ipprotocol: 'inet6', source: { address: '10.0.0.1-10.0.0.9' }, destination: { network: 'opt1ip' } },
    { tracker: 3, type: 'queue', interface: 'opt7', source: '', destination: [] },
  ])
  expect(group).toMatchObject({
    layer: 'group',
    layerName: 'Guests',
    interfaces: ['Guests'],
    log: false,
    source: { not: true, address: 'PPPoE clients' },
    destination: { address: 'this firewall', kind: 'self' },
  })
  expect(openvpn).toMatchObject({
    layer: 'group',
    layerName: 'OpenVPN',
    action: 'match',
    ipVersion: '6',
    source: { kind: 'address' },
    destination: { address: 'DMZ address', kind: 'interface-address' },
  })
  expect(lone).toMatchObject({ layer: 'interface', layerName: 'OPT7', action: 'unknown', source: { kind: 'any' }, destination: { kind: 'any' } })
})

it('keeps names stable when rules move, and never uses an index', () => {
  const rows = [
    { interface: 'lan', descr: 'no tracker' },
    { interface: 'lan', tracker: '7' },
    { interface: 'lan', tracker: '7' },
    { interface: 'lan', descr: 'no tracker' },
  ]
  const ids = rulesOf(rows).map(({ id }) => id)
  expect(new Set(ids).size).toBe(4)
  expect(ids[2]).toBe('7#2')
  expect(rulesOf([{ interface: 'lan', descr: 'new, first' }, ...rows]).map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
})

it('works without interface names', () => {
  const rules = toRules(rulesReply.parse(recordedData('firewall-rule')), new Map())
  expect(rules.map(({ layerName }) => layerName)).toEqual(['', 'WAN', 'WAN', 'LAN', 'LAN', 'OPT1'])
})

it('strips control and direction characters from what people wrote', () => {
  expect(rulesOf([{ tracker: '1', interface: 'lan', descr: 'a\u202eb\u0007c\u2066d' }])[0]?.description).toBe('abcd')
})

it('maps port forwards', () => {
  expect(toPortForwards(portForwardsReply.parse(recordedData('firewall-nat-port-forward')), NAMES)).toEqual([
    {
      id: expect.stringMatching(/^port-forward-[0-9a-f]{16}$/),
      kind: 'port-forward',
      enabled: true,
      automatic: false,
      interfaces: ['WAN'],
      ipVersion: '4',
      protocol: 'tcp',
      source: { not: false, address: 'any', kind: 'any', port: null },
      destination: { not: false, address: 'WAN address', kind: 'interface-address', port: '8443' },
      target: '192.168.1.10',
      targetPort: '443',
      description: 'NAS https',
    },
  ])
})

it('maps outbound and one-to-one NAT', () => {
  const [plain, none] = toOutbound(
    outboundMappingsReply.parse([
      { interface: 'wan', source: { network: '192.168.1.0/24' }, sourceport: '', destination: { any: '' }, target: '', natport: '' },
      { interface: 'wan', source: { network: 'lan' }, destination: { address: '10.9.0.0/16', not: '' }, nonat: '', disabled: '', target: '' },
    ]),
    NAMES,
  )
  expect(plain).toMatchObject({
    kind: 'outbound',
    enabled: true,
    source: { address: '192.168.1.0/24', kind: 'address' },
    target: 'interface address',
    targetPort: null,
  })
  expect(none).toMatchObject({ enabled: false, target: null, destination: { not: true, address: '10.9.0.0/16' } })
  const [one] = toOneToOne(
    oneToOneReply.parse([{ interface: 'wan', external: '203.0.113.20', source: { address: '192.168.1.20' }, destination: { any: '' }, ipprotocol: 'inet' }]),
    NAMES,
  )
  expect(one).toMatchObject({ kind: 'one-to-one', target: '203.0.113.20', source: { address: '192.168.1.20' } })
  expect(['automatic', 'hybrid', 'advanced', 'disabled', 'odd'].map(toOutboundMode)).toEqual(['automatic', 'hybrid', 'manual', 'disabled', null])
})

it('maps aliases with one remark per entry', () => {
  const [block, ports, servers] = toAliases(aliasesReply.parse(recordedData('firewall-alias')))
  expect(block).toEqual({
    id: 'BlockList',
    name: 'BlockList',
    type: 'network',
    description: 'Blocked networks',
    enabled: true,
    builtIn: false,
    content: ['198.51.100.0/24', '203.0.113.128/25'],
    remarks: ['bad net', 'bad net 2'],
    liveEntryCount: null,
    updatedText: null,
  })
  expect(ports?.content).toEqual(['80', '443', '8000:8080'])
  expect(servers).toMatchObject({ description: '', remarks: ['nas', 'web'] })
})

it('keeps every entry of a long alias and no credential of a list address', () => {
  const addresses = Array.from({ length: 5_000 }, (_, index) => `10.${index >> 8}.${index & 255}.1`)
  const [long, list] = toAliases(
    aliasesReply.parse([
      { name: 'Long', type: 'host', address: addresses.join(' '), detail: '' },
      {
        name: 'List',
        type: 'urltable',
        url: 'https://me:CANARY1@lists.example.test/a?api_key=CANARY2&x=1',
        address: 'https://me:CANARY1@lists.example.test/a?api_key=CANARY2&x=1',
        password: 'CANARY3',
      },
    ]),
  )
  expect(long?.content).toEqual(addresses)
  expect(long?.remarks).toBeNull()
  expect(list?.content).toEqual(['https://lists.example.test/a?api_key=…&x=1'])
})
