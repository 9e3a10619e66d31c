import 'server-only'
import { record } from '@/lib/audit/record'
import type { AuditAction } from '@/lib/audit/actions'
import type { Actor } from '@/lib/auth/actor'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { UpdateJobDto } from './dto'
import { toUpdateJob, type JobRow } from './dto-of'
import type { Decide } from './input'
import { moveUpdate, type UpdateMove } from './machine'
import { remembering } from './memory'
import { findUpdateJob } from './read'
import { nextUpdateState, UPDATE_RULES, updateStateOf, type UpdateEvent } from './states'

/** What a person decided, with who and why, in one transaction with the entry that says so. Throws conflict where the state has no such way. */
export async function decide(actor: Actor, row: JobRow, action: AuditAction, event: UpdateEvent, because: string, move: UpdateMove = {}): Promise<UpdateJobDto> {
  const state = updateStateOf(row.state)
  if (state === null || nextUpdateState(state, event) === null) throw new AppError('conflict', `The job is ${state === null ? 'in a state of a newer version' : UPDATE_RULES[state].word.toLowerCase()} now, which does not allow this.`, { nextStep: 'Look at the job again.' })
  const { plan, ring, firewall, ...job } = row
  const moved = await db().$transaction(async (tx) => {
    const done = await moveUpdate(tx, { job, actor, now: new Date(), byWorker: false }, event, { ...move, detail: `${actor.name}: ${because}`, data: { ...move.data, decidedBy: actor.name, decision: because } })
    if (!done) throw new AppError('conflict', 'The job went on meanwhile.', { nextStep: 'Look at it again.' })
    await record(tx, actor, { action, target: { kind: 'firewall', id: firewall.id, name: firewall.name }, customer: firewall.customer, details: { jobId: job.id, planId: plan.id, ring: ring.name, because } })
    return done
  })
  return toUpdateJob({ ...moved, plan, ring, firewall })
}

const AGAIN = { checked: undefined, checkBegunAt: undefined, backupTaskId: undefined } as const

/** Lets what was held or blocked take its turn again: everything is looked at anew, in its window. */
export async function releaseUpdate(actor: Actor, { id, because }: Decide): Promise<UpdateJobDto> {
  const row = await findUpdateJob(actor, id, 'update:approve')
  return decide(actor, row, 'update-job.release', 'released', because, { data: remembering(row, AGAIN) })
}

/** The same for one that no backup can be taken of, which then is installed without. An admin, with a fresh proof and a reason. */
export async function overrideBackup(actor: Actor, { id, because }: Decide): Promise<UpdateJobDto> {
  const row = await findUpdateJob(actor, id, 'update:approve')
  requireStepUp(actor, 'update.without-backup')
  if (row.state !== 'blocked' || row.reason !== 'backup') throw new AppError('conflict', 'The job does not wait for a backup.', { nextStep: 'Look at the job again.' })
  return decide(actor, row, 'update-job.without-backup', 'released', because, { data: remembering(row, { ...AGAIN, withoutBackup: true }) })
}

/** Verifies one that nobody knows the end of. Nothing is started. */
export async function lookAgain(actor: Actor, { id, because }: Decide): Promise<UpdateJobDto> {
  const row = await findUpdateJob(actor, id, 'update:plan')
  return decide(actor, row, 'update-job.look-again', 'looksAgain', because)
}

/** A person looked at the firewall and answers for it. */
export async function verifyByHand(actor: Actor, { id, because }: Decide): Promise<UpdateJobDto> {
  const row = await findUpdateJob(actor, id, 'update:approve')
  return decide(actor, row, 'update-job.verify-by-hand', 'verifiedByHand', because, { reason: 'by-hand', message: `Verified by hand by ${actor.name}: ${because}` })
}
