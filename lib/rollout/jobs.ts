import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { designOf } from '@/lib/plans/shape'
import { isFinalPlan, planStateOf } from '@/lib/plans/states'
import type { PlanDesign } from '@/lib/plans/words'
import { decide } from '@/lib/updates/by-hand'
import type { UpdateJobDto } from '@/lib/updates/dto'
import { jobInclude, toUpdateJob, type JobRow } from '@/lib/updates/dto-of'
import type { Decide } from '@/lib/updates/input'
import { findUpdateJob } from '@/lib/updates/read'
import { windowsOf } from '@/lib/windows/of-firewalls'
import { neededBy } from './needed'
import { placeStart } from './place'

/** Leaves one firewall out of its plan. Nothing was changed on it. */
export async function skipUpdate(actor: Actor, { id, because }: Decide): Promise<UpdateJobDto> {
  const row = await findUpdateJob(actor, id, 'update:stop')
  return decide(actor, row, 'update-job.skip', 'skipped', because, { message: because })
}

/** Ends one job that has not started its update. Throws conflict once it has: nothing stops that any more. */
export async function cancelUpdate(actor: Actor, { id, because }: Decide): Promise<UpdateJobDto> {
  const row = await findUpdateJob(actor, id, 'update:stop')
  return decide(actor, row, 'update-job.cancel', 'cancelled', because, { message: because })
}

const AGAIN: readonly string[] = ['failed', 'skipped', 'cancelled']

/** Throws conflict unless the job ended without success in a plan that goes on. */
async function requireRetriable(row: JobRow): Promise<PlanDesign> {
  const plan = await db().updatePlan.findUniqueOrThrow({ where: { id: row.planId }, select: { state: true, design: true } })
  const state = planStateOf(plan.state)
  if (state === null || isFinalPlan(state)) throw new AppError('conflict', 'The plan of this job is over.', { nextStep: 'Plan an update for this firewall anew.' })
  if (!AGAIN.includes(row.state)) throw new AppError('conflict', 'Only a job that failed or was left out can be tried again.', { nextStep: 'Look at the job again.' })
  return designOf(plan.design)
}

/**
 * Tries one again with a job of its own, in its next window: what was approved still counts, and everything is looked at anew. The
 * old job stays as it ended. Throws conflict where the plan is over or another job of the firewall is open.
 */
export async function retryUpdate(actor: Actor, { id, because }: Decide, now = new Date()): Promise<UpdateJobDto> {
  const row = await findUpdateJob(actor, id, 'update:approve')
  const design = await requireRetriable(row)
  const own = (await windowsOf([row.firewallId])).get(row.firewallId)
  const place = own ? placeStart({ id, design, own, minutesNeeded: neededBy(row.firewall.family, row.kind), from: now }) : null
  const { planId, ringId, firewallId, customerId, pairKey, kind, fromVersion, toVersion, offer, offerHash } = row
  try {
    return await db().$transaction(async (tx) => {
      const data = { planId, ringId, firewallId, customerId, pairKey, kind, fromVersion, toVersion, offer: offer ?? {}, offerHash, state: 'scheduled', stateSince: now, startsAt: place?.startsAt ?? now, endsAt: place?.endsAt ?? null, windowId: place?.windowId ?? null, nextStepAt: place?.startsAt ?? now, retryOfId: id, decidedBy: actor.name, decision: because }
      const made = await tx.updateJob.create({ data, include: jobInclude })
      await tx.updateJobEvent.create({ data: { jobId: made.id, at: now, what: 'retried', state: 'scheduled', detail: `${actor.name}: ${because}` } })
      await record(tx, actor, { action: 'update-job.retry', target: { kind: 'firewall', id: firewallId, name: row.firewall.name }, customer: row.firewall.customer, details: { jobId: made.id, retryOfId: id, planId, because } })
      return toUpdateJob(made)
    })
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
    throw new AppError('conflict', 'Another job of this firewall is open.', { nextStep: 'Look at its jobs.' })
  }
}
