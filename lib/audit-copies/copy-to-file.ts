import 'server-only'
import { hostname } from 'node:os'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { AuditCopy, AuditEntry } from '@/lib/db/generated/client'
import { headOfLog } from './dto-of'
import { appendEntries, copyFolder, endOfFiles, type FileEnd } from './log-file'
import { noteCopied, noteFailed } from './position'

const ENTRIES_AT_ONCE = 2_000
const ROUND_MS = 10_000

/** Someone put another database beside these files, or other files beside this database. */
const anotherLog = (): AppError =>
  new AppError('unavailable', `The files in ${copyFolder()} hold another log than the database.`, { nextStep: 'Move them elsewhere and keep them as evidence: after a restored backup they hold what it lacks. They are then written again.' })

/** Throws unless these entries follow the end of the files, where they may leave out what retention removed. */
function requireSameLog(rows: readonly AuditEntry[], end: FileEnd | null, head: bigint): void {
  const [first] = rows
  if (end === null || end.hash === '') return
  if (end.entry > head) throw anotherLog()
  if (first && first.entry === end.entry + 1n && first.previousHash !== end.hash) throw anotherLog()
}

async function nextEntries(copy: AuditCopy, end: FileEnd | null): Promise<AuditEntry[]> {
  const wanted = copy.firstEntry - 1n
  const after = end !== null && end.entry > wanted ? end.entry : wanted
  return db().auditEntry.findMany({ where: { entry: { gt: after } }, orderBy: { entry: 'asc' }, take: ENTRIES_AT_ONCE })
}

/**
 * Appends what the files of this machine do not have yet. The files themselves say how far they are, so that a machine with
 * a worker has all of them, and none twice. A failure is noted and tried again later; it is never thrown.
 */
export async function copyToFile(copy: AuditCopy, signal: AbortSignal): Promise<void> {
  const startedAt = performance.now()
  let last: bigint | null = null
  try {
    while (!signal.aborted && performance.now() - startedAt < ROUND_MS) {
      const end = await endOfFiles()
      const rows = await nextEntries(copy, end)
      requireSameLog(rows, end, await headOfLog())
      if (rows.length === 0) {
        last = end?.entry ?? null
        break
      }
      last = await appendEntries(rows, end)
    }
    if (last !== null && (last > copy.lastEntry || copy.failures > 0)) await noteCopied(copy, last > copy.lastEntry ? last : copy.lastEntry)
  } catch (error) {
    const at = last !== null && last > copy.lastEntry ? last : copy.lastEntry
    await noteFailed(copy, at, error instanceof AppError ? error : new AppError('unavailable', `The folder ${copyFolder()} on ${hostname()} cannot be written.`, { nextStep: 'Check its disk and its rights.' }, { cause: error }))
  }
}
