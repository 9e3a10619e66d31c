import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FILTERS } from '@/lib/query-language/condition'
import { fieldsOf, LISTS, type ListName } from '@/lib/query-language/fields'
import { parseConditions, type Pair } from '@/lib/query-language/parse'
import { checkConditions } from './check-conditions'
import { readPasted, readTyped, readWord } from './read-typed'

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
process.stdout.write(`filter bar: seed ${SEED}\n`)
const names = (list: ListName) => fieldsOf(list).map(({ name }) => name)

const name = fc.constantFrom(...LISTS).chain((list) =>
  fc.tuple(
    fc.constant(list),
    fc.oneof(
      fc.tuple(fc.constantFrom(...names(list)), fc.constantFrom('', '__', ...FILTERS.map((filter) => `__${filter}`))).map((parts) => parts.join('')),
      fc.string({ maxLength: 30, unit: 'binary' }),
      fc.constantFrom('', '__proto__', 'constructor', 'search', 'firewall', 'a__'.repeat(80), 'x'.repeat(500)),
    ),
  ),
)
const value = fc.oneof(
  fc.string({ maxLength: 20, unit: 'binary' }),
  fc.constantFrom('', ',', '10.0.0.1', 'true', '443', '2026-11-24', 'ab', 'abc', 'x'.repeat(300), '\0', '\ud800', '(', 'ipv4', 'a=b', 'Anvil & Sons'),
)
const typed = fc.oneof(
  fc.tuple(name, value).map(([[list, field], text]) => [list, `${field}=${text}`] as const),
  fc.tuple(fc.constantFrom(...LISTS), fc.oneof(value, fc.string({ maxLength: 40, unit: 'binary' }))),
)

describe('what is typed', () => {
  it('1,000 times becomes a condition that the server takes, or an error that names the field', () => {
    const ended = { taken: 0, refused: 0, nothing: 0 }
    fc.assert(
      fc.property(typed, ([list, text]) => {
        const pair = readTyped(list, text)
        if (pair === null) {
          expect(text.trim()).toBe('')
          ended.nothing += 1
          return
        }
        const [fault] = checkConditions(list, [pair]).faults
        if (fault) {
          expect(fault.field).toBe(pair[0].length > 120 ? `${pair[0].slice(0, 120)}…` : pair[0])
          expect(fault.message).toMatch(/^\S.*[.?]$/su)
          ended.refused += 1
          return
        }
        if (pair[0] !== 'search' || list !== 'firewalls') expect(() => parseConditions(list, [pair])).not.toThrow()
        ended.taken += 1
      }),
      { seed: SEED, numRuns: 1_000 },
    )
    expect(Math.min(ended.taken, ended.refused)).toBeGreaterThan(100)
  })

  it('a word becomes what its shape says', () => {
    const first = (list: ListName, word: string) => readTyped(list, word)?.join('=')
    expect(first('firewalls', ' lyon ')).toBe('search=lyon')
    expect(first('rules', 'allow web')).toBe('description__contains=allow web')
    expect(first('rules', '443')).toBe('destination__port=443')
    expect(first('rules', '10.0.3')).toBe('destination__address__contains=10.0.3')
    expect(first('aliases', '10.0.0.0/8')).toBe('content__contains=10.0.0.0/8')
    expect(first('aliases', 'ab')).toBe('name__startswith=ab')
    expect(first('arp', '00-1A-2B-3C-4D-5E')).toBe('mac=00:1a:2b:3c:4d:5e')
    expect(first('arp', '00:1a:2b')).toBe('mac__startswith=00:1a:2b')
    expect(first('arp', '192.168.1.10')).toBe('ip=192.168.1.10')
    expect(first('leases', '192.168.')).toBe('ip__startswith=192.168.')
    expect(first('leases', 'printer')).toBe('hostname__contains=printer')
  })

  it('every reading of a word is a condition by itself', () => {
    for (const list of LISTS) {
      for (const word of [
        'a',
        'ab',
        'printer',
        '1',
        '443',
        '10.',
        '10.0.0.1',
        '2001:db8::1',
        'fe80:',
        '00:1a:2b',
        '00:1a:2b:3c:4d:5e',
        '10.0.0.0/8',
        'Käse ☕',
      ]) {
        for (const pair of readWord(list, word)) expect([list, pair, checkConditions(list, [pair]).faults]).toEqual([list, pair, [null]])
      }
    }
  })

  it('values keep their blanks, and a list of values loses the comma behind its last', () => {
    expect(readTyped('rules', 'description= lead ')).toEqual(['description', ' lead '])
    expect(readTyped('rules', 'action__in=pass,block,')).toEqual(['action__in', 'pass,block'])
    expect(readTyped('rules', 'customer__name=a=b')).toEqual(['customer__name', 'a=b'])
  })
})

describe('what is pasted', () => {
  it('a query string and an address become their conditions, decoded', () => {
    const expected: Pair[] = [
      ['source__address__contains', '10.0.'],
      ['customer__name', 'Anvil & Sons'],
    ]
    for (const text of [
      'source__address__contains=10.0.&customer__name=Anvil%20%26%20Sons',
      '?source__address__contains=10.0.&customer__name=Anvil+%26+Sons&sort=-changed',
      'https://palisade.example/api/v1/rules?source__address__contains=10.0.&customer__name=Anvil%20%26%20Sons&limit=10#x',
    ]) {
      expect(readPasted('rules', text)).toEqual(expected)
    }
    expect(readPasted('rules', '/search/rules?customer=00000000-0000-4000-8000-000000000001&action=pass')).toEqual([
      ['customer__id', '00000000-0000-4000-8000-000000000001'],
      ['action', 'pass'],
    ])
  })
  it('one condition, a text and a name with an ampersand stay what they are', () => {
    for (const text of ['customer__name=Anvil & Sons', 'action=pass', 'why? because', '10.0.0.1', '', 'a & b', 'https://10.0.0.1'])
      expect(readPasted('rules', text)).toBeNull()
  })
})

describe('wrong conditions', () => {
  it('are named one by one, and the others are asked', () => {
    const pairs: Pair[] = [
      ['actoin', 'pass'],
      ['action', 'block'],
      ['position__lt', 'many'],
      ['description__contains', 'ab'],
    ]
    const { faults, valid } = checkConditions('rules', pairs)
    expect(faults.map((fault) => fault?.field ?? null)).toEqual(['actoin', null, 'position__lt', null])
    expect(faults[0]?.message).toContain('Did you mean action?')
    expect(valid).toEqual([pairs[1], pairs[3]])
    // Without the condition beside it, two letters would look at nearly everything.
    expect(checkConditions('rules', [pairs[3] ?? ['', '']]).faults[0]).toMatchObject({ field: 'description__contains' })
  })
  it('1,000 times leave what the server takes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LISTS), fc.array(fc.tuple(name, value), { maxLength: 30 }), (list, given) => {
        const pairs = given.map(([[, field], text]): Pair => [field, text])
        const { faults, valid } = checkConditions(list, pairs)
        expect(valid).toEqual(pairs.filter((_, place) => faults[place] === null))
        expect(() =>
          parseConditions(
            list,
            valid.filter(([field]) => list !== 'firewalls' || field !== 'search'),
          ),
        ).not.toThrow()
      }),
      { seed: SEED, numRuns: 1_000 },
    )
  })
})
