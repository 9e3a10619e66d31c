import 'server-only'
import { workerActor, type Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { log } from '@/lib/core/log'
import { readChain } from '@/lib/db/audit-chain'
import { db } from '@/lib/db/client'
import { LOCKS } from '@/lib/db/locks'
import { unlessRunning } from '@/lib/db/statements'
import type { ChainReport } from './chain-check'
import { checkpointFile, readCheckpoints, sizeOf } from './checkpoint-file'
import { record, type AuditEvent } from './record'
import { verifyChain } from './verify'

const EVERY_MS = 86_400_000

export type Verification = ChainReport & { at: Date; durationMs: number }

async function lookOver(file: string, at: Date, signal?: AbortSignal): Promise<Verification> {
  const startedAt = performance.now()
  // Before the snapshot: what stands in the file now is about entries that the snapshot has.
  const size = await sizeOf(file)
  const report = await readChain(({ entries, checkpoints, publicKeyPem }) => verifyChain(entries, checkpoints, publicKeyPem, { kept: readCheckpoints(file, size), ...(signal && { signal }) }))
  return { ...report, at, durationMs: Math.round(performance.now() - startedAt) }
}

const rowOf = ({ at, firstEntry, lastEntry, lastHash, entries, checkpoints, problem, durationMs }: Verification) => ({
  at,
  firstEntry: BigInt(firstEntry),
  lastEntry: BigInt(lastEntry),
  lastHash,
  entries: BigInt(entries),
  checkpoints: BigInt(checkpoints),
  problem: problem?.sentence ?? null,
  problemEntry: problem ? BigInt(problem.entry) : null,
  durationMs,
})

function eventOf({ firstEntry, lastEntry, lastHash, entries, checkpoints, keptCheckpoints, problem }: Verification): AuditEvent {
  return { action: 'audit.verify', target: { kind: 'audit', id: null, name: 'audit log' }, details: { firstEntry, lastEntry, lastHash, entries, checkpoints, keptCheckpoints, problem } }
}

async function keepWithEntry(actor: Actor, verification: Verification): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.auditVerification.create({ data: rowOf(verification) })
    await record(tx, actor, eventOf(verification), verification.problem ? 'failed' : 'done')
  })
}

/**
 * Looks over the whole log and keeps what it found; the log itself has an entry of it. `file` holds checkpoints from
 * outside the database: by default those of this machine, which may have none yet. Throws invalid-input when a named
 * file is not there or empty. What is wrong with the log is in the answer.
 */
export async function verifyAuditLog(actor: Actor, { file }: { file: string | null }): Promise<Verification> {
  authorise(actor, 'installation:manage', { customerId: null })
  if (file !== null && (await sizeOf(file)) === 0) throw new AppError('invalid-input', `There are no checkpoints in ${file}.`, { nextStep: 'Name a copy of a file audit-checkpoints.jsonl.' })
  const verification = await lookOver(file ?? checkpointFile(), new Date())
  await keepWithEntry(actor, verification)
  return verification
}

async function isDue(now: Date): Promise<boolean> {
  const last = await db().auditVerification.findFirst({ orderBy: { at: 'desc' }, select: { at: true } })
  return !last || now.getTime() - last.at.getTime() >= EVERY_MS
}

/**
 * Looks over the log when nobody has for a day; of any number of workers one does it. A problem is an error in the
 * program's log and an entry, and stays on the owner's page until a later look finds none. Ends early with `signal`.
 */
export async function verifyWhenDue(worker: string, now: Date, signal: AbortSignal): Promise<void> {
  if (!(await isDue(now))) return
  await unlessRunning(LOCKS.auditVerifying, async () => {
    if (!(await isDue(now))) return
    const verification = await lookOver(checkpointFile(), now, signal).catch((error: unknown) => {
      if (signal.aborted) return null
      throw error
    })
    if (!verification) return
    const { problem, entries, checkpoints, durationMs } = verification
    if (problem) {
      log().error({ entry: problem.entry, problem: problem.sentence }, 'the audit log is not whole')
      return keepWithEntry(workerActor(worker), verification)
    }
    await db().auditVerification.create({ data: rowOf(verification) })
    log().info({ entries, checkpoints, durationMs }, 'the audit log is whole')
  })
}
