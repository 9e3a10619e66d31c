// The search for planted secrets is worth as much as what it can find.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '@/lib/cli/testing/sessions'
import { formsOf, scanBytes, scanFolder, scanStream, type Planted } from './needles'

const SECRETS: Planted[] = [
  { name: 'password', value: 'Plant"ed\\secret/7 %&+<é>', user: 'admin' },
  { name: 'key', value: Buffer.from('00ff10fe20fd30fc40fb50fa60f970f8', 'hex') },
]
const ENCODINGS: [string, (value: Buffer) => string | Buffer][] = [
  ['as it is', (value) => value],
  ['base64', (value) => value.toString('base64')],
  ['base64url', (value) => value.toString('base64url')],
  ['hex', (value) => value.toString('hex')],
  ['hex in capitals', (value) => value.toString('hex').toUpperCase()],
  ['URL-encoded', (value) => encodeURIComponent(value.toString())],
  ['JSON', (value) => JSON.stringify({ value: value.toString() })],
  ['JSON in JSON', (value) => JSON.stringify(JSON.stringify({ value: value.toString() }))],
  ['a Basic header', (value) => `Basic ${Buffer.from(`admin:${value.toString()}`).toString('base64')}`],
  ['inside other base64', (value) => Buffer.concat([Buffer.from('xy'), value, Buffer.from('z')]).toString('base64')],
]
const folder = temporaryFolder()
afterAll(() => folder.remove())

describe('the search for planted secrets', () => {
  const needles = SECRETS.flatMap(formsOf)

  it.each(ENCODINGS)('finds a secret that lies there %s', (_, encode) => {
    const text = SECRETS[0]?.value as string
    for (const before of ['', 'x', 'xy', 'xyz']) expect(scanBytes('there', Buffer.concat([Buffer.from(before), Buffer.from(encode(Buffer.from(text))), Buffer.from('after')]), needles).map(({ name }) => name)).toContain('password')
  })
  it('finds bytes as hex, base64 and raw', () => {
    for (const text of [SECRETS[1]?.value as Buffer, (SECRETS[1]?.value as Buffer).toString('hex'), (SECRETS[1]?.value as Buffer).toString('base64')]) {
      expect(scanBytes('there', Buffer.from(text), needles).map(({ name }) => name)).toContain('key')
    }
  })
  it('finds what lies across two pieces of a stream, wherever it is cut', async () => {
    const bytes = Buffer.from(`before ${SECRETS[0]?.value as string} after`)
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const pieces = (async function* () {
        yield bytes.subarray(0, cut)
        yield bytes.subarray(cut)
      })()
      expect((await scanStream('there', pieces, needles)).hits.length).toBeGreaterThan(0)
    }
  })
  it('reads every file below a folder, and says which one it is', async () => {
    mkdirSync(path.join(folder.path, 'a/b'), { recursive: true })
    writeFileSync(path.join(folder.path, 'a/b/c'), `x${SECRETS[0]?.value as string}`)
    writeFileSync(path.join(folder.path, 'a/nothing'), 'nothing')
    const found = await scanFolder(folder.path, needles)
    expect(found.files).toBe(2)
    expect(new Set(found.hits.map(({ where }) => path.relative(folder.path, where)))).toEqual(new Set(['a/b/c']))
    expect((await scanFolder(folder.path, needles, ['a/b/c'])).hits).toEqual([])
  })
  it('finds nothing where nothing is, and refuses what is too short', () => {
    expect(scanBytes('there', Buffer.from('a page about Plant and secret'), needles)).toEqual([])
    expect(() => formsOf({ name: 'short', value: 'abc' })).toThrow(/too short/)
  })
})
