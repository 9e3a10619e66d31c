import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIREWALL_SORTS } from '@/lib/firewalls/words'
import type { Pair } from '@/lib/query-language/parse'
import { apiQuery, countQuery, readView, writeAddress, writeView } from './fleet-filter'

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const SCOPE = '0b6f9c1e-7c3a-4f0e-9d59-0c6f0f5a2b11'
const read = (query: string) => readView(new URLSearchParams(query))

describe('the view in the address', () => {
  it('is empty when nothing is said, worst first', () => {
    expect(read('')).toEqual({ conditions: [], sort: 'state' })
    expect(writeAddress(read(''), new URLSearchParams())).toBe('')
  })
  it('keeps an unknown condition to be marked, and takes an unknown order as none', () => {
    expect(read(`stat=x&sort=; drop&customer=${SCOPE}`)).toEqual({ conditions: [['stat', 'x']], sort: 'state' })
  })
  it('opens links from before the query language', () => {
    expect(read('state=unreachable,degraded&firmware=offered,major-offered&search=kl').conditions).toEqual([['state__in', 'unreachable,degraded'], ['firmware__state__in', 'offered,major-offered'], ['search', 'kl']])
  })
  it('asks the API with the scope, and the counts without an order', () => {
    expect(apiQuery(read('tag=edge&sort=-name'), SCOPE)).toBe(`tag=edge&sort=-name&customerId=${SCOPE}`)
    expect(countQuery(read('tag=edge&sort=-name'), null)).toBe('tag=edge')
  })
  it(`comes back as it was written, with the scope beside it (seed ${SEED})`, () => {
    const conditions = fc.array(fc.tuple(fc.constantFrom('tag', 'name__contains', 'search', 'x'), fc.string({ unit: 'grapheme' })).map((pair): Pair => pair), { maxLength: 5 })
    fc.assert(
      fc.property(conditions, fc.constantFrom(...FIREWALL_SORTS), fc.boolean(), (given, sort, scoped) => {
        const address = new URLSearchParams(writeAddress({ conditions: given, sort }, new URLSearchParams(scoped ? { customer: SCOPE } : {})))
        expect(readView(address)).toEqual({ conditions: given, sort })
        expect(address.get('customer')).toBe(scoped ? SCOPE : null)
        expect(read(writeView({ conditions: given, sort }))).toEqual({ conditions: given, sort })
      }),
      { seed: SEED },
    )
  })
})
