import 'server-only'
import { record, recordNow } from '@/lib/audit/record'
import { workerActor, type Actor } from '@/lib/auth/actor'
import { actorOfJob } from '@/lib/auth/actor-of-job'
import { log } from '@/lib/core/log'
import { db, type Tx } from '@/lib/db/client'
import type { BackupTask } from '@/lib/db/generated/client'
import type { ConnectionRow } from '@/lib/db/sql'
import { isBackupTaskState, isFinalBackupState, nextBackupState, type BackupEvent } from './machine'

/** Somebody else carries the task on: what this one did must not be stored. */
export class TaskLost extends Error {}

/** A task that this worker has claimed. `task` is the row as it was last written. */
export type Run = { task: BackupTask; row: ConnectionRow; workerId: string }

const eventOf = ({ row, task }: Run, details: Record<string, unknown>) =>
  ({ action: 'firewall.backup', target: { kind: 'firewall', id: row.id, name: row.name }, customer: { id: row.customerId, name: row.customerName }, details: { reason: task.reason, ...details } }) as const

/** Who asked, for the audit log; when they may not any more, the worker itself says what came of it. */
async function outcomeActor({ task, workerId }: Run): Promise<Actor> {
  return (await actorOfJob(task.actor, workerId)) ?? workerActor(workerId)
}

/** Compare-and-set on state and lease; the row that is there afterwards. Throws TaskLost. */
async function move(tx: Tx, { task }: Run, event: BackupEvent, data: { nextStepAt: Date; attempts?: number; finishedAt?: Date; message?: string | null; errorCode?: string | null; backupId?: string | null }): Promise<BackupTask> {
  const state = isBackupTaskState(task.state) ? nextBackupState(task.state, event) : null
  if (state === null) throw new TaskLost()
  const [moved] = await tx.backupTask.updateManyAndReturn({ where: { id: task.id, state: task.state, nextStepAt: task.nextStepAt, finishedAt: null }, data: { state, startedAt: task.startedAt ?? new Date(), ...data } })
  if (!moved) throw new TaskLost()
  return moved
}

/** Goes on to a state that is not final and keeps the task for `leaseSeconds`, or gives it up until then, which ends its tries so far. */
export async function advance(run: Run, event: BackupEvent, leaseSeconds: number, message: string | null = null): Promise<void> {
  run.task = await db().$transaction((tx) => move(tx, run, event, { nextStepAt: new Date(Date.now() + leaseSeconds * 1000), message, ...(event === 'later' && { attempts: 0 }) }))
}

/**
 * Keeps the storing task while `work` goes on, however long it waits for its turn; `work` is told by its signal when somebody
 * else carries the task on.
 */
export async function whileKept<T>(run: Run, leaseSeconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const lost = new AbortController()
  let renewal: Promise<void> = Promise.resolve()
  // Three times within each lease: one that fails does not lose the task.
  const timer = setInterval(() => {
    renewal = renewal.then(() => advance(run, 'waits', leaseSeconds)).catch((error: unknown) => {
      if (error instanceof TaskLost) lost.abort(error)
      else log().warn({ task: run.task.id }, 'the lease of a backup could not be renewed')
    })
  }, (leaseSeconds * 1000) / 3)
  try {
    return await work(lost.signal)
  } finally {
    clearInterval(timer)
    await renewal
  }
}

/** Goes on to fetching. From here on a schedule's backup is an act as well: its intent is written first. */
export async function beginFetching(run: Run, leaseSeconds: number): Promise<void> {
  const actor = await outcomeActor(run)
  run.task = await db().$transaction(async (tx) => {
    const moved = await move(tx, run, 'moved', { nextStepAt: new Date(Date.now() + leaseSeconds * 1000) })
    if (moved.intentEntry !== null) return moved
    const intentEntry = await recordNow(tx, actor, eventOf(run, {}), 'intent')
    await tx.backupTask.update({ where: { id: moved.id }, data: { intentEntry } })
    return { ...moved, intentEntry }
  })
}

export type End = { event: BackupEvent; message: string | null; errorCode?: string; details: Record<string, unknown> }
export type Ending = End & { backupId: string | null }

/** Ends the task in one transaction with what `store` does and with the outcome in the audit log. */
export async function finish(run: Run, store: (tx: Tx) => Promise<Ending>): Promise<void> {
  const actor = await outcomeActor(run)
  run.task = await db().$transaction(
    async (tx) => {
      const { event, message, errorCode, details, backupId } = await store(tx)
      const now = new Date()
      const ended = await move(tx, run, event, { nextStepAt: now, finishedAt: now, message, errorCode: errorCode ?? null, backupId })
      if (!isBackupTaskState(ended.state) || !isFinalBackupState(ended.state)) throw new TaskLost()
      const result = ended.state === 'done' || ended.state === 'unchanged' ? 'done' : 'failed'
      if (ended.intentEntry !== null) await record(tx, actor, eventOf(run, { ...details, state: ended.state, ...(message !== null && { message }) }), result, ended.intentEntry)
      return ended
    },
    { timeout: STORE_MS },
  )
}
/** Cutting, sealing and comparing 64 MiB. */
const STORE_MS = 60_000
