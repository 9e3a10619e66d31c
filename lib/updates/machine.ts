import 'server-only'
import { record, recordNow } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { hideSecrets } from '@/lib/core/log-text'
import { db, type Tx } from '@/lib/db/client'
import type { Prisma, UpdateJob } from '@/lib/db/generated/client'
import { tellUpdate } from './tell-update'
import { isActive, isFinalUpdate, nextUpdateState, updateStateOf, type UpdateEvent, type UpdateReason, type UpdateState } from './states'

/** The row as it was last read, and who acts on it when. */
export type UpdateStep = { job: UpdateJob; actor: Actor; now: Date; /** Whether a worker holds the lease of `job.leaseTerm`; a person takes it away from whoever has it. */ byWorker: boolean }
export type UpdateMove = {
  reason?: UpdateReason | null
  message?: string | null
  /** When it is looked at again; at once unless told. */
  at?: Date
  /** For the timeline, beyond the message. */
  detail?: string | null
  data?: Prisma.UpdateJobUncheckedUpdateManyInput
}

/** Which results these are in the audit log; what waits for a person there has none yet. */
const RESULT: Partial<Record<UpdateState, 'done' | 'failed' | 'refused'>> = { succeeded: 'done', failed: 'failed', held: 'refused', blocked: 'refused', skipped: 'refused', cancelled: 'refused' }

async function auditEvent(tx: Tx, { job }: UpdateStep, details: Record<string, unknown>) {
  const { name, customer } = await tx.firewall.findUniqueOrThrow({ where: { id: job.firewallId }, select: { name: true, customer: { select: { id: true, name: true } } } })
  return { action: 'firewall.update', target: { kind: 'firewall', id: job.firewallId, name }, customer, details: { jobId: job.id, planId: job.planId, kind: job.kind, fromVersion: job.fromVersion, toVersion: job.toVersion, ...details } } as const
}

/** The intent, which commits with the state `starting`, or the outcome. Waiting, and what a person did by name of its own, is none. */
async function audit(tx: Tx, step: UpdateStep, moved: UpdateJob, to: UpdateState, message: string | null): Promise<UpdateJob> {
  if (to === 'starting') {
    const intentEntry = await recordNow(tx, step.actor, await auditEvent(tx, step, { offerHash: moved.offerHash }), 'intent')
    // The audit entry is the last statement but this one, which only notes its number within the same lock.
    await tx.updateJob.update({ where: { id: moved.id }, data: { intentEntry } })
    return { ...moved, intentEntry }
  }
  await tellUpdate(tx, moved, { to, message, now: step.now })
  const result = RESULT[to]
  if (result) await record(tx, step.actor, await auditEvent(tx, step, { state: to, reason: moved.reason, ...(message !== null && { message }) }), result, moved.intentEntry)
  return moved
}

/**
 * Moves a job by compare-and-set on state, revision and lease term; the event of its timeline and the entry in the audit log are
 * of the same transaction. The row as it is then, or null when someone else moved it, the lease was lost or the table has no such
 * way: a call to the firewall may follow only on a row. Message and detail may hold words of a firewall, as of its log or of an
 * error that it answered with: what looks like a secret in them is stored nowhere and told to nobody.
 */
export async function moveUpdate(tx: Tx, step: UpdateStep, event: UpdateEvent, { reason, at = step.now, data = {}, ...words }: UpdateMove = {}): Promise<UpdateJob | null> {
  const { job, now, byWorker } = step
  const from = updateStateOf(job.state)
  const to = from && nextUpdateState(from, event)
  if (from === null || to === null) return null
  const changes = to !== from
  const message = words.message ? hideSecrets(words.message) : null
  const detail = words.detail ? hideSecrets(words.detail) : message
  const [moved] = await tx.updateJob.updateManyAndReturn({
    where: { id: job.id, state: from, revision: job.revision, leaseTerm: job.leaseTerm, finishedAt: null },
    data: {
      ...(changes && { stateSince: now, reason: null }),
      ...(reason !== undefined && { reason }),
      ...data,
      state: to,
      message,
      revision: { increment: 1 },
      ...(!byWorker && { leaseTerm: { increment: 1 }, leasedBy: null, leasedUntil: null }),
      ...(isFinalUpdate(to) && { finishedAt: now }),
      ...(!isActive(to) && { activePair: null }),
      nextStepAt: at,
    },
  })
  if (!moved) return null
  if (changes || words.detail) await tx.updateJobEvent.create({ data: { jobId: job.id, at: now, what: event, state: to, detail } })
  return changes ? audit(tx, step, moved, to, message) : moved
}

/** The same in a transaction of its own. */
export const advance = (step: UpdateStep, event: UpdateEvent, move: UpdateMove = {}): Promise<UpdateJob | null> => db().$transaction((tx) => moveUpdate(tx, step, event, move))
