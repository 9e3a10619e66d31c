import { describe, expect, it } from 'vitest'
import { toEndpoint } from './map-endpoint'
import { toInterfaceNames } from './map-interface-names'
import { toNat } from './map-nat'
import { toArp, toLeases } from './map-neighbours'
import { toAliases, toRules } from './map-rules'
import * as wire from './replies'
import { MADE_UP, recordedData } from './__fixtures__/fake-firewall'

const interfaces = wire.interfacesReply.parse(recordedData('interfaces'))
const names = toInterfaceNames(interfaces, 'id')
const ruleRows = wire.rulesReply.parse(recordedData('firewall-rules'))

describe('rules', () => {
  const { items, notReported } = toRules(ruleRows, [], names, [])

  it('names the layer of each and counts places in it', () => {
    expect(items.map(({ layer, layerName, position, id }) => [layer, layerName, position, id])).toEqual([
      ['interface', 'WAN', 1, '1700000001'],
      ['interface', 'WAN', 2, '1700000000'],
      ['interface', 'LAN', 1, '100000101'],
      ['interface', 'LAN', 2, '100000102'],
      ['interface', 'DMZ', 1, '1700000005'],
      ['floating', '', 1, '1700000006'],
    ])
  })

  it('reads a rule whole', () => {
    expect(items[0]).toEqual({
      id: '1700000001',
      layer: 'interface',
      layerName: 'WAN',
      position: 1,
      enabled: true,
      action: 'pass',
      quick: true,
      interfaces: ['WAN'],
      direction: 'in',
      ipVersion: '4',
      protocol: 'tcp',
      icmpTypes: null,
      source: { not: false, kind: 'any', address: 'any', port: null },
      destination: { not: false, kind: 'interface-address', address: 'WAN address', port: '443' },
      gateway: null,
      schedule: null,
      log: true,
      stateType: 'keep state',
      description: 'Allow HTTPS to firewall',
      categories: [],
      createdAt: '2023-11-14T22:13:21.000Z',
      createdBy: 'admin@192.168.1.50 (Local Database)',
      updatedAt: '2023-11-14T22:15:00.000Z',
      updatedBy: 'admin@192.168.1.50 (Local Database)',
      evaluations: null,
      packets: null,
      bytes: null,
      states: null,
    })
  })

  it('lets the rule of a port forward pass, which has no type of its own', () => {
    expect(items[1]).toMatchObject({ action: 'pass', description: 'NAT NAS https' })
    expect(toRules(wire.rulesReply.parse([{ interface: ['wan'], type: null, tracker: 1 }]), null, names, []).items[0]?.action).toBe('unknown')
  })

  it('does not take "now" for a time of change when nobody is named', () => {
    expect(items[1]).toMatchObject({ createdBy: 'NAT Port Forward', createdAt: '2023-11-14T22:13:20.000Z', updatedAt: null })
    expect(items[2]).toMatchObject({ createdAt: null, createdBy: null, updatedAt: null, updatedBy: null })
  })

  it('reads floating rules with direction, interfaces and aliases', () => {
    expect(items[5]).toMatchObject({
      action: 'reject',
      quick: true,
      direction: 'any',
      interfaces: ['WAN', 'DMZ'],
      ipVersion: '4+6',
      protocol: 'tcp/udp',
      source: { kind: 'alias', address: 'BlockList' },
      destination: { port: 'WebPorts' },
    })
    expect(items[4]).toMatchObject({ enabled: false, action: 'block', source: { kind: 'interface-network', address: 'DMZ net' } })
  })

  it('puts groups, OpenVPN and IPsec where the firewall asks them', () => {
    const rows = wire.rulesReply.parse([
      { interface: ['Inside'], type: 'pass', tracker: 1 },
      { interface: ['openvpn'], type: 'pass', tracker: 2 },
      { interface: ['enc0'], type: 'pass', tracker: 3 },
      { interface: ['any'], floating: true, type: 'match', tracker: 4 },
    ])
    const placed = toRules(rows, wire.interfaceGroupsReply.parse(MADE_UP.groups), names, []).items
    expect(placed.map(({ layer, layerName, interfaces: on }) => [layer, layerName, on])).toEqual([
      ['group', 'Inside', ['Inside']],
      ['group', 'OpenVPN', ['OpenVPN']],
      ['interface', 'IPsec', ['IPsec']],
      ['floating', '', []],
    ])
  })

  it('tells apart two rules that were made in one second', () => {
    const twice = wire.rulesReply.parse([
      { interface: ['lan'], tracker: 1700000005, type: 'pass' },
      { interface: ['lan'], tracker: 1700000005, type: 'block' },
    ])
    expect(toRules(twice, null, names, []).items.map(({ id }) => id)).toEqual(['1700000005', '1700000005#2'])
  })

  it('says what this API does not list', () => {
    expect(notReported.map(({ part }) => part)).toEqual(['automatic rules', 'hit counters'])
  })

  it('drops what turns text around', () => {
    const rows = wire.rulesReply.parse([{ interface: ['lan'], tracker: 1, type: 'pass', descr: 'a\u202eb\u0000c\u0007' }])
    expect(toRules(rows, null, names, []).items[0]?.description).toBe('abc')
  })
})

