import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LISTS, type ListName } from '@/lib/query-language/fields'
import { checkConditions } from './check-conditions'
import { readTyped } from './read-typed'
import { writeCondition } from './write-condition'
import { suggest, valuesWanted } from './suggest'

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
process.stdout.write(`suggestions: seed ${SEED}\n`)
const NOW = Date.parse('2026-11-24T12:00:00Z')

describe('completion', () => {
  const texts = (list: ListName, text: string) => suggest(list, text, [], NOW).flatMap(({ items }) => items.map((item) => item.text))

  it('goes from field to filter to value', () => {
    expect(texts('rules', 'desc').slice(0, 2)).toEqual(['description', 'description__contains=desc'])
    expect(texts('rules', 'action').slice(0, 3)).toEqual(['action=', 'action__in=', 'action__except='])
    expect(texts('rules', 'action__s')[0]).toBe('action__startswith=')
    expect(texts('rules', 'action=')).toEqual(['pass', 'block', 'reject', 'match', 'unknown'])
    expect(texts('rules', 'action__in=pass,')).toEqual(['action__in=pass', 'block', 'reject', 'match', 'unknown'])
    expect(texts('rules', 'enabled=')).toEqual(['true', 'false'])
    expect(texts('rules', 'changedAt__gte=')).toContain('2026-11-17')
    expect(texts('rules', 'source__address__format=sub')).toEqual(['subnetv4', 'subnetv6', 'subnet'])
    expect(texts('rules', 'nosuch=')).toEqual([])
    expect(suggest('rules', 'layerName=L', [{ value: 'LAN', note: '7 rows' }], NOW)[0]?.items).toEqual([
      { text: 'LAN', note: '7 rows', typed: 'layerName=LAN', adds: true },
    ])
  })
  it('asks for values where they are many, and not where they are known', () => {
    expect(valuesWanted('rules', 'layerName=L')).toEqual({ field: 'layerName', startsWith: 'L' })
    expect(valuesWanted('rules', 'interfaces__in=LAN,W')).toEqual({ field: 'interfaces', startsWith: 'W' })
    for (const text of ['layerName', 'enabled=', 'changedAt__gte=2', 'description__contains=a', 'nosuch=', 'position=1'])
      expect(valuesWanted('rules', text)).toBeNull()
  })
  it('whatever is chosen leads to a condition that can be asked', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LISTS), fc.array(fc.nat(1_000), { minLength: 12, maxLength: 12 }), (list, turns) => {
        let text = ''
        for (const turn of turns) {
          const items = suggest(list, text, valuesWanted(list, text) ? [{ value: 'some value', note: '' }] : [], NOW).flatMap((group) => group.items)
          const item = items[turn % items.length]
          // Numbers and parts of texts are typed, not chosen.
          if (!item) return
          text = item.typed
          if (item.adds) {
            const pair = readTyped(list, text)
            expect(pair && writeCondition(pair)).toBe(text)
            expect([text, checkConditions(list, pair ? [pair] : []).faults]).toEqual([text, [null]])
            return
          }
        }
      }),
      { seed: SEED, numRuns: 1_000 },
    )
  })
})
