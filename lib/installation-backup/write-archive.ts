import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { link, mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { pack, type Pack } from 'tar-stream'
import { AppError } from '@/lib/core/errors'

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

const taken = (file: string): AppError => new AppError('conflict', `There already is a file ${file}.`, { nextStep: 'A backup never replaces a file: move that one away, or choose another name with --to.' })

/** Codes of the file system; a lost database connection has others. */
const PLACE_CODES = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'EEXIST'])

function notWritten(file: string, error: unknown): unknown {
  const code = codeOf(error)
  return !PLACE_CODES.has(code) ? error : new AppError('unavailable', `The backup could not be written to ${file} (${code}).`, { nextStep: code === 'ENOSPC' ? 'Make room there, or choose another place with --to.' : 'Choose a place that the user of Palisade may write to, with --to.' })
}

async function demandFree(file: string): Promise<void> {
  const found = await stat(file).catch(() => null)
  if (found) throw taken(file)
}

/** A file has its name only when it is whole. A link is refused where the name is taken; some file systems have no links. */
async function giveName(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file)
    await rm(draft)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw taken(file)
    await demandFree(file)
    await rename(draft, file)
  }
  const folder = await open(path.dirname(file), 'r')
  await folder.sync().finally(() => folder.close())
}

/** Writes what the tar gives to the disk; returns its size in bytes and its SHA-256. */
async function pump(tar: Pack, handle: FileHandle): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of tar) {
    if (!Buffer.isBuffer(piece)) throw new TypeError('A tar is made of bytes.')
    hash.update(piece)
    bytes += piece.length
    await handle.writeFile(piece)
  }
  return { bytes, sha256: hash.digest('hex') }
}

type Archive = {
  /** Appends one file; returns when there is room for the next. */
  add(name: string, content: Buffer): Promise<void>
}

/**
 * Writes a tar beside its place and moves it there when `fill` is done and all of it is on the disk: whatever ends this
 * process before, there is no file with that name. Throws conflict when the name is taken.
 */
export async function writeArchive(file: string, mtime: Date, fill: (archive: Archive) => Promise<void>): Promise<{ bytes: number; sha256: string }> {
  await demandFree(file)
  const draft = `${file}.${randomBytes(4).toString('hex')}.part`
  const tar = pack()
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    const handle = await open(draft, 'wx', 0o600)
    try {
      const written = pump(tar, handle)
      const failed = written.then(() => new Promise<never>(() => undefined))
      const add = (name: string, content: Buffer): Promise<void> =>
        Promise.race([failed, new Promise<void>((resolve, reject) => void tar.entry({ name, size: content.length, mode: 0o600, mtime }, content, (error) => (error ? reject(error) : resolve())))])
      await Promise.race([failed, fill({ add })])
      tar.finalize()
      const sum = await written
      await handle.sync()
      await giveName(draft, file)
      return sum
    } finally {
      tar.destroy()
      await handle.close()
    }
  } catch (error) {
    // Where even this fails, the first error says why.
    await rm(draft, { force: true }).catch(() => undefined)
    throw error instanceof AppError ? error : notWritten(file, error)
  }
}
