import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { rules as rulesModel, type Rule } from '@/lib/adapters/model'
import type { OutboundRequest } from '@/lib/outbound/transport'
import { fakeFirewall, FORBIDDEN, recordedBody, session, signal, type Answers, type FakeFirewall } from './__fixtures__/fake-firewall'
import { readRules } from './read-rules'
import { parseVersion } from './read-version'

const SEARCH = 'POST /api/firewall/filter/search_rule'
const INTERFACES = 'GET /api/firewall/filter/get_interface_list'

async function read(firewall: FakeFirewall, version: string | null) {
  return rulesModel.parse(await readRules({ session: session(firewall), version: version === null ? null : parseVersion(version), signal }))
}
const bodies = (firewall: FakeFirewall) =>
  firewall.requests.filter((request) => request.method === 'POST').map((request) => z.record(z.string(), z.unknown()).parse(JSON.parse(request.body ?? '')))
const byId = (items: readonly Rule[], start: string) => items.find((item) => item.id.startsWith(start))

describe('26.1.1 and later', () => {
  const answers: Answers = { [SEARCH]: 'firewall-filter-search_rule', [INTERFACES]: 'firewall-filter-get_interface_list' }

  it('reads every layer in one call, in the order the firewall asks', async () => {
    const firewall = fakeFirewall(answers)
    const { items, notReported } = await read(firewall, '26.7.1_2')
    expect(bodies(firewall)).toEqual([{ current: 1, rowCount: -1, show_all: '1' }])
    expect(notReported).toEqual([])
    expect(items.map((item) => [item.layer, item.layerName, item.position])).toEqual([
      ['automatic', '', 1],
      ['automatic', 'LAN', 1],
      ['floating', '', 1],
      ['floating', '', 2],
      ['interface', 'LAN', 1],
      ['interface', 'LAN', 2],
      ['interface', 'WAN', 1],
      ['interface', 'Guest & IoT', 1],
      ['legacy', 'LAN', 1],
    ])
  })

  it('maps a floating rule with its labels and categories', async () => {
    const { items } = await read(fakeFirewall(answers), '26.7')
    expect(byId(items, 'a5555555')).toMatchObject({
      action: 'pass',
      quick: true,
      interfaces: ['LAN', 'Guest & IoT'],
      ipVersion: '4',
      protocol: 'udp',
      source: { address: 'any', kind: 'any', not: false, port: null },
      destination: { address: 'this firewall', kind: 'self', port: '53' },
      categories: ['Management', 'Core'],
      description: 'DNS floating',
      enabled: true,
      log: false,
    })
  })

  it('tells networks, interface addresses, aliases and address lists apart', async () => {
    const { items } = await read(fakeFirewall(answers), '26.7')
    expect(byId(items, 'a1111111')?.source).toEqual({ not: false, address: 'LAN net', kind: 'interface-network', port: null })
    expect(byId(items, 'a3333333')?.source).toEqual({ not: false, address: 'mgmt_hosts', kind: 'alias', port: null })
    expect(byId(items, 'a3333333')?.destination).toEqual({ not: false, address: 'WAN address', kind: 'interface-address', port: '443' })
    expect(byId(items, 'a6666666')).toMatchObject({ interfaces: [], action: 'reject', source: { address: '10.66.0.0/16, 192.0.2.7', kind: 'address' } })
    expect(byId(items, 'a4444444')).toMatchObject({
      enabled: false,
      action: 'block',
      source: { address: 'Guest & IoT net' },
      destination: { address: 'LAN net' },
    })
  })

  it('keeps who changed a legacy rule and never says "not any"', async () => {
    const { items } = await read(fakeFirewall(answers), '26.7')
    expect(byId(items, '3fa1bbd6')).toMatchObject({
      layer: 'legacy',
      updatedAt: '2023-11-14T22:13:20.000Z',
      updatedBy: 'root@192.0.2.5',
      protocol: 'any',
      destination: { address: '192.168.1.50', kind: 'address' },
    })
    expect(byId(items, '02f4bab0')).toMatchObject({ layer: 'automatic', action: 'block', ipVersion: '4+6', source: { address: 'any', not: false } })
  })

  it('reads the counters that show_all brings', async () => {
    const { items } = await read(fakeFirewall({ ...answers, [SEARCH]: 'firewall-filter-search_rule.show_all' }), '26.7')
    expect(byId(items, 'a1111111')).toMatchObject({ evaluations: 90_210, packets: 55_001, bytes: 40_213_377, states: 42 })
  })

  it('works without the list of interfaces', async () => {
    const { items } = await read(fakeFirewall({ [SEARCH]: 'firewall-filter-search_rule', [INTERFACES]: FORBIDDEN }), '26.7')
    expect(items).toHaveLength(9)
    expect(byId(items, 'a3333333')?.destination).toEqual({ not: false, address: 'WAN address', kind: 'interface-address', port: '443' })
    expect(byId(items, 'a4444444')?.source).toMatchObject({ address: 'Guest & IoT net', kind: 'interface-network' })
  })

  it('names groups, marks excluded interfaces and rules that are not loaded', async () => {
    const base = { enabled: '1', action: 'pass', direction: 'in', ipprotocol: 'inet6', source_net: 'any', destination_net: 'any' }
    const rows = [
      { ...base, uuid: 'c', interface: 'old', prio_group: '600000', sort_order: '600000.0000001' },
      { ...base, uuid: 'a', interface: 'GUESTS', '%interface': 'Guests', prio_group: '300010', sort_order: '300010.0000001' },
      { ...base, uuid: 'b', interface: 'lan', interfacenot: '1', prio_group: '200000', sort_order: '200000.0000001', icmptype: 'echoreq', protocol: 'ICMP' },
    ]
    const { items, notReported } = await read(fakeFirewall({ ...answers, [SEARCH]: { json: { rows, total: 3 } } }), '26.7')
    expect(items.map((item) => [item.id, item.layer, item.layerName])).toEqual([
      ['b', 'floating', ''],
      ['a', 'group', 'Guests'],
      ['c', 'interface', 'old'],
    ])
    expect(items[0]).toMatchObject({ interfaces: ['not LAN'], icmpTypes: 'echoreq', protocol: 'icmp', ipVersion: '6' })
    expect(notReported).toEqual([{ part: 'Rules of missing interfaces', reason: expect.stringContaining('1 rule names') }])
  })
})

