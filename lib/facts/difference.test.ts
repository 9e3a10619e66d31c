import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { difference, type StoredFact } from './difference'
import type { Fact } from './facts-of'
import { coverageOf, hidingGaps } from './gaps'
import { told } from './told'

const WHOLE = { isFirst: false, isWhole: true, isWider: false }
const fact = (key: string, digest = 'd', position?: number): Fact => ({ key, digest, body: '{}', place: position === undefined ? null : { group: 'g', position } })
const stored = (key: string, digest = 'd', isGone = false, position: number | null = null): StoredFact => ({ key, digest, isGone, position })
const words = (steps: ReturnType<typeof difference>) => Object.fromEntries(steps.map(({ key, what, isTold }) => [key, isTold ? what : `${what}, not told`]))

describe('the difference', () => {
  const before = [stored('same'), stored('other'), stored('away'), stored('was', 'd', true), stored('old', 'd', true)]
  const after = [fact('same'), fact('other', 'e'), fact('was'), fact('more')]

  it('says what is new, changed, gone and back', () => expect(words(difference(after, before, WHOLE))).toEqual({ other: 'changed', was: 'back', more: 'new', away: 'gone' }))
  it('of a partial reading calls nothing gone', () => expect(words(difference(after, before, { ...WHOLE, isWhole: false }))).toEqual({ other: 'changed', was: 'back', more: 'new' }))
  it('does not tell as new what we only had not seen', () => {
    expect(words(difference(after, [], { ...WHOLE, isFirst: true }))).toEqual({ same: 'new, not told', other: 'new, not told', was: 'new, not told', more: 'new, not told' })
    expect(words(difference(after, before, { ...WHOLE, isWider: true }))).toMatchObject({ more: 'new, not told', was: 'back' })
  })
})

describe('places', () => {
  const places = (keys: string) => [...keys].map((key, index) => [key, index + 1] as const)
  const move = (from: string, to: string) =>
    words(difference(places(to).map(([key, at]) => fact(key, 'd', at)), places(from).map(([key, at]) => stored(key, 'd', false, at)), WHOLE))

  it('tell the one that moved, not those that made way', () => {
    expect(move('abcd', 'dabc')).toEqual({ a: 'changed, not told', b: 'changed, not told', c: 'changed, not told', d: 'changed' })
    expect(move('abcd', 'xabcd')).toMatchObject({ x: 'new', a: 'changed, not told', d: 'changed, not told' })
    expect(move('abcd', 'acd')).toEqual({ b: 'gone', c: 'changed, not told', d: 'changed, not told' })
    expect(move('abcd', 'abcd')).toEqual({})
  })
  it('tell as few moves as lead from one order to the other', () => {
    /** The longest run in both orders, by trying every subset. */
    const longest = (order: readonly number[]) => {
      let best = 0
      for (let subset = 0; subset < 2 ** order.length; subset += 1) {
        const run = order.filter((_, index) => subset & (1 << index))
        if (run.length > best && run.every((value, index) => index === 0 || value > (run[index - 1] ?? 0))) best = run.length
      }
      return best
    }
    fc.assert(
      fc.property(fc.nat(9).chain((length) => fc.shuffledSubarray(Array.from({ length }, (_, index) => index + 1), { minLength: length })), (order) => {
        const steps = difference(order.map((value, index) => fact(String(value), 'd', index + 1)), order.map((value) => stored(String(value), 'd', false, value)), WHOLE)
        const moves = steps.filter(({ isTold }) => isTold).length
        expect(moves).toBeLessThanOrEqual(order.length - longest(order))
        // Who stands where it stood has nothing to tell, though others went past.
        if (order.every((value, index) => value !== index + 1)) expect(moves).toBe(order.length - longest(order))
      }),
    )
  })
})

describe('what a reading may be compared with', () => {
  const at = new Date('2026-11-24T12:00:00Z')
  const daysAgo = (days: number) => new Date(at.getTime() - days * 86_400_000)

  it('is whole when nothing is hidden that was not hidden before', () => {
    expect(coverageOf([], null, at)).toEqual({ isFirst: true, isWhole: true, isWider: false })
    expect(coverageOf(['a'], { gaps: ['a'], partialAt: null }, at)).toEqual(WHOLE)
    expect(coverageOf([], { gaps: ['a'], partialAt: null }, at)).toEqual({ ...WHOLE, isWider: true })
    expect(coverageOf(['a', 'b'], { gaps: ['a'], partialAt: null }, at)).toEqual({ ...WHOLE, isWhole: false })
  })
  it('is taken for whole after seven days of the same silence', () => {
    expect(coverageOf(['b'], { gaps: [], partialAt: daysAgo(6.9) }, at).isWhole).toBe(false)
    expect(coverageOf(['b'], { gaps: [], partialAt: daysAgo(7) }, at).isWhole).toBe(true)
  })
  it('is not narrowed by fields that nobody reports', () => expect(hidingGaps([{ part: 'counters', reason: '' }, { part: 'automatic rules', reason: '' }, { part: 'automatic rules', reason: 'again' }])).toEqual(['automatic rules']))
})

describe('what is told', () => {
  it('is the whole body, unless it is a very long one', () => {
    expect(told('{"a":1}', null)).toEqual({ before: '{"a":1}', after: null })
    const content = Array.from({ length: 5_000 }, (_, index) => `192.0.${index >> 8}.${index & 255}`)
    const [before, after] = [JSON.stringify({ name: 'long', content }), JSON.stringify({ name: 'long', content: [...content.slice(1), '198.51.100.1'] })]
    const kept = told(before, after)
    expect(JSON.parse(kept.before ?? '')).toEqual({ name: 'long', content: ['192.0.0.0'], shortened: { content: 5_000 } })
    expect(JSON.parse(kept.after ?? '')).toEqual({ name: 'long', content: ['198.51.100.1'], shortened: { content: 5_000 } })
    expect(JSON.parse(told(null, after).after ?? '')).toMatchObject({ content: content.slice(1, 101), shortened: { content: 5_000 } })
  })
})
