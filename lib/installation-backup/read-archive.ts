import 'server-only'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { extract, type Header } from 'tar-stream'
import type { z } from 'zod'
import { AppError } from '@/lib/core/errors'
import { formatSchema, HEADER_NAME, headerSchema, JSON_BYTES_MAX, MANIFEST_NAME, manifestSchema, PIECE_BYTES, pieceName, STORED_PIECE_BYTES_MAX, TableSum, type BackupHeader, type BackupManifest } from './format'

export type ReadBackup = { header: BackupHeader; manifest: BackupManifest; bytes: number; sha256: string }
/** Told what is read, in the order of the file. None of it is proven before `readArchive` returns. */
export type ArchiveReader = { begin?(header: BackupHeader): Promise<void>; piece?(table: string, text: Buffer): Promise<void> }

type Entry = AsyncIterable<unknown> & { header: Header }

/** The file is not what a backup has to be. */
class Flaw extends Error {}

/** What a broken tar throws becomes a flaw of the file; what its reader throws does not pass through here. */
async function* soundOnly<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source
  } catch {
    throw new Flaw('it is cut or damaged')
  }
}

const decompress = promisify(gunzip)

/** Content of one file of the tar. The declared size is looked at before a byte is kept. */
async function contentOf(entry: Entry, bytesMax: number): Promise<Buffer> {
  const { name, type, size } = entry.header
  if (type !== 'file') throw new Flaw(`"${name}" in it is no plain file`)
  if (size > bytesMax) throw new Flaw(`"${name}" in it is larger than a part of a backup can be`)
  const pieces: Buffer[] = []
  for await (const piece of soundOnly(entry)) if (Buffer.isBuffer(piece)) pieces.push(piece)
  return Buffer.concat(pieces)
}

function parsed<T extends z.ZodType>(schema: T, content: Buffer, name: string): z.output<T> {
  try {
    return schema.parse(JSON.parse(content.toString('utf8')))
  } catch {
    throw new Flaw(`${name} in it cannot be read`)
  }
}

function readHeader(content: Buffer): BackupHeader {
  const { version } = parsed(formatSchema, content, HEADER_NAME)
  if (version !== 1) throw new AppError('invalid-input', `This backup has the format ${version}, and this version of Palisade reads format 1.`, { nextStep: 'Update Palisade, then restore.' })
  return parsed(headerSchema, content, HEADER_NAME)
}

async function pieceText(content: Buffer, name: string): Promise<Buffer> {
  const text = await decompress(content, { maxOutputLength: PIECE_BYTES }).catch(() => null)
  if (!text) throw new Flaw(`"${name}" in it cannot be unpacked`)
  return text
}

/** The tables of a header one after another; says which piece of which table a name is. */
function tableSums(header: BackupHeader) {
  const sums = header.tables.map(({ name }) => new TableSum(name))
  let at = 0
  return {
    /** The table whose next piece has this name, skipping tables that have none. */
    next(name: string): TableSum {
      const found = sums.findIndex((sum, index) => index >= at && pieceName(sum.name, sum.pieces + 1) === name)
      const sum = sums[found]
      if (!sum) throw new Flaw(`"${name.slice(0, 100)}" in it does not belong there`)
      at = found
      return sum
    },
    demand(manifest: BackupManifest): void {
      const wrong = sums.map((sum) => sum.end()).find((sum, index) => JSON.stringify(sum) !== JSON.stringify(manifest.tables[index]))
      if (wrong) throw new Flaw(`the table ${wrong.name} in it is not what its manifest says`)
      if (manifest.tables.length !== sums.length) throw new Flaw('its manifest names other tables')
    },
  }
}

async function readEntries(entries: AsyncIterable<Entry>, reader: ArchiveReader): Promise<{ header: BackupHeader; manifest: BackupManifest }> {
  let header: BackupHeader | undefined
  let headerSha256 = ''
  let manifest: BackupManifest | undefined
  let sums: ReturnType<typeof tableSums> | undefined
  for await (const entry of soundOnly(entries)) {
    const { name } = entry.header
    if (manifest) throw new Flaw('something follows its end')
    if (!header || !sums) {
      if (name !== HEADER_NAME) throw new Flaw(`it does not begin with ${HEADER_NAME}`)
      const content = await contentOf(entry, JSON_BYTES_MAX)
      header = readHeader(content)
      headerSha256 = createHash('sha256').update(content).digest('hex')
      sums = tableSums(header)
      await reader.begin?.(header)
    } else if (name === MANIFEST_NAME) {
      const content = await contentOf(entry, JSON_BYTES_MAX)
      manifest = parsed(manifestSchema, content, MANIFEST_NAME)
      if (JSON.stringify(manifest) !== content.toString('utf8') || manifest.headerSha256 !== headerSha256) throw new Flaw(`its ${HEADER_NAME} and its manifest do not belong together`)
      sums.demand(manifest)
    } else {
      const sum = sums.next(name)
      const text = await pieceText(await contentOf(entry, STORED_PIECE_BYTES_MAX), name)
      sum.add(text)
      await reader.piece?.(sum.name, text)
    }
  }
  if (!header || !manifest) throw new Flaw('it ends too early')
  return { header, manifest }
}

async function demandFile(file: string): Promise<number> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) throw new AppError('invalid-input', `There is no file ${file}.`, { nextStep: 'Name the backup with --from.' })
  return found.size
}

/**
 * Reads a backup from its first to its last byte, one piece at a time, and holds it against its manifest. Nothing of it is
 * trusted: another order, another name, another size or another sum ends the reading. Throws invalid-input with a sentence
 * that says what is wrong; errors of `reader` pass as they are.
 */
export async function readArchive(file: string, reader: ArchiveReader = {}): Promise<ReadBackup> {
  const bytes = await demandFile(file)
  const hash = createHash('sha256')
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  const tar = extract()
  let broken = false
  const fed = pipeline(createReadStream(file), tap, tar).catch(() => {
    broken = true
  })
  try {
    const content = await readEntries(tar, reader)
    await fed
    if (broken) throw new Flaw('it is cut or damaged')
    return { ...content, bytes, sha256: hash.digest('hex') }
  } catch (error) {
    tar.destroy()
    await fed
    if (error instanceof Flaw) throw new AppError('invalid-input', `${path.basename(file)} is not a whole backup of Palisade: ${error.message}.`, { nextStep: 'Take another copy of it, or an older backup.' })
    throw error
  }
}
