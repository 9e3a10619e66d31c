import { describe, expect, it } from 'vitest'
import { told } from '@/lib/facts/told'
import { fieldChanges, titleOf } from './differences'

const rule = { id: 'r1', description: 'NAS', source: { not: false, address: 'any', port: null }, interfaces: ['LAN', 'WAN'], log: null, position: 3 }

describe('field by field', () => {
  it('names what differs, also inside, and nothing that is the same', () => {
    expect(fieldChanges(rule, { ...rule, source: { ...rule.source, address: 'mgmt' }, position: 4, log: null })).toEqual([
      { field: 'source.address', before: 'any', after: 'mgmt' },
      { field: 'position', before: 3, after: 4 },
    ])
    expect(fieldChanges(rule, structuredClone(rule))).toEqual([])
  })
  it('a field that was null and one that was not there are the same', () => expect(fieldChanges({ log: null }, {})).toEqual([]))
  it('of lists, says what came and went, as often as it did; another order is both', () => {
    expect(fieldChanges({ content: ['a', 'b', 'b'] }, { content: ['b', 'c'] })).toEqual([{ field: 'content', before: null, after: null, added: ['c'], removed: ['a', 'b'] }])
    expect(fieldChanges({ content: ['a', 'b'] }, { content: ['b', 'a'] })).toEqual([{ field: 'content', before: ['a', 'b'], after: ['b', 'a'] }])
    expect(fieldChanges({}, { content: [] })).toEqual([{ field: 'content', before: [], after: [] }])
  })
  it('what is new or gone has all its fields on one side', () => {
    expect(fieldChanges(null, rule).find(({ field }) => field === 'description')).toEqual({ field: 'description', before: null, after: 'NAS' })
    expect(fieldChanges(rule, null).every(({ after }) => after === null)).toBe(true)
  })
  it('of a long list that was kept in part, says what came, and how long it was', () => {
    const content = Array.from({ length: 5_000 }, (_, number) => `host-${number}`)
    const { before, after } = told(JSON.stringify({ name: 'a', content }), JSON.stringify({ name: 'a', content: [...content.slice(1), 'new'] }))
    expect(fieldChanges(JSON.parse(before ?? 'null'), JSON.parse(after ?? 'null'))).toEqual([{ field: 'content', before: null, after: null, added: ['new'], removed: ['host-0'], shortened: { before: 5_000, after: 5_000 } }])
  })
  it('survives bodies that are no objects', () => expect(fieldChanges('x', [1])).toEqual([]))
})

it('a thing is called what people call it', () => {
  expect([titleOf('rules', 'r1', rule), titleOf('rules', 'r1', { description: '' }), titleOf('leases', 'k', { hostname: null, ip: '10.0.0.1' }), titleOf('firewall', 'state', {})]).toEqual(['NAS', 'r1', '10.0.0.1', 'state'])
})
