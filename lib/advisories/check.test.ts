import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkAdvisories } from './check'
import { advisoriesSchema } from './format'
import { matcher } from './match'
import { compareNumbers, versionNumbers } from './versions'

const ENTRY = { id: 'EX-1', families: ['opnsense'], affected: [{ from: '25.7', before: '25.7.5' }], fixedIn: ['25.7.5'], severity: 'high', title: 'An example', source: 'https://advisories.example/ex-1', date: '2026-01-02' }
const file = (...advisories: unknown[]): string => JSON.stringify({ format: 'palisade-advisories/1', advisories })
const SHIPPED = path.join(import.meta.dirname, '../../security/advisories')

describe('a file of advisories', () => {
  it('is read', () => {
    expect(checkAdvisories(file(ENTRY))).toEqual({ advisories: [ENTRY], refused: [], problem: null })
  })

  it.each([
    ['without a source', { source: undefined }, 'source'],
    ['with a source that is no https address', { source: 'http://advisories.example/1' }, 'source'],
    ['with a source that runs in a browser', { source: 'javascript:alert(1)' }, 'source'],
    ['without a range', { affected: [] }, 'affected'],
    ['with a range without an end', { affected: [{ from: '25.7' }] }, 'affected'],
    ['with an empty range', { affected: [{ from: '25.7.5', before: '25.7' }] }, 'affected'],
    ['with a version that cannot be compared', { fixedIn: ['soon'] }, 'fixedIn'],
    ['with a family that is not known', { families: ['sonicwall'] }, 'families'],
    ['with another severity', { severity: 'terrible' }, 'severity'],
    ['with a date that is none', { date: '2026-02-30' }, 'date'],
    ['with control characters', { title: 'a\u0007b' }, 'title'],
    ['with a field that nobody reads', { score: 9.8 }, 'score'],
  ])('refuses an entry %s, and only that one', (_, change, field) => {
    const { advisories, refused, problem } = checkAdvisories(file({ ...ENTRY, ...change }, { ...ENTRY, id: 'EX-2' }))
    expect(problem).toBeNull()
    expect(advisories.map(({ id }) => id)).toEqual(['EX-2'])
    expect(refused).toEqual([{ at: 1, id: 'EX-1', reason: expect.stringContaining(field) }])
  })

  it('takes an id once', () => {
    expect(checkAdvisories(file(ENTRY, ENTRY)).refused).toEqual([{ at: 2, id: 'EX-1', reason: 'An entry before it has the same id.' }])
  })

  it.each([
    ['not JSON', '{'],
    ['of another format', '{"format":"other","advisories":[]}'],
    ['without a list', '{"format":"palisade-advisories/1"}'],
    ['too large', ' '.repeat(4 * 1024 * 1024 + 1)],
  ])('is refused as a whole when it is %s, with a sentence', (_, text) => {
    const { advisories, problem } = checkAdvisories(text)
    expect(advisories).toEqual([])
    expect(problem).toMatch(/\.$/)
  })

  it('ships empty, with the schema that is true of it', () => {
    expect(checkAdvisories(readFileSync(path.join(SHIPPED, 'advisories.json'), 'utf8'))).toEqual({ advisories: [], refused: [], problem: null })
    expect(JSON.parse(readFileSync(path.join(SHIPPED, 'schema.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(advisoriesSchema())))
  })
})

describe('versions', () => {
  it('stand in their order, in the spellings of all families', () => {
    const order = ['2.4.5-RELEASE', '2.4.5-RELEASE-p1', '2.7.2-RELEASE', '2.8.0-DEVELOPMENT', '2.8.0-BETA', '2.8.0-RC', '2.8.0', '2.8.1-RELEASE', '23.05.1', '24.11-RELEASE', '25.1', '25.1.12', '25.7.r1', '25.7', '25.7.11', '25.7.11_2', '25.7.11_10', '26.1.b1', '26.1.r', '26.1.r1', '26.1', '26.7']
    const numbers = order.map((text) => versionNumbers(text) ?? expect.fail(text))
    for (const [at, one] of numbers.entries()) for (const [place, other] of numbers.entries()) expect(Math.sign(compareNumbers(one, other)), `${order[at]} and ${order[place]}`).toBe(Math.sign(at - place))
    expect(versionNumbers('2.8.1-RELEASE')).toEqual(versionNumbers('2.8.1'))
  })
  it.each(['', 'unknown', '25.7-custom', '25..7', '2.8.1.1.1.1', '1e9', '2.8.1; DROP'])('"%s" is not understood', (text) => {
    expect(versionNumbers(text)).toBeNull()
  })
})

describe('matching', () => {
  const { advisories } = checkAdvisories(file(ENTRY, { ...ENTRY, id: 'EX-2', severity: 'critical', affected: [{ from: '24.7', through: '25.7.4' }] }, { ...ENTRY, id: 'EX-3', families: ['pfsense-v1', 'pfsense-v2'], affected: [{ from: '2.0', before: '2.8.1' }] }))
  const matching = matcher(advisories)
  const ids = (family: string, version: string | null) => matching(family, version).advisories.map(({ id }) => id)
  it('finds what is about a version, the worst first', () => {
    expect(ids('opnsense', '25.7.4')).toEqual(['EX-2', 'EX-1'])
    expect(ids('opnsense', '25.7')).toEqual(['EX-2', 'EX-1'])
    expect(ids('opnsense', '25.1.3')).toEqual(['EX-2'])
    expect(ids('opnsense', '25.7.4_1')).toEqual(['EX-1'])
    expect(ids('opnsense', '25.7.5')).toEqual([])
    expect(ids('pfsense-v2', '2.8.0-RELEASE')).toEqual(['EX-3'])
    expect(ids('pfsense-v2', '2.8.1-RELEASE')).toEqual([])
    expect(ids('pfsense-v1', '24.11-RELEASE')).toEqual([])
  })
  it('says nothing about a version that it does not know', () => {
    expect(matching('opnsense', null)).toEqual({ understood: false, advisories: [] })
    expect(matching('opnsense', 'custom').understood).toBe(false)
  })
})
