import { createHash, randomBytes } from 'node:crypto'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consoleActor } from '@/lib/auth/actor'
import { forgetEnvironment } from '@/lib/core/env'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { checkBackup } from './check'
import { createBackup } from './create'
import { HEADER_NAME, MANIFEST_NAME, PIECE_BYTES, pieceName, TableSum, type BackupHeader, type BackupManifest } from './format'
import { readArchive } from './read-archive'
import { fillInstallation, temporaryPlace } from '@/lib/testing/filled-installation'

const BLOCK = 512
let installation: Installation
let place: Awaited<ReturnType<typeof temporaryPlace>>
let whole: Buffer
let header: BackupHeader
let manifest: BackupManifest
let content: string
let file: string

/** Everything that a reader hands on, as one sum. */
async function readAll(): Promise<string> {
  const hash = createHash('sha256')
  const read = await readArchive(file, { piece: async (table, text) => void hash.update(table).update(text) })
  return hash.update(JSON.stringify([read.header, read.manifest])).digest('hex')
}

beforeAll(async () => {
  installation = await startInstallation()
  place = await temporaryPlace()
  file = path.join(place.path, 'given.tar')
  await fillInstallation()
  const made = await createBackup(consoleActor(), path.join(place.path, 'made.tar'), new Date())
  whole = await readFile(made.file)
  ;({ header, manifest } = await readArchive(made.file))
  await writeFile(file, whole)
  content = await readAll()
})
afterAll(async () => {
  await place.remove()
  await installation.end()
})

const refusal = async (bytes: Buffer): Promise<string> => {
  await writeFile(file, bytes)
  return readAll().then(
    (sum) => (sum === content ? 'the same content' : 'ANOTHER CONTENT WAS TAKEN'),
    (error: unknown) => (error instanceof Error ? error.message : 'unknown'),
  )
}
const FLAW = /^given\.tar is not a whole backup of Palisade: .+\.$/

type Part = { name: string; content: Buffer; type?: 'symlink' | 'directory'; linkname?: string }
async function tarOf(parts: readonly Part[]): Promise<Buffer> {
  const tar = pack()
  for (const { name, content: body, ...more } of parts) {
    if (more.type) tar.entry({ name, ...more })
    else tar.entry({ name }, body)
  }
  tar.finalize()
  const pieces: Buffer[] = []
  for await (const piece of tar) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value))
/** A small backup that is right: one table, one row. */
function small(text = Buffer.from('a\n')): { begin: Part; piece: Part; end: Part } {
  const begin = { name: HEADER_NAME, content: json({ ...header, tables: [{ name: 'Customer', columns: ['name'] }, { name: 'Site', columns: ['name'] }] }) }
  const sums = [new TableSum('Customer'), new TableSum('Site')]
  sums[0]?.add(text)
  const end = json({ headerSha256: createHash('sha256').update(begin.content).digest('hex'), auditHead: null, tables: sums.map((sum) => sum.end()) })
  return { begin, piece: { name: pieceName('Customer', 1), content: gzipSync(text) }, end: { name: MANIFEST_NAME, content: end } }
}

describe('a damaged file', () => {
  it('is refused wherever it is cut', async () => {
    // The last two blocks are zeros: they say that nothing follows, which the manifest says too.
    const end = whole.length - 2 * BLOCK
    const places = [0, 1, ...Array.from({ length: Math.floor(end / BLOCK) }, (_, block) => block * BLOCK), ...Array.from({ length: 60 }, (_, step) => Math.floor((end * (step + 0.37)) / 60))]
    for (const at of places) expect([at, await refusal(whole.subarray(0, at))]).toEqual([at, expect.stringMatching(FLAW)])
    expect(await refusal(whole.subarray(0, end))).toBe('the same content')
  })

  it('never passes as another content, whichever byte is turned over', async () => {
    const outcomes = new Map<string, number>()
    for (let at = 0; at < whole.length; at += 97) {
      const bytes = Buffer.from(whole)
      bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at)
      const said = await refusal(bytes)
      const outcome = FLAW.test(said) ? 'refused' : said
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    // Filling between files of the tar, and the time in a gzip, belong to nothing.
    expect([...outcomes.keys()].filter((outcome) => outcome !== 'refused' && outcome !== 'the same content')).toEqual([])
    expect(outcomes.get('refused') ?? 0).toBeGreaterThan(20)
  })

  it('is refused when it is something else altogether', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(10_240), Buffer.from('SQLite format 3'), gzipSync(whole), randomBytes(5_000)]) expect(await refusal(bytes)).toMatch(FLAW)
    await expect(readArchive(path.join(place.path, 'none.tar'))).rejects.toThrow('There is no file')
    await expect(readArchive(place.path)).rejects.toThrow('There is no file')
  })
})