describe('represent_interfaces_as', () => {
  const as = (setting: 'id' | 'descr' | 'if', word: string) => {
    const rows = wire.rulesReply.parse([{ interface: [word], tracker: 1, type: 'pass', source: word, destination: `${word}:ip` }])
    return toRules(rows, null, toInterfaceNames(interfaces, setting), []).items[0]
  }
  it.each([
    ['id', 'opt1'],
    ['descr', 'DMZ'],
    ['if', 'em2'],
  ] as const)('%s (%s) reads as the description', (setting, word) => {
    expect(as(setting, word)).toMatchObject({
      layer: 'interface',
      layerName: 'DMZ',
      interfaces: ['DMZ'],
      source: { address: 'DMZ net', kind: 'interface-network' },
      destination: { address: 'DMZ address', kind: 'interface-address' },
    })
  })

  it('gives the recorded rule the same way in both notations', () => {
    const described = wire.rulesReply.parse(recordedData('firewall-rules-interfaces-as-descr'))
    expect(toRules(described, null, toInterfaceNames(interfaces, 'descr'), []).items[0]).toEqual(toRules(ruleRows.slice(0, 1), null, names, []).items[0])
  })

  it('looks by the setting alone, so that an alias named like a device stays an alias', () => {
    expect(toEndpoint('em2', null, names).kind).toBe('alias')
    expect(toEndpoint('em2', null, toInterfaceNames(interfaces, null)).kind).toBe('interface-network')
  })

  it('recognises the firewall’s own ids without any list', () => {
    expect(toEndpoint('!opt3', null, toInterfaceNames([], null))).toEqual({ not: true, kind: 'interface-network', address: 'opt3 net', port: null })
  })
})

describe('ends of rules', () => {
  it.each([
    ['any', 'any', 'any'],
    ['(self)', 'self', 'this firewall'],
    ['!BlockList', 'alias', 'BlockList'],
    ['10.0.0.0/8', 'address', '10.0.0.0/8'],
    ['10.0.0.1-10.0.0.9', 'address', '10.0.0.1-10.0.0.9'],
    ['2001:db8::/32', 'address', '2001:db8::/32'],
    ['!lan:ip', 'interface-address', 'LAN address'],
    ['l2tp', 'interface-network', 'L2TP clients'],
    ['a-b', 'alias', 'a-b'],
  ])('%s', (word, kind, address) => {
    expect(toEndpoint(word, null, names)).toEqual({ not: word.startsWith('!'), kind, address, port: null })
  })
})

describe('aliases', () => {
  it('reads content and remarks in order', () => {
    const { items } = toAliases(wire.aliasesReply.parse(recordedData('firewall-aliases-2')))
    expect(items.map(({ name }) => name)).toEqual(['BlockList', 'WebPorts', 'Servers', 'Mgmt'])
    expect(items[0]).toEqual({
      id: 'BlockList',
      name: 'BlockList',
      type: 'network',
      description: 'Blocked networks',
      enabled: null,
      builtIn: false,
      content: ['198.51.100.0/24', '203.0.113.128/25'],
      remarks: ['bad net', 'bad net 2'],
      liveEntryCount: null,
      updatedText: null,
    })
  })

  it('accepts the older spellings of a list and missing remarks', () => {
    const { items } = toAliases(
      wire.aliasesReply.parse({
        0: { name: 'A', type: 'host', address: '10.0.0.1 10.0.0.2', detail: null },
        3: { name: 'B', type: 'port', address: [80, '443'], detail: ['web'] },
      }),
    )
    expect(items.map(({ content, remarks }) => [content, remarks])).toEqual([
      [
        ['10.0.0.1', '10.0.0.2'],
        ['', ''],
      ],
      [
        ['80', '443'],
        ['web', ''],
      ],
    ])
  })

  it('keeps no sign-in of a list behind a URL', () => {
    const { items } = toAliases(wire.aliasesReply.parse([{ name: 'U', type: 'url', address: ['https://user:CANARY@lists.example/a?b=1&api_key=CANARY&c=2'] }]))
    expect(items[0]?.content).toEqual(['https://lists.example/a?b=1&api_key=…&c=2'])
  })
})

