import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/core/errors'
import { FILTERS } from './condition'
import { fieldsOf, LISTS, type ListName } from './fields'
import { parseConditions, type Pair } from './parse'
import { regexLiterals } from './regex-literals'

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const parse = (list: ListName, ...pairs: Pair[]) => parseConditions(list, pairs)
function refused(list: ListName, ...pairs: Pair[]): AppError {
  try {
    parseConditions(list, pairs)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error(`${JSON.stringify(pairs)} was not refused`)
}
const sentence = (error: AppError) => error.details.issues?.[0]?.message

describe('what a name means', () => {
  it('is a field, or a field and a filter, nested by two underscores', () => {
    const [plain, nested] = parse('rules', ['description', 'x'], ['source__address__contains', '10.0.'])
    expect(plain).toMatchObject({ field: { name: 'description' }, test: { filter: 'in', values: ['x'] } })
    expect(nested).toMatchObject({ field: { name: 'source__address' }, test: { filter: 'contains', value: '10.0.' } })
  })
  it('is refused by its own name, with what was probably meant', () => {
    expect(sentence(refused('rules', ['desription', 'x']))).toBe('There is no field desription. Did you mean description?')
    expect(sentence(refused('rules', ['descr__contains', 'LAN']))).toBe('There is no field descr. Did you mean description?')
    expect(sentence(refused('rules', ['description__containz', 'x']))).toMatch(/^There is no filter containz\. Did you mean contains\? description takes exact, /)
    expect(sentence(refused('rules', ['source', '10.0.0.1']))).toMatch(/^There is no field source\. Name what is in it: source__not, source__address/)
    expect(sentence(refused('arp', ['position', '1']))).toMatch(/^There is no field position\./)
    for (const name of ['nosuch', '__proto__', 'constructor', 'toString', '', '__', 'exact', '__contains', 'source__address__contains__contains']) {
      const error = refused('rules', [name, 'x'])
      expect([error.code, error.details.issues?.[0]?.field]).toEqual(['invalid-input', name])
    }
  })
  it('has a filter that fits the field', () => {
    expect(sentence(refused('rules', ['enabled__contains', 'tru']))).toBe('enabled takes exact, in, except.')
    expect(sentence(refused('rules', ['enabled', 'yes']))).toBe('Compare it with true or false.')
    expect(sentence(refused('rules', ['position__gt', 'many']))).toBe('Compare it with a number, for example 443.')
    expect(sentence(refused('rules', ['description__gt', 'many']))).toBe('gt compares numbers, for example 443.')
    expect(sentence(refused('arp', ['ip__gt', '10.0.0']))).toBe('gt compares addresses here, for example 10.0.0.1.')
    expect(sentence(refused('rules', ['createdAt__gt', 'yesterday']))).toBe('Compare it with a time, for example 2026-11-24T10:00:00Z.')
    expect(sentence(refused('rules', ['source__port__format', 'harbour']))).toMatch(/^There is no format harbour\. There are ipv4, /)
  })
  it('every field takes every one of its filters, and their names are never ambiguous', () => {
    for (const list of LISTS) {
      const names = fieldsOf(list).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      for (const name of names) for (const filter of FILTERS) expect(names).not.toContain(`${name}__${filter}`)
    }
  })
})

describe('bounds', () => {
  it('20 conditions, 256 characters, five names deep', () => {
    const many = (count: number) => Array.from({ length: count }, (): Pair => ['description', 'x'])
    expect(parse('rules', ...many(20))).toHaveLength(20)
    expect(sentence(refused('rules', ...many(21)))).toBe('At most 20 conditions at once.')
    expect(parse('rules', ['description', '☕'.repeat(256)])).toHaveLength(1)
    expect(parse('rules', ['description', '😀'.repeat(256)])).toHaveLength(1)
    expect(sentence(refused('rules', ['description', 'x'.repeat(257)]))).toBe('At most 256 characters.')
    expect(sentence(refused('rules', ['a__b__c__d__e__f', 'x']))).toBe('Nested over 5 deep.')
    expect(sentence(refused('rules', ['a__b__c__d__e__f__contains', 'xyz']))).toBe('Nested over 5 deep.')
    expect(sentence(refused('rules', ['a__b__c__d__e', 'x']))).toMatch(/^There is no field/)
    expect(sentence(refused('rules', ['description', 'a\0b']))).toBe('It has a character that no text has.')
  })
  it('repeated lists are one list, everything else holds each time', () => {
    expect(parse('rules', ['action__in', 'pass,block'], ['action__in', 'reject'])).toMatchObject([{ test: { filter: 'in', values: ['pass', 'block', 'reject'] } }])
    expect(parse('rules', ['interfaces', 'LAN'], ['interfaces', 'WAN'])).toHaveLength(2)
  })
})

describe('too broad', () => {
  const BROAD: readonly Pair[] = [['description__contains', 'ab'], ['description__contains', ''], ['description__endswith', 'y'], ['description__regex', '.*'], ['description__regex', 'a|bcd'], ['description__regex', '[abc]{9}'], ['source__address__contains', '1.']]
  it.each(BROAD)('%s=%s needs a second condition', (...pair) => {
    expect(refused('rules', pair)).toMatchObject({ code: 'query-too-broad', details: { issues: [{ field: pair[0] }] } })
    expect(refused('rules', pair, ['description__contains', 'xy'])).toMatchObject({ code: 'query-too-broad' })
    expect(refused('rules', pair, ['action__except', 'pass'])).toMatchObject({ code: 'query-too-broad' })
    expect(refused('rules', pair, ['description__startswith', ''])).toMatchObject({ code: 'query-too-broad' })
    for (const second of [['action', 'pass'], ['customer__name', 'x'], ['destination__port__gt', '10'], ['description__startswith', 'A'], ['description__contains', 'abc']] as const) expect(parse('rules', pair, second)).toHaveLength(2)
  })
  it.each([['description', ''], ['description__startswith', 'a'], ['description__contains', 'abc'], ['description__endswith', '12%'], ['description__regex', '^abc'], ['description__regex', '^(allow|block) x*'], ['description__regex', 'a+bcd?ef[gh]ijk']] as const)('%s=%s does not', (name, value) => {
    expect(parse('rules', [name, value])).toHaveLength(1)
  })
})

describe('what a regular expression is certain to find', () => {
  it.each([
    ['^example', ['example']],
    ['abc?def', ['def']],
    ['ab+cde', ['cde']],
    ['a\\.b\\.c', ['a.b.c']],
    ['(abc|defg)', ['abc', 'defg']],
    ['(abc|de)', null],
    ['x(longer)?abc', ['abc']],
    ['[abc]def', ['def']],
    ['[]abc]x', null],
    ['abc{0,3}', null],
    ['abc{2}', ['abc']],
    ['\\Qabc', null],
    ['\\x41bcd', null],
    ['abc{,2}', ['abc{,2}']],
    ['(?:abc)+', ['abc']],
    ['(?P<name>hello)', ['hello']],
    ['', null],
  ] as const)('%s: %j', (pattern, oneOf) => expect(regexLiterals(pattern).oneOf).toEqual(oneOf))
  it('leaves case to who asked for it', () => expect(regexLiterals('(?i)abc')).toEqual({ oneOf: ['abc'], caseMatters: false }))
  it(`a text that matches holds one of them (seed ${SEED})`, () => {
    const atom = fc.constantFrom('abc', 'b', 'ca', '.', '[ab]', '[]a]', '[^b]', '\\.', '\\w', '(abc|bca)', '(?:a|b)', '(abc)?', 'a|bcab', '^', '$', '\\x61', '\\Qab\\E', '[[:alpha:]b]', '(?i)', '(?i:abc)', 'a{2}', '{', '(a(bc|cab)+)')
    const pattern = fc.array(fc.tuple(atom, fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{0,1}', '*?')).map((parts) => parts.join('')), { maxLength: 5 }).map((parts) => parts.join(''))
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'abc', 'cab', '.', ']', '{', 'A', 'bca'), { maxLength: 12 }).map((parts) => parts.join(''))
    let matched = 0
    fc.assert(
      fc.property(pattern, fc.array(text, { maxLength: 20 }), (source, texts) => {
        const { oneOf, caseMatters } = regexLiterals(source)
        let expression: RE2JS
        try {
          expression = RE2JS.compile(source)
        } catch {
          return
        }
        for (const one of texts.filter((candidate) => expression.test(candidate))) {
          matched += 1
          if (oneOf && caseMatters) expect(oneOf.some((literal) => one.includes(literal)), `${source} on ${one}: ${oneOf.join(' or ')}`).toBe(true)
        }
      }),
      { seed: SEED, numRuns: 5_000 },
    )
    expect(matched).toBeGreaterThan(5_000)
  })
})
