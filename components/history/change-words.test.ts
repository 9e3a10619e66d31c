import { expect, it } from 'vitest'
import type { ChangeDto } from '@/lib/history/dto'
import { fieldWords, shortenedWords, toldFields, valueWords } from './change-words'

it('fields have words', () =>
  expect(['source.address', 'monitorAddress', 'destination.not', 'what.everCame'].map(fieldWords)).toEqual([
    'Source',
    'Monitor address',
    'Destination inverted',
    'What ever came',
  ]))
it('values have words, and nothing is said as such', () =>
  expect([null, '', true, false, 0, 'any', ['a', 'b'], [], { a: 1 }].map(valueWords)).toEqual([
    'nothing',
    'nothing',
    'yes',
    'no',
    '0',
    'any',
    'a, b',
    'nothing',
    '{"a":1}',
  ]))
it('a long list says how long it was', () => {
  expect(shortenedWords({ field: 'content', before: null, after: null, shortened: { before: 12_031, after: null } })).toBe('12,031 entries before')
  expect(shortenedWords({ field: 'content', before: null, after: null })).toBeNull()
})
it('what is new is told by what stands there, what changed by all of it', () => {
  const change = (what: ChangeDto['what']) =>
    ({
      what,
      fields: [
        { field: 'id', before: null, after: 'r1' },
        { field: 'log', before: null, after: false },
        { field: 'action', before: null, after: 'pass' },
      ],
    }) as unknown as ChangeDto
  expect(toldFields(change('new')).map(({ field }) => field)).toEqual(['action'])
  expect(toldFields(change('changed'))).toHaveLength(3)
})
