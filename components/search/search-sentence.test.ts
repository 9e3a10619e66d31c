import { describe, expect, it } from 'vitest'
import type { SearchResult } from '@/lib/search/dto'
import { searchSentence } from './search-sentence'

const none = { items: [], nextCursor: null, total: 0 }
const result = (asked: SearchResult['asked'], more: Partial<SearchResult> = {}): SearchResult => ({
  asked,
  holders: { ...none, present: 0, firewalls: 0 },
  equipment: none,
  rules: none,
  aliases: none,
  firewalls: none,
  places: none,
  ...more,
})
const address = { as: 'address', text: '10.33.4.20' } as const
const holders = (total: number, present: number, firewalls: number, totalIsAtLeast = false) => ({
  holders: { ...none, total, present, firewalls, ...(totalIsAtLeast && { totalIsAtLeast }) },
})

describe('what was found, in a sentence', () => {
  it.each<[SearchResult, string | null]>([
    [result(address), null],
    [result(address, holders(1, 1, 1)), 'The address 10.33.4.20 is seen at 1 place on 1 firewall.'],
    [
      result(address, { ...holders(3, 2, 2), rules: { ...none, total: 4 }, aliases: { ...none, total: 1 } }),
      'The address 10.33.4.20 is seen at 2 places, and was at 1 more, on 2 firewalls and stands in 4 rules and 1 alias.',
    ],
    [result({ as: 'mac', text: '3c:ec:ef:5b:90:1e' }, holders(2, 0, 1)), 'The MAC 3c:ec:ef:5b:90:1e is nowhere now; it was seen at 2 places on 1 firewall.'],
    [result({ as: 'network', text: '10.0.0.0/8' }, holders(1_000, 900, 40, true)), 'The network 10.0.0.0/8 is in over 1,000 entries on 40 firewalls.'],
    [result({ as: 'port', text: '443' }, { rules: { ...none, total: 1_000, totalIsAtLeast: true } }), 'Port 443 stands in over 1,000 rules.'],
    [result(address, { equipment: { ...none, total: 1 } }), 'The address 10.33.4.20 concerns 1 interface, gateway or tunnel.'],
    [
      result({ as: 'text', text: 'lyon' }, { firewalls: { ...none, total: 2 }, places: { ...none, total: 1 } }),
      '“lyon” fits 2 firewalls and 1 customer or site.',
    ],
  ])('%#', (found, sentence) => expect(searchSentence(found)).toBe(sentence))
})
