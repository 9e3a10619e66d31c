import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlanInput } from '@/lib/plans/input'
import { DEFAULT_DESIGN, RINGS_MAX, type RingDesign } from '@/lib/plans/words'
import { CONDITIONS_MAX, parseConditions, VALUE_LETTERS_MAX } from '@/lib/query-language/parse'
import { NAMED_MAX, newPlanHref } from './new-plan-href'
import { addRing, bodyOf, BOUNDS, conditionsOf, faultOfNumber, isReadable, moveRing, newDraft, queryOf, sameDraft, type BoundName } from './plan-draft'

const CUSTOMER = '0199f0a0-0000-7000-8000-000000000001'
const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `0199f0a0-0000-7000-8000-${String(at).padStart(12, '0')}`)
const searchOf = (href: string | null): string => href?.split('?')[1] ?? ''

describe('a plan for what an address asks for', () => {
  it('takes the view of the fleet, without its order, and the customer that it is about', () => {
    const customer = { id: CUSTOMER, name: 'Anvil & Sons' }
    expect(newDraft(`firmware__state=offered&sort=-version&customer=${CUSTOMER}&update=major`, customer)).toMatchObject({
      kind: 'major',
      conditions: [
        ['customer__name', 'Anvil & Sons'],
        ['firmware__state', 'offered'],
      ],
    })
    // A view of the fleet says which customer by its id.
    expect(newDraft(`customerId=${CUSTOMER}&customer=${CUSTOMER}`, customer).conditions).toEqual([['customer__name', 'Anvil & Sons']])
    expect(newDraft(`customer__name=Bright&customer=${CUSTOMER}`, customer).conditions).toEqual([['customer__name', 'Bright']])
    expect(newDraft('customerId=x', null).conditions).toEqual([['customer__id', 'x']])
    expect(newDraft('update=everything', null).kind).toBe('minor')
  })

  it('names up to so many firewalls, in conditions that the server takes', () => {
    const pairs = newDraft(searchOf(newPlanHref({ firewallIds: ids(NAMED_MAX) })), { id: CUSTOMER, name: 'Anvil' }).conditions
    expect(pairs.length).toBeLessThanOrEqual(CONDITIONS_MAX)
    expect(Math.max(...pairs.map(([, value]) => value.length))).toBeLessThanOrEqual(VALUE_LETTERS_MAX)
    const [, named] = parseConditions('firewalls', pairs)
    expect(named?.test).toEqual({ filter: 'in', values: ids(NAMED_MAX) })
    expect(newPlanHref({ firewallIds: ids(NAMED_MAX + 1) })).toBeNull()
    expect(newPlanHref({ firewallIds: [] })).toBeNull()
    expect(newPlanHref({ query: 'tags=edge' })).toBe('/firmware/plans/new?tags=edge')
    expect(newPlanHref({ query: '' })).toBe('/firmware/plans/new')
  })

  it('sends what the server takes, and tells a change of one condition from none', () => {
    const draft = { ...newDraft('tags=edge&name__contains=a b', null), name: ' Edge ' }
    expect(createPlanInput.parse(bodyOf(draft))).toMatchObject({ name: 'Edge', query: 'tags=edge&name__contains=a+b' })
    expect(conditionsOf(queryOf(draft.conditions))).toEqual(draft.conditions)
    expect(sameDraft(draft, { ...draft, name: 'Edge' })).toBe(true)
    expect(sameDraft(draft, { ...draft, conditions: [['tags', 'core']] })).toBe(false)
  })
})

describe('numbers', () => {
  it('have the bounds of the server', () => {
    const { rings, ...design } = DEFAULT_DESIGN
    const put = (name: BoundName, value: number): unknown => {
      const [first] = rings
      if (!first) throw new Error('There is no ring.')
      const gate = name in first.gate ? { ...first.gate, [name]: value } : first.gate
      const who = name === 'percent' ? { by: 'spread', percent: value } : first.who
      const concurrency = name in design.concurrency ? { ...design.concurrency, [name]: value } : design.concurrency
      return { name: 'x', kind: 'minor', query: '', design: { ...design, ...(name in design && { [name]: value }), concurrency, rings: [{ ...first, gate, who }] } }
    }
    for (const name of Object.keys(BOUNDS) as BoundName[]) {
      const [least, most] = BOUNDS[name]
      for (const value of [least - 1, least, most, most + 1, 1.5, Number.NaN])
        expect([name, value, faultOfNumber(value, name) === null]).toEqual([name, value, createPlanInput.safeParse(put(name, value)).success])
    }
  })

  it('that cannot be read keep the draft from being worked out', () => {
    const draft = newDraft('', null)
    expect(isReadable(draft)).toBe(true)
    expect(isReadable({ ...draft, design: { ...draft.design, haGapMinutes: Number.NaN } })).toBe(false)
  })
})

describe('rings', () => {
  const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
  process.stdout.write(`rings of the plan editor: seed ${SEED}\n`)

  it('500 times: however they are moved and added, none is lost and the rest stays last', () => {
    const act = fc.oneof(fc.record({ what: fc.constant('move' as const), from: fc.nat(11), to: fc.nat(11) }), fc.record({ what: fc.constant('add' as const) }))
    fc.assert(
      fc.property(fc.array(act, { maxLength: 15 }), (acts) => {
        let rings: RingDesign[] = DEFAULT_DESIGN.rings
        for (const each of acts) {
          const before = rings.map(({ name }) => name).sort()
          rings = each.what === 'move' ? moveRing(rings, each.from, each.to) : (addRing(rings)?.rings ?? rings)
          const names = rings.map(({ name }) => name)
          expect(new Set(names).size).toBe(names.length)
          if (each.what === 'move') expect(names.toSorted()).toEqual(before)
          expect(rings.length).toBeLessThanOrEqual(RINGS_MAX)
          expect(rings.findIndex(({ who }) => who.by === 'rest')).toBe(rings.length - 1)
        }
      }),
      { seed: SEED, numRuns: 500 },
    )
  })
})
