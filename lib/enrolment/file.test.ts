// What a file says, whatever spreadsheet saved it, and what is said about one that cannot be used.
import fc from 'fast-check'
import { stringify } from 'csv-stringify/sync'
import { describe, expect, it } from 'vitest'
import { linesOfFile } from './file-lines'
import { textOfFile } from './file-text'
import { FILE_COLUMNS, FILE_ROWS_MAX, type FileColumn } from './input'
import { rowOfLine, type KnownCustomer } from './row-of-line'
import { isFinalRowState, nextRowState, ROW_STATES, ROW_TRANSITIONS } from './states'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
const CUSTOMERS: KnownCustomer[] = [{ id: '00000000-0000-4000-8000-000000000001', name: 'Çelik & Söhne', sites: [{ id: '00000000-0000-4000-8000-000000000002', name: 'Köln', timeZone: 'Europe/Berlin' }] }]
const GOOD = { name: 'edge', customer: 'çelik & söhne', site: 'Köln', url: '192.0.2.1', key: 'k', secret: 's' }

const textOf = (cells: Partial<Record<string, string>>, separator = ',') => `${Object.keys(cells).join(separator)}\n${Object.values(cells).join(separator)}\n`
const bytesOf1252 = (text: string) => Buffer.from(text, 'latin1')
function problemsOf(cells: Partial<Record<FileColumn, string>>): string[] {
  const { lines, problems } = linesOfFile(textOf(cells))
  const rows = lines.map((line) => rowOfLine(line, CUSTOMERS))
  return [...problems, ...rows.flatMap((row) => ('problems' in row ? row.problems : []))].map(({ line, column, message }) => `${line} ${column ?? '-'}: ${message}`)
}
const rowOf = (cells: Partial<Record<FileColumn, string>>) => {
  const [line] = linesOfFile(textOf(cells)).lines
  const row = line && rowOfLine(line, CUSTOMERS)
  return row && 'row' in row ? row.row : null
}

describe('the text of a file', () => {
  const text = textOf(GOOD)
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8', Buffer.from(`\uFEFF${text}`)],
    ['Windows-1252', bytesOf1252(text)],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('%s', (encoding, bytes) => expect(textOfFile(bytes)).toEqual({ text, encoding }))
  it('a spreadsheet itself is no text', () => {
    expect(textOfFile(Buffer.from('PK\x03\x04rest'))).toBeNull()
    expect(textOfFile(Buffer.from('name\0url'))).toBeNull()
  })
})

describe('the lines of a file', () => {
  const names = FILE_COLUMNS.map(({ name }) => name)
  it(`any values, separator and line end come back as they were, with their line (seed ${SEED})`, () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ß', '"', ',', ';', '\t', ' ', "'", '\n'), maxLength: 6 })
    const record = fc.tuple(...names.map(() => cell)).filter((cells) => cells.some((value) => value.trim() !== ''))
    const look = (records: string[][], delimiter: string, end: string, quoted: boolean) => {
      const text = stringify([names, ...records], { delimiter, record_delimiter: end, quoted, quoted_match: '\n' })
      const { lines, problems } = linesOfFile(text)
      expect(problems).toEqual([])
      let at = 2
      for (const [index, cells] of records.entries()) {
        expect(lines[index]?.line).toBe(at)
        names.forEach((name, column) => {
          const value = cells[column] ?? ''
          expect(lines[index]?.cell(name)).toBe(['key', 'secret', 'username', 'password', 'client_id', 'client_token', 'api_key'].includes(name) ? value : value.trim())
        })
        at += 1 + cells.join('').split('\n').length - 1
      }
    }
    fc.assert(fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), fc.boolean(), look), { seed: SEED, numRuns: 300 })
  })
  it('empty lines count and are left out; a named separator is taken; a guard against formulas goes', () => {
    const { lines } = linesOfFile(`sep=;\r\nNAME;customer;URL;ha-peer;why\r\n;;;;\r\n\r\na;b;c;'=d;no answer\r\n`)
    expect(lines.map(({ line, cell }) => [line, cell('name'), cell('ha_peer')])).toEqual([[5, 'a', '=d']])
  })
  it.each([
    ['', 'The file is empty. Begin with the template.'],
    ['name,customer,url\n', 'There is no line below the first. Add a line for each firewall.'],
    ['name,customer\na,b\n', 'This column is missing. Add it to the first line.'],
    ['name,name,customer,url\na,b,c,d\n', 'This column is there twice. Leave one of them.'],
    ['name,customer,url,pasword\na,b,c,d\n', 'There is no such column.'],
    ['name,customer,url\n"a,b,c\n', 'A quote is opened and never closed.'],
    ['name,customer,url\na,b"c,d\n', 'A quote stands inside a value.'],
    [`name,customer,url\n${'a,b,c\n'.repeat(FILE_ROWS_MAX + 1)}`, 'The file has more than 5,000 lines. Divide it.'],
  ])('%#: what cannot be read', (text, message) => {
    const { lines, problems } = linesOfFile(text)
    expect(lines).toEqual([])
    expect(problems.map((problem) => problem.message).join(' ')).toContain(message)
  })
})

