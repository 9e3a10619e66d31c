import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlertDto } from '@/lib/alerts/dto'
import { holdOrder, NOTHING_HELD, type Held } from './held-order'

const alerts = new Map<string, AlertDto>()
/** The same object for the same name, as a query that brought nothing new gives. */
function one(id: string): AlertDto {
  const known = alerts.get(id)
  if (known) return known
  const made: AlertDto = {
    id, kind: 'unreachable', subject: '', state: 'open', severity: 'critical', title: 't', sentence: 's', nextStep: 'n', firewall: { id: 'f', name: 'f' }, customer: { id: 'c', name: 'c' }, site: null,
    since: '', openedAt: '', clearSince: null, resolvedAt: null, acknowledged: null, note: null, flaps: 0, isFlapping: false, causeId: null, effects: 0, silencedUntil: null, etag: '"1"',
  }
  alerts.set(id, made)
  return made
}
const list = (ids: string) => [...ids].map(one)
const shown = ({ rows, waiting }: Held) => [rows.map(({ alert, gone }) => (gone ? `(${alert.id})` : alert.id)).join(''), waiting.map(({ id }) => id).join('')]
const before = holdOrder(NOTHING_HELD, list('abc'), false)

describe('the order of the inbox', () => {
  it('is that of the list while nobody works in it', () => {
    expect(shown(holdOrder(before, list('xcba'), false))).toEqual(['xcba', ''])
    expect(holdOrder(before, list('abc'), false)).toBe(before)
  })
  it('stands still while somebody does: what left keeps its place, what came waits', () => {
    expect(shown(holdOrder(before, list('xcya'), true))).toEqual(['a(b)c', 'xy'])
    expect(holdOrder(before, list('abc'), true)).toBe(before)
  })
  it('grows at its end when more is loaded', () => expect(shown(holdOrder(before, list('abcde'), true))).toEqual(['abcde', '']))
  it('loses nothing and moves nothing, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 }), { minLength: 2, maxLength: 6 }), (turns) => {
        let held = holdOrder(NOTHING_HELD, list(turns[0]?.join('') ?? ''), false)
        for (const turn of turns.slice(1)) {
          const places = held.rows.map(({ alert }) => alert.id)
          held = holdOrder(held, list(turn.join('')), true)
          expect(held.rows.slice(0, places.length).map(({ alert }) => alert.id)).toEqual(places)
          const there = [...held.rows.filter(({ gone }) => !gone).map(({ alert }) => alert.id), ...held.waiting.map(({ id }) => id)]
          expect(there.toSorted()).toEqual(turn.toSorted())
        }
      }),
      { numRuns: 300, verbose: 1 },
    )
  })
})
