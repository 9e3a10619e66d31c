import 'server-only'
// The audit log as files of one machine: JSON lines as in an export of the chain, one file for each day and 64 MiB.
import { mkdir, open, readdir, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '@/lib/core/errors'
import { environment } from '@/lib/core/env'
import type { AuditEntry } from '@/lib/db/generated/client'

const FILE_BYTES_MAX = 64 * 1024 * 1024
/** More than one entry holds, so that the last whole line is within it. */
const END_BYTES = 8 * 1024 * 1024
const LINE_FEED = 10
const NAME = /^audit-(\d{4}-\d{2}-\d{2})-(\d{12})\.jsonl$/
const written = z.strictObject({ entry: z.number().int().positive(), previousHash: z.string(), hash: z.string(), canonical: z.string() })

/** Where the files stand, absolute. */
export const copyFolder = (): string => path.resolve(environment().PALISADE_DATA_DIR, 'audit-log')

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)
const nameOf = (day: string, entry: bigint): string => `audit-${day}-${String(entry).padStart(12, '0')}.jsonl`
/** Byte for byte what an export of the chain has for this entry (docs/audit-format.md). */
export const entryLine = ({ entry, previousHash, hash, canonical }: AuditEntry): string => `${JSON.stringify({ entry: Number(entry), previousHash, hash, canonical })}\n`

const damaged = (file: string): AppError => new AppError('unavailable', `The file ${file} does not end with an entry.`, { nextStep: 'Move it elsewhere and keep it as evidence. It is then written again from the database.' })

/** The last line of the newest file, and how large the file is. `hash` is empty while there is no line. */
export type FileEnd = { name: string; day: string; entry: bigint; hash: string; bytes: number }

/** A last line that a crash tore goes: it is written again, byte for byte the same. */
async function readEnd(handle: FileHandle, name: string, day: string, first: bigint): Promise<FileEnd> {
  const { size } = await handle.stat()
  const from = Math.max(0, size - END_BYTES)
  const end = Buffer.alloc(size - from)
  await handle.read(end, 0, end.length, from)
  const tornFrom = end.lastIndexOf(LINE_FEED) + 1
  const bytes = from + tornFrom
  if (bytes < size) {
    await handle.truncate(bytes)
    await handle.sync()
  }
  // A file that was made and not written: the entry before the one in its name is what counts.
  if (bytes === 0) return { name, day, entry: first - 1n, hash: '', bytes }
  const line = end.subarray(end.lastIndexOf(LINE_FEED, tornFrom - 2) + 1, tornFrom - 1).toString('utf8')
  const last = parsed(line)
  if (last === null) throw damaged(path.join(copyFolder(), name))
  return { name, day, entry: BigInt(last.entry), hash: last.hash, bytes }
}

function parsed(line: string): z.infer<typeof written> | null {
  try {
    return written.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}

/** Only a folder that is not there has no files: one that cannot be read must not get the whole log a second time. */
function noFolder(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
  throw error
}

/** The end of the newest file here; null when there is none. Throws unavailable when it does not end with an entry. */
export async function endOfFiles(): Promise<FileEnd | null> {
  const names = (await readdir(copyFolder()).catch(noFolder)).filter((name) => NAME.test(name)).sort()
  const name = names.at(-1)
  const [, day = '', first = ''] = NAME.exec(name ?? '') ?? []
  if (name === undefined) return null
  const handle = await open(path.join(copyFolder(), name), 'r+')
  return readEnd(handle, name, day, BigInt(first)).finally(() => handle.close())
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Appends to a file and forces it to the disk, its name too when it is new. */
async function append(name: string, isNew: boolean, text: string): Promise<void> {
  const folder = copyFolder()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const handle = await open(path.join(folder, name), 'a', 0o600)
  try {
    await handle.appendFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  if (isNew) await syncFolder(folder)
}

/** Entries that belong into the same file after `end`, which is null for a new one; at least one. */
function together(rows: readonly AuditEntry[], end: FileEnd | null): { name: string; count: number; text: string } {
  const [first] = rows
  if (!first) throw new RangeError('There is nothing to append.')
  // The clock of two processes may differ a little around midnight: a day never ends twice.
  const dayAt = (row: AuditEntry): string => (end !== null && dayOf(row.at) < end.day ? end.day : dayOf(row.at))
  const goesOn = end !== null && dayAt(first) === end.day && end.bytes < FILE_BYTES_MAX && end.entry === first.entry - 1n
  const day = dayAt(first)
  let [text, count, bytes] = ['', 0, goesOn ? end.bytes : 0]
  for (const row of rows) {
    if (count > 0 && (dayAt(row) !== day || bytes >= FILE_BYTES_MAX)) break
    const line = entryLine(row)
    text += line
    bytes += Buffer.byteLength(line)
    count += 1
  }
  return { name: goesOn ? end.name : nameOf(day, first.entry), count, text }
}

/** Writes the first of these entries, as many as belong into one file, on the disk; returns the last of them. */
export async function appendEntries(rows: readonly AuditEntry[], end: FileEnd | null): Promise<bigint> {
  const { name, count, text } = together(rows, end)
  await append(name, end === null || end.name !== name || end.bytes === 0, text)
  return rows[count - 1]?.entry ?? 0n
}