describe('translations', () => {
  const parts = {
    portForwards: wire.portForwardsReply.parse(recordedData('firewall-nat-port-forwards')),
    outbound: wire.outboundMappingsReply.parse(MADE_UP.outbound),
    mode: wire.outboundModeReply.parse(recordedData('firewall-nat-outbound-mode')),
    oneToOne: wire.oneToOneMappingsReply.parse(MADE_UP.oneToOne),
  }
  const nat = toNat(parts, names, [])

  it('reads the three kinds', () => {
    expect(nat.items.map(({ kind, enabled, interfaces: on, target, targetPort, ipVersion }) => [kind, enabled, on, target, targetPort, ipVersion])).toEqual([
      ['port-forward', true, ['WAN'], '192.168.1.10', '443', '4'],
      ['one-to-one', false, ['WAN'], '203.0.113.20', null, '4'],
      ['outbound', true, ['WAN'], 'WAN address', 'static', '4'],
    ])
    expect(nat.items[0]).toMatchObject({
      id: 'port-forward:1700000000',
      protocol: 'tcp',
      destination: { address: 'WAN address', port: '8443' },
      description: 'NAS https',
    })
  })

  it('says which rules the API leaves out, by mode', () => {
    expect(nat.outboundMode).toBe('automatic')
    expect(nat.notReported.map(({ part }) => part)).toEqual(['prefix translation', 'automatic outbound rules'])
    const manual = toNat({ ...parts, mode: { mode: 'advanced' } }, names, [])
    expect([manual.outboundMode, manual.notReported.length]).toEqual(['manual', 1])
    expect(toNat({ ...parts, mode: null }, names, []).outboundMode).toBeNull()
  })

  it('says when a rule excludes from translation', () => {
    const outbound = wire.outboundMappingsReply.parse([
      { interface: 'wan', source: 'lan', destination: 'any', nonat: true },
      { interface: 'wan', source: 'any', destination: 'any', target: '203.0.113.32', target_subnet: 29 },
    ])
    expect(toNat({ ...parts, portForwards: [], oneToOne: null, outbound }, names, []).items.map(({ target, ipVersion }) => [target, ipVersion])).toEqual([
      ['not translated', '4+6'],
      ['203.0.113.32/29', '4'],
    ])
  })
})

describe('neighbours and leases', () => {
  it('reads the ARP table', () => {
    const { items, notReported } = toArp(wire.arpReply.parse(recordedData('diagnostics-arp-table')))
    expect(items.map(({ ip, mac, interface: on, state, expiresInSeconds }) => [ip, mac, on, state, expiresInSeconds])).toEqual([
      ['192.168.1.10', '52:54:00:bb:00:10', 'LAN', 'complete', 1150],
      ['192.168.1.101', '52:54:00:bb:01:01', 'LAN', 'complete', 613],
      ['192.168.1.1', '52:54:00:aa:00:02', 'LAN', 'permanent', null],
      ['203.0.113.1', '52:54:00:cc:00:01', 'WAN', 'complete', 1187],
      ['203.0.113.10', '52:54:00:aa:00:01', 'WAN', 'permanent', null],
      ['10.10.0.77', null, 'DMZ', 'incomplete', null],
    ])
    expect(items[0]?.hostname).toBeNull()
    expect(notReported.map(({ part }) => part)).toEqual(['IPv6 neighbours'])
  })

  it('reads leases, and times only with a zone', () => {
    const rows = wire.leasesReply.parse([
      {
        ip: '192.168.1.101',
        mac: '52:54:00:BB:01:01',
        hostname: 'laptop',
        if: 'lan',
        starts: '2026/11/22 09:10:11',
        ends: '2026/11/22 11:10:11',
        active_status: 'active',
        online_status: 'active/online',
        descr: '',
      },
      { ip: '192.168.1.10', mac: null, if: 'lan', starts: '', ends: '', active_status: 'static', online_status: 'idle/offline', descr: 'NAS' },
      { ip: '192.168.1.12', if: 'lan', starts: '1795346096', ends: '2026-11-22T11:14:56+01:00', active_status: 'odd' },
    ])
    const { items, notReported } = toLeases(rows, names, [])
    expect(items.map(({ interface: on, state, online, startsAt, endsAt }) => [on, state, online, startsAt, endsAt])).toEqual([
      ['LAN', 'active', true, null, null],
      ['LAN', 'reserved', false, null, null],
      ['LAN', 'unknown', null, '2026-11-22T11:14:56.000Z', '2026-11-22T10:14:56.000Z'],
    ])
    expect(items[0]?.mac).toBe('52:54:00:bb:01:01')
    expect(notReported.map(({ part }) => part)).toEqual(['times'])
    expect(toLeases(wire.leasesReply.parse(recordedData('status-dhcp-leases')), names, [])).toEqual({ items: [], notReported: [] })
  })
})