describe('25.1.5 to 26.1.0', () => {
  const perInterface =
    (rowsFor: Record<string, unknown[]>) =>
    (request: OutboundRequest): { json: unknown } => {
      const { interface: id = '' } = z.object({ interface: z.string().optional() }).parse(JSON.parse(request.body ?? ''))
      return { json: { rows: rowsFor[id] ?? [], total: rowsFor[id]?.length ?? 0 } }
    }
  const rowsOf = (name: string): unknown[] => z.object({ rows: z.array(z.unknown()) }).parse(recordedBody(name)).rows
  const complete = rowsOf('firewall-filter-search_rule')
  const of = (...ids: string[]): unknown[] => complete.filter((row) => ids.some((id) => z.object({ uuid: z.string() }).parse(row).uuid.startsWith(id)))

  it.each(['25.1.5', '25.7', '26.1', '26.1.0'])('%s: one call per interface with show_all and one without, merged', async (version) => {
    const floating = rowsOf('v25.7-firewall-filter-search_rule.show_all')
    const firewall = fakeFirewall({
      [SEARCH]: perInterface({ '': floating, lan: [...of('a1', 'a2', '3f'), ...floating], wan: [...of('a3'), ...floating], opt1: of('a4') }),
      [INTERFACES]: 'firewall-filter-get_interface_list',
    })
    const { items } = await read(firewall, version)
    expect(bodies(firewall).map((body) => body['interface'])).toEqual([undefined, 'opt1', 'lan', 'wan'])
    expect(bodies(firewall).every((body) => body['show_all'] === '1' && body['rowCount'] === -1)).toBe(true)
    expect(items.map((item) => item.id.slice(0, 2))).toEqual(['02', 'a5', 'a6', 'a1', 'a2', 'a3', 'a4', '3f'])
    expect(firewall.peak()).toBeLessThanOrEqual(2)
  })

  it.each(['v25.7-firewall-filter-search_rule.show_all', 'v26.1-firewall-filter-search_rule.show_all'])(
    'reads labels in place of values in rows that are not editable (%s)',
    async (name) => {
      const { items } = await read(
        fakeFirewall({
          [SEARCH]: perInterface({ '': rowsOf(name) }),
          [INTERFACES]: 'firewall-filter-get_interface_list',
          'GET /api/firewall/filter/list_categories': 'firewall-filter-list_categories',
        }),
        '25.7',
      )
      expect(byId(items, '02f4')).toMatchObject({ layer: 'automatic', action: 'block', ipVersion: '4+6', direction: 'in' })
      // %interface is sorted otherwise than the identifiers in 25.7: names come from the list of interfaces.
      expect(byId(items, 'a5')).toMatchObject({ interfaces: ['LAN', 'Guest & IoT'], categories: ['Management', 'Core'] })
    },
  )

  it('does not show "no rules" when the list of interfaces may not be read', async () => {
    await expect(read(fakeFirewall({ [SEARCH]: perInterface({}), [INTERFACES]: FORBIDDEN }), '25.7')).rejects.toMatchObject({
      code: 'firewall-privilege-missing',
    })
  })

  it('an unknown version is read in the way that is complete in all', async () => {
    const firewall = fakeFirewall({
      [SEARCH]: perInterface({ '': rowsOf('v25.7-firewall-filter-search_rule'), lan: of('a1') }),
      [INTERFACES]: 'firewall-filter-get_interface_list',
    })
    expect((await read(firewall, null)).items.map((item) => item.id.slice(0, 2))).toEqual(['a5', 'a6', 'a1'])
  })
})