describe('a line', () => {
  it('finds customer and site in any case, and the method by the columns that are filled', () => {
    expect(rowOf(GOOD)).toMatchObject({ line: 2, customer: { name: 'Çelik & Söhne' }, credential: { method: 'key-secret', key: 'k', secret: 's' }, input: { siteTimeZone: 'Europe/Berlin', origin: 'https://192.0.2.1', family: null, pin: null } })
    expect(rowOf({ ...GOOD, key: '', secret: '', method: 'jwt', username: 'u', password: ' p ' })?.credential).toEqual({ method: 'jwt', username: 'u', password: ' p ' })
    expect(rowOf({ ...GOOD, sha256: 'AB:'.repeat(31) + 'AB' })?.input.pin).toBe('ab'.repeat(32))
  })
  it.each([
    [{ name: '' }, '2 name: Give it a name.'],
    [{ customer: 'Nobody' }, '2 customer: There is no customer of this name whose firewalls you may manage. Correct it, or make the customer first.'],
    [{ site: 'Bonn' }, '2 site: Çelik & Söhne has no site Bonn. Correct the name, make the site first, or leave this empty.'],
    [{ family: 'other' }, '2 family: One of opnsense, pfsense-v1, pfsense-v2, or empty.'],
    [{ url: 'ftp://x' }, '2 url: '],
    [{ secret: '' }, '2 method: No credential is complete.'],
    [{ username: 'u', password: 'p' }, '2 method: Several credentials are filled in.'],
    [{ method: 'token' }, '2 client_id: This field is empty. token needs client_id and client_token.'],
    [{ family: 'opnsense', method: 'jwt' }, '2 method: One of key-secret, or empty.'],
    [{ sha256: 'abc' }, '2 sha256: The SHA-256 of the certificate'],
    [{ trust: 'anything' }, '2 trust: public-ca, or empty.'],
    [{ url: 'http://192.0.2.1', trust: 'public-ca' }, '2 trust: An address that begins with http://'],
    [{ time_zone: 'Mars/Base' }, '2 time_zone: Not a time zone of the IANA list'],
    [{ tags: 'x'.repeat(41) }, '2 tags: At most 40 characters.'],
  ])('%o', (cells, message) => expect(problemsOf({ ...GOOD, ...cells }).join('\n')).toContain(message))
  it('with more values than columns is not guessed at', () => {
    const { lines } = linesOfFile('name,customer,url,key,secret\na,Çelik & Söhne,192.0.2.1,k,s,t\n')
    expect(lines[0]?.tooMany).toBe(true)
  })
})

describe('the states of a line', () => {
  it('can each be reached and each ended, and only a test that ran is never begun again by itself', () => {
    const reached = new Set<string>(['waiting', ...Object.values(ROW_TRANSITIONS).flatMap((exits) => Object.values(exits))])
    expect(ROW_STATES.filter((state) => !reached.has(state))).toEqual([])
    const ends = (state: (typeof ROW_STATES)[number], seen: string[] = []): boolean => isFinalRowState(state) || Object.values<(typeof ROW_STATES)[number]>(ROW_TRANSITIONS[state]).some((next) => !seen.includes(next) && ends(next, [...seen, state]))
    expect(ROW_STATES.filter((state) => !ends(state))).toEqual([])
    expect(nextRowState('probing', 'interrupted')).toBe('waiting')
    expect(nextRowState('testing', 'interrupted')).toBe('failed')
  })
})
