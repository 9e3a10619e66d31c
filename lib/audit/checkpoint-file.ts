import 'server-only'
import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '@/lib/core/errors'
import { environment } from '@/lib/core/env'
import type { Checkpoint } from '@/lib/db/audit-chain'
import type { KeptCheckpoint } from './chain-check'
import { checkpointLine } from './checkpoint-text'

/** More than one write holds, so that an end that was torn by a crash is within it. */
const END_BYTES = 256 * 1024
const LINE_FEED = 10
const LINE_MAX = 2_000
const BATCH = 500
const written = z.strictObject({ at: z.string(), entry: z.number().int().positive(), hash: z.string(), publicKey: z.string(), signature: z.string() })

/** Where the checkpoints of this machine stand, to be copied elsewhere. */
export const checkpointFile = (): string => path.join(environment().PALISADE_DATA_DIR, 'audit-checkpoints.jsonl')

function readLine(line: string): z.infer<typeof written> | null {
  try {
    const { data } = written.safeParse(JSON.parse(line))
    // One spelling only: a line is compared byte for byte when a torn one is finished.
    return data && checkpointLine(data, data.publicKey) === `${line}\n` ? data : null
  } catch {
    return null
  }
}

/** The last checkpoint of the file, and what a crash left behind it. */
async function endOf(handle: FileHandle, file: string): Promise<{ entry: number; torn: string; tornAt: number }> {
  const { size } = await handle.stat()
  const from = Math.max(0, size - END_BYTES)
  const end = Buffer.alloc(size - from)
  await handle.read(end, 0, end.length, from)
  const tornFrom = end.lastIndexOf(LINE_FEED) + 1
  const torn = end.subarray(tornFrom).toString('latin1')
  const last = end.subarray(0, tornFrom).toString('utf8').split('\n').at(-2)
  const checkpoint = last === undefined ? null : readLine(last)
  if (!checkpoint && (tornFrom > 0 || from > 0)) throw new AppError('unavailable', `The checkpoint file ${file} does not end with a checkpoint.`, { nextStep: 'Move it elsewhere and keep it as evidence. A new one is then written from the database.' })
  return { entry: checkpoint?.entry ?? 0, torn, tornAt: from + tornFrom }
}

/** So that the file's name, too, survives a power cut. */
async function syncFolder(file: string): Promise<void> {
  const folder = await open(path.dirname(file), 'r')
  await folder.sync().finally(() => folder.close())
}

/**
 * Appends what the file does not have yet and returns the entry of its last checkpoint. `after` gives checkpoints after an
 * entry, in their order. Each write is on the disk before the next. A last line that a crash tore is finished when it is
 * the beginning of the line that belongs there, kept when it is whole, and replaced otherwise. One process at a time.
 */
export async function appendCheckpoints(file: string, publicKey: string, after: (entry: number) => Promise<Checkpoint[]>): Promise<number> {
  // "a": whatever else happens to the file, nothing that stands in it is written over.
  const handle = await open(file, 'a+', 0o600)
  try {
    let { entry, torn, tornAt } = await endOf(handle, file)
    if (entry === 0) await syncFolder(file)
    const whole = readLine(torn)
    if (whole) {
      await handle.appendFile('\n')
      await handle.sync()
      entry = whole.entry
      torn = ''
    }
    for (;;) {
      const missing = await after(entry)
      const text = missing.map((checkpoint) => checkpointLine(checkpoint, publicKey)).join('')
      const finishes = text.startsWith(torn)
      if (!finishes) await handle.truncate(tornAt)
      if (text !== '') await handle.appendFile(finishes ? text.slice(torn.length) : text)
      if (text !== '' || !finishes) await handle.sync()
      torn = ''
      const last = missing.at(-1)
      if (!last) return entry
      entry = last.entry
    }
  } finally {
    await handle.close()
  }
}

/** Bytes of the file now, 0 when there is none. */
export async function sizeOf(file: string): Promise<number> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  return handle === null ? 0 : await handle.stat().then(({ size }) => size).finally(() => handle.close())
}

/**
 * The checkpoints in the first `size` bytes of a file, in batches. A last line without its line feed is not there yet; any
 * other that is no checkpoint, or does not come after the one before it, is handed on as unreadable.
 */
export async function* readCheckpoints(file: string, size: number): AsyncGenerator<KeptCheckpoint[]> {
  if (size === 0) return
  let [rest, line, entry] = ['', 0, 0]
  for await (const chunk of createReadStream(file, { end: size - 1, encoding: 'latin1' })) {
    const lines = `${rest}${String(chunk)}`.split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LINE_MAX) {
      lines.push(rest)
      rest = ''
    }
    const batch: KeptCheckpoint[] = []
    for (const text of lines) {
      line += 1
      const checkpoint = readLine(text)
      const inPlace = checkpoint !== null && checkpoint.entry > entry
      entry = inPlace ? checkpoint.entry : entry
      batch.push(inPlace ? { ...checkpoint, line, unreadable: false } : { entry, line, unreadable: true })
    }
    for (let at = 0; at < batch.length; at += BATCH) yield batch.slice(at, at + BATCH)
  }
}
