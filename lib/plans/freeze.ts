import 'server-only'
import { AppError } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/client'
import type { Prisma, UpdatePlan } from '@/lib/db/generated/client'
import { toJson } from '@/lib/db/json'
import { isBeforeStart, UPDATE_STATES } from '@/lib/updates/states'
import { designOf, kindOf } from './shape'
import { isFinalPlan, planStateOf } from './states'
import type { WorkedOut, WorkedRow } from './work-out'

/** Jobs of one statement. */
const CHUNK = 500

/** The same for both members, whichever it is asked of. */
const pairKeyOf = ({ row }: WorkedRow): string | null => (row.peerId === null ? null : [row.id, row.peerId].sort().join(' '))

function toJob(worked: WorkedRow, plan: UpdatePlan, ringIds: readonly string[], now: Date): Prisma.UpdateJobCreateManyInput {
  const { row, position, stored, start } = worked
  const ringId = position === undefined ? undefined : ringIds[position]
  if (ringId === undefined || stored === null || start === null) throw new AppError('internal', 'A firewall that runs has no ring or no offer.')
  return {
    planId: plan.id,
    ringId,
    firewallId: row.id,
    customerId: row.customerId,
    pairKey: pairKeyOf(worked),
    state: 'scheduled',
    stateSince: now,
    kind: kindOf(plan.kind),
    fromVersion: row.version,
    toVersion: stored.offer.version,
    offer: toJson(stored.offer),
    offerHash: stored.hash,
    startsAt: start.startsAt,
    endsAt: start.endsAt,
    windowId: start.windowId,
    nextStepAt: start.startsAt,
  }
}

/** Makes a plan that all approved run: its rings with their gates, and a job for each firewall with what was approved for it. */
export async function freeze(tx: Tx, plan: UpdatePlan, worked: WorkedOut, { setHash, now }: { setHash: string; now: Date }): Promise<void> {
  const { rings } = designOf(plan.design)
  const made = await tx.planRing.createManyAndReturn({ data: rings.map(({ name, gate }, position) => ({ planId: plan.id, position, name, gate: toJson(gate) })), select: { id: true, position: true } })
  const ringIds = made.toSorted((a, b) => a.position - b.position).map(({ id }) => id)
  const jobs = worked.rows.filter(({ group }) => group !== 'cannot-run').map((each) => toJob(each, plan, ringIds, now))
  for (let at = 0; at < jobs.length; at += CHUNK) await tx.updateJob.createMany({ data: jobs.slice(at, at + CHUNK) })
  await tx.updatePlan.update({ where: { id: plan.id }, data: { state: 'running', setHash, approvedAt: now, nextStepAt: now, revision: { increment: 1 } } })
}

export type Ended = { id: string; name: string; cancelled: number }

/** Ends the plan that another one supersedes: what it has not started is cancelled, what is under way goes on. */
export async function endSuperseded(tx: Tx, id: string | null, by: string, now: Date): Promise<Ended | null> {
  // Its row before its jobs, as whoever begins one takes them.
  await tx.$queryRaw`SELECT 1 FROM "UpdatePlan" WHERE id = ${id}::uuid FOR UPDATE`
  const old = id === null ? null : await tx.updatePlan.findUnique({ where: { id }, select: { id: true, name: true, state: true } })
  const state = old && planStateOf(old.state)
  if (!old || state === null || isFinalPlan(state)) return null
  const message = `The plan ${by} superseded this one.`
  const cancelled = await tx.updateJob.updateManyAndReturn({
    where: { planId: old.id, finishedAt: null, intentAt: null, state: { in: UPDATE_STATES.filter(isBeforeStart) } },
    // A worker that looks at one right now loses its lease with the term.
    data: { state: 'cancelled', stateSince: now, finishedAt: now, nextStepAt: now, reason: 'plan-over', message, activePair: null, leasedBy: null, leasedUntil: null, leaseTerm: { increment: 1 }, revision: { increment: 1 } },
    select: { id: true },
  })
  await tx.updateJobEvent.createMany({ data: cancelled.map((job) => ({ jobId: job.id, at: now, what: 'cancelled', state: 'cancelled', detail: message })) })
  await tx.updatePlan.update({ where: { id: old.id }, data: { state: 'superseded', finishedAt: now, revision: { increment: 1 } } })
  return { id: old.id, name: old.name, cancelled: cancelled.length }
}
