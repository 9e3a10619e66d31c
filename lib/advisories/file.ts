import 'server-only'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { environment } from '@/lib/core/env'
import { checkAdvisories, type CheckedFile } from './check'
import { FILE_BYTES_MAX } from './format'
import { ADVISORIES_FILE } from './words'

/** `changedAt` null: there is no file. */
export type AdvisoriesRead = CheckedFile & { changedAt: Date | null }

const NO_FILE: AdvisoriesRead = { advisories: [], refused: [], problem: null, changedAt: null }
export const advisoriesPath = (): string => path.join(environment().PALISADE_DATA_DIR, ADVISORIES_FILE)
const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
const unreadable = (error: unknown): AdvisoriesRead => ({ ...NO_FILE, problem: `The file cannot be read${error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''}.` })

let kept: { key: string; read: AdvisoriesRead } | null = null

/** The advisories of the data directory. Looked at each time and read again when the file is another one; never throws for what is in it. */
export async function readAdvisoriesFile(): Promise<AdvisoriesRead> {
  const file = advisoriesPath()
  try {
    const { mtimeMs, size, ino, mtime } = await stat(file)
    if (size > FILE_BYTES_MAX) return { ...NO_FILE, problem: `The file is larger than ${FILE_BYTES_MAX / 1024 / 1024} MiB.`, changedAt: mtime }
    const key = `${file}\n${mtimeMs}\n${size}\n${ino}`
    if (kept?.key !== key) kept = { key, read: { ...checkAdvisories(await readFile(file, 'utf8')), changedAt: mtime } }
    return kept.read
  } catch (error) {
    return isMissing(error) ? NO_FILE : unreadable(error)
  }
}