describe('a file that was made to harm', () => {
  it('is read when it is right', async () => {
    const { begin, piece, end } = small()
    expect(await refusal(await tarOf([begin, piece, end]))).toBe('ANOTHER CONTENT WAS TAKEN')
  })

  it.each<[string, (parts: ReturnType<typeof small>) => Part[], string]>([
    ['a path that climbs', ({ begin, piece, end }) => [begin, { ...piece, name: '../../etc/cron.d/x' }, end], 'does not belong there'],
    ['an absolute path', ({ begin, piece, end }) => [begin, { ...piece, name: '/etc/passwd' }, end], 'does not belong there'],
    ['a table of its own', ({ begin, piece, end }) => [begin, { ...piece, name: pieceName('pg_authid', 1) }, end], 'does not belong there'],
    ['a piece twice', ({ begin, piece, end }) => [begin, piece, piece, end], 'does not belong there'],
    ['a piece left out', ({ begin, end }) => [begin, end], 'is not what its manifest says'],
    ['pieces out of order', ({ begin, piece, end }) => [begin, { ...piece, name: pieceName('Site', 1) }, piece, end], 'does not belong there'],
    ['a link', ({ begin, piece, end }) => [begin, { ...piece, type: 'symlink', linkname: '/etc/passwd' }, end], 'is no plain file'],
    ['a folder', ({ begin, piece, end }) => [begin, { ...piece, type: 'directory' }, end], 'is no plain file'],
    ['other rows', ({ begin, piece, end }) => [begin, { ...piece, content: gzipSync('b\n') }, end], 'is not what its manifest says'],
    ['something that unpacks without end', ({ begin, piece, end }) => [begin, { ...piece, content: gzipSync(Buffer.alloc(PIECE_BYTES + 1)) }, end], 'cannot be unpacked'],
    ['a piece that is too large', ({ begin, piece, end }) => [begin, { ...piece, content: randomBytes(PIECE_BYTES + 70_000) }, end], 'larger than a part of a backup can be'],
    ['a large header', ({ begin, piece, end }) => [{ ...begin, content: Buffer.alloc(1_100_000, 32) }, piece, end], 'larger than a part of a backup can be'],
    ['no header', ({ piece, end }) => [piece, end], 'does not begin with backup.json'],
    ['another header', ({ begin, piece, end }) => [{ ...begin, content: json({ ...(JSON.parse(begin.content.toString()) as object), dataKeyId: 'other' }) }, piece, end], 'do not belong together'],
    ['a table name with a quote', ({ begin, piece, end }) => [{ ...begin, content: json({ ...header, tables: [{ name: 'x"; DROP TABLE y; --', columns: ['a'] }] }) }, piece, end], 'cannot be read'],
    ['a manifest that is no JSON', ({ begin, piece, end }) => [begin, piece, { ...end, content: Buffer.from('{') }], 'cannot be read'],
    ['a manifest with more in it', ({ begin, piece, end }) => [begin, piece, { ...end, content: json({ ...(JSON.parse(end.content.toString()) as object), more: 1 }) }], 'cannot be read'],
    ['something after its end', ({ begin, piece, end }) => [begin, piece, end, { ...piece, name: 'more' }], 'something follows its end'],
    ['no end', ({ begin, piece }) => [begin, piece], 'ends too early'],
  ])('is refused: %s', async (_, make, words) => {
    const said = await refusal(await tarOf(make(small())))
    expect(said).toMatch(FLAW)
    expect(said).toContain(words)
  })

  it('is refused by what it declares, not by what it holds', async () => {
    const { begin, piece, end } = small()
    const bytes = await tarOf([begin, piece, end])
    // 8 GiB less one, in the header of the piece: octal digits at 124, the sum of the header at 148.
    const at = BLOCK + Math.ceil(begin.content.length / BLOCK) * BLOCK
    bytes.write('77777777777\0', at + 124, 'latin1')
    bytes.fill(' ', at + 148, at + 156)
    bytes.write(`${bytes.subarray(at, at + BLOCK).reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, at + 148, 'latin1')
    expect(await refusal(bytes)).toContain('larger than a part of a backup can be')
  })

  it('of another format is refused by name', async () => {
    const { begin, piece, end } = small()
    for (const [change, words] of [[{ version: 2 }, 'This backup has the format 2, and this version of Palisade reads format 1.'], [{ format: 'other' }, 'backup.json in it cannot be read']] as const) {
      expect(await refusal(await tarOf([{ ...begin, content: json({ ...(JSON.parse(begin.content.toString()) as object), ...change }) }, piece, end]))).toContain(words)
    }
  })

  it('holds a manifest for each table and no other', () => {
    expect(manifest.tables.map(({ name }) => name)).toEqual(header.tables.map(({ name }) => name))
  })
})

describe('the master key', () => {
  const keyFile = () => path.join(installation.directory, 'master.key')
  const check = async () => {
    await writeFile(file, whole)
    return checkBackup(file)
  }

  it('that fits is known before a database is there', async () => {
    expect(await check()).toMatchObject({ fileName: 'given.tar', bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex'), rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0) })
  })

  it('that is wrong, missing or no key is refused by name, and none is made', async () => {
    const right = await readFile(keyFile())
    const names = await readdir(installation.directory)
    await writeFile(keyFile(), `${randomBytes(32).toString('base64')}\n`)
    await expect(check()).rejects.toThrow(`The master key from the file ${keyFile()} does not fit this backup.`)
    await writeFile(keyFile(), 'no key')
    await expect(check()).rejects.toThrow(`The file ${keyFile()} does not hold a master key`)
    await writeFile(keyFile(), right)
    process.env.PALISADE_MASTER_KEY_FILE = path.join(installation.directory, 'none.key')
    forgetEnvironment()
    await expect(check()).rejects.toThrow('none.key is missing')
    expect(await readdir(installation.directory)).toEqual(names)
  })

  it('may come from the command', async () => {
    const key = (await readFile(keyFile(), 'utf8')).trim()
    process.env.PALISADE_MASTER_KEY_COMMAND = `echo ${key}`
    forgetEnvironment()
    expect((await check()).fileName).toBe('given.tar')
    delete process.env.PALISADE_MASTER_KEY_COMMAND
    delete process.env.PALISADE_MASTER_KEY_FILE
    forgetEnvironment()
  })
})