describe('up to 25.1.4', () => {
  const single = (uuid: string, name = 'v25.1-firewall-filter-get_rule') => ({ [`GET /api/firewall/filter/get_rule/${uuid}`]: name })
  const uuids = [1, 2, 3, 4, 5, 6].map(
    (digit) => `a${String(digit).repeat(7)}-${String(digit).repeat(4)}-4${String(digit).repeat(3)}-8${String(digit).repeat(3)}-${String(digit).repeat(12)}`,
  )

  it.each(['25.1', '25.1.4', null])('%s: rows carry labels only, so each rule is asked for', async (version) => {
    const firewall = fakeFirewall({ [SEARCH]: 'v25.1-firewall-filter-search_rule.show_all', ...Object.assign({}, ...uuids.map((uuid) => single(uuid))) })
    const { items, notReported } = await read(firewall, version)
    expect(firewall.requests.filter((request) => request.path.includes('/get_rule/'))).toHaveLength(6)
    expect(items).toHaveLength(6)
    expect(byId(items, 'a3333333')).toMatchObject({
      layer: 'interface',
      layerName: 'WAN',
      action: 'pass',
      interfaces: ['WAN'],
      protocol: 'tcp',
      source: { address: 'mgmt_hosts', kind: 'alias' },
      destination: { address: 'WAN address', kind: 'interface-address', port: '443' },
      gateway: null,
      schedule: null,
      log: true,
      description: 'MSP management <HTTPS> & more',
      categories: ['Management'],
    })
    expect(notReported[0]?.reason).toContain('25.1.5')
    expect(firewall.peak()).toBeLessThanOrEqual(2)
  })

  it('drops a rule that was deleted between the two calls', async () => {
    const firewall = fakeFirewall({
      [SEARCH]: 'v25.1-firewall-filter-search_rule',
      ...Object.assign({}, ...uuids.map((uuid, at) => single(uuid, at === 0 ? 'firewall-filter-get_rule.unknown-uuid' : undefined))),
    })
    expect((await read(firewall, '25.1')).items).toHaveLength(5)
  })

  it('never puts an id from the firewall into a path unless it is one', async () => {
    const rows = [{ uuid: '../../core/system/reboot', enabled: '1', description: 'x' }]
    const firewall = fakeFirewall({ [SEARCH]: { json: { rows, total: 1 } } })
    await expect(read(firewall, '25.1')).rejects.toMatchObject({ code: 'firewall-reply-not-understood' })
    expect(firewall.requests).toHaveLength(1)
  })
})

describe('ids', () => {
  it('stay unique when one reply repeats an id', async () => {
    const row = { uuid: 'same', enabled: '1', action: 'pass', direction: 'in', sort_order: '1' }
    const { items } = await read(fakeFirewall({ [SEARCH]: { json: { rows: [row, row, row], total: 3 } } }), '26.7')
    expect(items.map((item) => item.id)).toEqual(['same', 'same/2', 'same/3'])
  })
})
