import { describe, expect, it } from 'vitest'
import type { Rule } from '@/lib/adapters/model'
import { countLayers, groupRules, indexRules, matchRules } from './rule-groups'
import { ruleLine, rulesText } from './rule-text'

const any = { not: false, address: 'any', kind: 'any', port: null } as const
const base: Rule = {
  id: 'r1',
  layer: 'interface',
  layerName: 'LAN',
  position: 9,
  enabled: true,
  action: 'pass',
  quick: true,
  interfaces: ['LAN'],
  direction: 'in',
  ipVersion: '4',
  protocol: 'tcp',
  icmpTypes: null,
  source: { not: false, address: '10.33.4.20', kind: 'address', port: null },
  destination: { not: false, address: 'sw_mgmt', kind: 'alias', port: '22' },
  gateway: null,
  schedule: null,
  log: null,
  stateType: null,
  description: 'Switch backup robot',
  categories: [],
  createdAt: null,
  createdBy: null,
  updatedAt: null,
  updatedBy: null,
  evaluations: null,
  packets: null,
  bytes: null,
  states: null,
}
const rule = (change: Partial<Rule>): Rule => ({ ...base, ...change })

describe('ruleLine', () => {
  it('reads like pf', () => {
    expect(ruleLine(base)).toBe('9 pass in quick on LAN IPv4 proto tcp from 10.33.4.20 to <sw_mgmt> port 22  # Switch backup robot')
  })

  it('names what is unusual', () => {
    const unusual = rule({
      enabled: false,
      action: 'block',
      quick: false,
      log: true,
      interfaces: [],
      direction: 'any',
      ipVersion: '4+6',
      protocol: 'icmp',
      icmpTypes: 'echoreq',
      source: { not: true, address: 'LAN net', kind: 'interface-network', port: null },
      destination: any,
      gateway: 'WAN2',
      schedule: 'office',
      description: '',
    })
    expect(ruleLine(unusual)).toBe('9 (disabled) block any log on any proto icmp type echoreq from ! LAN net to any gateway WAN2 schedule office')
  })

  it('keeps a line a line, whatever the firewall wrote', () => {
    expect(ruleLine(rule({ description: 'a\r\n99 pass in quick on any\tb' })).split('\n')).toHaveLength(1)
  })
})

describe('groups and filter', () => {
  const rules = [
    rule({ id: 'a', layer: 'automatic', layerName: '', position: 1, description: 'anti-lockout rule' }),
    rule({ id: 'b' }),
    rule({ id: 'c', layerName: 'WAN1', position: 1, interfaces: ['WAN1'], action: 'block', description: 'Order portal' }),
    rule({ id: 'd', layer: 'floating', layerName: '', position: 1, interfaces: [] }),
    rule({ id: 'e', position: 10, enabled: false, description: '' }),
  ]
  const indexed = indexRules(rules)

  it('orders layers, keeps the firewall’s order within, counts all', () => {
    const groups = groupRules(rules, rules)
    expect(groups.map((group) => [group.key, group.rules.map(({ id }) => id).join('')])).toEqual([
      ['floating:', 'd'],
      ['interface:LAN', 'be'],
      ['interface:WAN1', 'c'],
      ['automatic:', 'a'],
    ])
    expect(countLayers(groups).map(({ layer, total }) => [layer, total])).toEqual([
      ['floating', 1],
      ['interface', 3],
      ['automatic', 1],
    ])
  })

  it('asks for every word, in any case, over ports and states too', () => {
    expect(matchRules(indexed, 'ORDER  block').map(({ id }) => id)).toEqual(['c'])
    expect(matchRules(indexed, 'disabled 22').map(({ id }) => id)).toEqual(['e'])
    expect(matchRules(indexed, '  ')).toHaveLength(5)
    expect(matchRules(indexed, 'nothing-like-it')).toEqual([])
  })

  it('copies only what matches and says so', () => {
    const matching = matchRules(indexed, 'wan1')
    expect(rulesText(groupRules(rules, matching), { firewall: 'mf-lyon-fw1', shown: matching.length, total: rules.length, readAt: '26 Nov 2026, 02:43' })).toBe(
      'mf-lyon-fw1: 1 of 5 rules, read 26 Nov 2026, 02:43\n\nInterface WAN1 (1 of 1)\n  1 block in quick on WAN1 IPv4 proto tcp from 10.33.4.20 to <sw_mgmt> port 22  # Order portal\n',
    )
  })

  it('is fast enough for ten thousand rules', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => rule({ id: String(index), position: index + 1, layerName: `IF${index % 40}` }))
    const matching = matchRules(indexRules(many), 'if7')
    expect(groupRules(many, matching).reduce((sum, group) => sum + group.rules.length, 0)).toBe(matching.length)
    expect(matching).toHaveLength(250)
  })
})
