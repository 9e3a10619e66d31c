import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aged, anItem, USUAL } from '@/lib/testing/fact-items'
import { factsOf } from './facts-of'
import { FACT_KINDS, type FactItem, type FactKind, type FactReadings } from './kinds'

const readingOf = <K extends FactKind>(_kind: K, items: readonly FactItem<K>[]) => ({ items: [...items], notReported: [] }) as unknown as FactReadings[K]
const setOf = <K extends FactKind>(kind: K, items: readonly FactItem<K>[]) => factsOf(kind, readingOf(kind, items))

describe.each(FACT_KINDS)('facts of %s', (kind) => {
  const items = fc.array(anItem(kind), { maxLength: 8 })

  it('are the same when only what changes by itself changed', () => {
    fc.assert(fc.property(items.chain((all) => fc.tuple(fc.constant(all), aged(kind, all))), ([before, after]) => void expect(setOf(kind, after)).toEqual(setOf(kind, before))))
  })
  it('are the same in whichever order they are listed', () => {
    fc.assert(fc.property(items.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))), ([before, after]) => void expect(setOf(kind, after)).toEqual(setOf(kind, before))))
  })
  it('have a key of their own each, and one more or another makes another set', () => {
    fc.assert(
      fc.property(items, anItem(kind), (all, more) => {
        const set = setOf(kind, all)
        expect(new Set(set.facts.map(({ key }) => key)).size).toBe(all.length)
        expect(setOf(kind, [...all, more]).digest).not.toBe(set.digest)
        const [first, ...others] = all
        if (first && JSON.stringify(first) !== JSON.stringify(more)) expect(setOf(kind, [more, ...others]).digest).not.toBe(set.digest)
      }),
    )
  })
})

describe('a fact', () => {
  it('keeps nothing that changes by itself', () => {
    const bodies = Object.fromEntries(FACT_KINDS.map((kind) => [kind, Object.keys(JSON.parse(setOf(kind, [USUAL[kind]]).facts[0]?.body ?? '{}') as object)]))
    expect(bodies.gateways).toEqual(['name', 'interface', 'address', 'monitorAddress', 'state', 'reason', 'isDefault'])
    expect(bodies.leases).toEqual(['ip', 'mac', 'hostname', 'description', 'interface', 'state', 'server'])
    expect(bodies.arp).toEqual(['protocol', 'ip', 'mac', 'interface', 'device', 'hostname', 'manufacturer'])
    for (const fields of Object.values(bodies)) expect(fields.filter((field) => /Bytes$|Packets$|Errors$|expires|latency|loss|jitter|online|Handshake|evaluations|states$/.test(field)).filter((field) => field !== 'mtuBytes')).toEqual([])
  })
  it('is named by what does not change: the address, the lease of a device, the rule wherever it stands', () => {
    expect(setOf('arp', [USUAL.arp, { ...USUAL.arp, device: null }]).facts.map(({ key }) => key)).toEqual(['arp 192.0.2.1 LAN', 'arp 192.0.2.1 igb1'])
    expect(setOf('leases', [USUAL.leases, { ...USUAL.leases, mac: null }]).facts.map(({ key }) => key)).toEqual(['192.0.2.1 00:00:5e:00:53:01', '192.0.2.1 host'])
    expect(setOf('rules', [{ ...USUAL.rules, layer: 'floating' }]).facts[0]?.key).toBe('r')
  })
  it('that shares its key stays the second of the two while the first is edited', () => {
    const [first, second] = [{ ...USUAL.rules, position: 1 }, { ...USUAL.rules, position: 2, description: 'second' }]
    const before = setOf('rules', [first, second]).facts
    const after = setOf('rules', [{ ...first, description: 'edited' }, second]).facts
    expect(before.map(({ key }) => key)).toEqual(['r', 'r #2'])
    expect(after[1]).toEqual(before[1])
    expect(setOf('services', [{ ...USUAL.services, id: 'x' }, { ...USUAL.services, id: 'x' }, { ...USUAL.services, id: 'x #2' }]).facts.map(({ key }) => key).sort()).toEqual(['x', 'x #2', 'x #3'])
  })
  it('of a hostile name has a key that an index takes', () => {
    const names = ['x'.repeat(10_000), `${'x'.repeat(9_999)}y`]
    const keys = setOf('aliases', names.map((name) => ({ ...USUAL.aliases, name }))).facts.map(({ key }) => key)
    expect(new Set(keys).size).toBe(2)
    for (const key of keys) expect(key.length).toBeLessThanOrEqual(200)
  })
})
