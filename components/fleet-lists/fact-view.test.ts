import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FACT_SORTS } from '@/lib/fleet-lists/input'
import type { Pair } from '@/lib/query-language/parse'
import { readFactView, writeFactView } from './fact-view'

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const SCOPE = '00000000-0000-4000-8000-000000000001'

it('an address without anything is the whole list', () => {
  expect(readFactView(new URLSearchParams())).toEqual({ conditions: [], sort: 'firewall', gone: false })
  expect(writeFactView(readFactView(new URLSearchParams()), new URLSearchParams())).toBe('')
})
it('what is not understood counts as usual, and unknown names are conditions, which the bar marks', () => {
  expect(readFactView(new URLSearchParams('sort=DROP&gone=perhaps&actoin=pass'))).toEqual({ conditions: [['actoin', 'pass']], sort: 'firewall', gone: false })
})
it(`comes back as it was written, with the scope beside it (seed ${SEED})`, () => {
  const conditions = fc.array(
    fc.tuple(fc.constantFrom('action', 'description__contains', 'tag', 'x'), fc.string({ unit: 'grapheme' })).map((pair): Pair => pair),
    { maxLength: 5 },
  )
  fc.assert(
    fc.property(conditions, fc.constantFrom(...FACT_SORTS), fc.boolean(), fc.boolean(), (given, sort, gone, scoped) => {
      const before = new URLSearchParams(scoped ? { customer: SCOPE, action: 'old', sort: 'changed' } : {})
      const written = new URLSearchParams(writeFactView({ conditions: given, sort, gone }, before))
      expect(readFactView(written)).toEqual({ conditions: given, sort, gone })
      expect(written.get('customer')).toBe(scoped ? SCOPE : null)
    }),
    { seed: SEED },
  )
})
