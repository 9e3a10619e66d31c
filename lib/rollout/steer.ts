import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope } from '@/lib/auth/authorise'
import type { Permission } from '@/lib/auth/roles'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import type { UpdatePlan } from '@/lib/db/generated/client'
import { alertedJobs, wakeJobs } from '@/lib/db/rollout-sql'
import type { PlanDto } from '@/lib/plans/dto'
import { findPlan, requireWhole } from '@/lib/plans/find'
import { readPlan } from '@/lib/plans/read'
import { nextPlanState, planStateOf, type PlanEvent } from '@/lib/plans/states'
import { isBeforeStart, UPDATE_STATES } from '@/lib/updates/states'
import type { Steer } from './input'

/** A plan of many firewalls is cancelled in one go. */
const STEER_MS_MAX = 60_000

/** The plan, if the actor may do this in all of its customers. Throws conflict where its state does not allow it. */
async function findSteered(actor: Actor, id: string, permission: Permission, event: PlanEvent): Promise<UpdatePlan> {
  const found = await findPlan(actor, id)
  requireWhole(actor, found)
  for (const customerId of found.row.customerIds) authorise(actor, permission, { customerId })
  requireExit(found.row, event)
  return found.row
}

function requireExit(row: UpdatePlan, event: PlanEvent): string {
  const state = planStateOf(row.state)
  const next = state && nextPlanState(state, event)
  if (next === null || row.approvedAt === null) throw new AppError('conflict', 'The state of the plan does not allow this.', { nextStep: 'Look at the plan again.' })
  return next
}

/** With the plan's row locked, so that no tick and no start is under way meanwhile. */
async function locked(tx: Tx, id: string, event: PlanEvent): Promise<{ plan: UpdatePlan; next: string }> {
  await tx.$queryRaw`SELECT 1 FROM "UpdatePlan" WHERE id = ${id}::uuid FOR UPDATE`
  const plan = await tx.updatePlan.findUniqueOrThrow({ where: { id } })
  return { plan, next: requireExit(plan, event) }
}

/** Lets nothing more of a plan start. What is under way on a firewall goes on. */
export async function pausePlan(actor: Actor, { id }: { id: string }, now = new Date()): Promise<PlanDto> {
  authoriseScope(actor, 'update:stop')
  await findSteered(actor, id, 'update:stop', 'paused')
  await db().$transaction(async (tx) => {
    const { plan, next } = await locked(tx, id, 'paused')
    await tx.updatePlan.update({ where: { id }, data: { state: next, pausedAt: now, revision: { increment: 1 } } })
    await record(tx, actor, { action: 'plan.pause', target: { kind: 'plan', id, name: plan.name }, details: { was: plan.state } })
  }, { timeout: STEER_MS_MAX })
  return readPlan(actor, { id })
}

/**
 * A decision about a halt accepts what is there: failures in all rings that have opened, and in halted ones also new alerts and what
 * was left out. Only what comes on top of it halts once more. Where no ring is halted the plan was only paused, which decides nothing.
 */
async function reopen(tx: Tx, actor: Actor, planId: string, because: string, now: Date): Promise<{ rings: string[]; accepted: number }> {
  const rings = await tx.planRing.findMany({ where: { planId, state: 'halted' } })
  if (rings.length === 0) return { rings: [], accepted: 0 }
  const ended = await tx.updateJob.findMany({
    where: { planId, events: { none: { what: 'accepted' } }, OR: [{ state: 'failed', ring: { state: { not: 'waiting' } } }, { state: { in: ['skipped', 'cancelled'] }, ringId: { in: rings.map(({ id }) => id) } }] },
    select: { id: true },
  })
  const alerted = (await Promise.all(rings.map(({ id }) => alertedJobs(tx, id)))).flat()
  const states = await tx.updateJob.findMany({ where: { id: { in: [...ended, ...alerted].map(({ id }) => id) } }, select: { id: true, state: true } })
  await tx.updateJobEvent.createMany({ data: states.map(({ id, state }) => ({ jobId: id, at: now, what: 'accepted', state, detail: `${actor.name}: ${because}` })) })
  await tx.planRing.updateMany({ where: { planId, state: 'halted' }, data: { state: 'open', reason: null } })
  return { rings: rings.map(({ name }) => name), accepted: states.length }
}

/** Lets a paused or halted plan go on. An admin; the reason is kept with all that is accepted by it. */
export async function resumePlan(actor: Actor, { id, because }: Steer, now = new Date()): Promise<PlanDto> {
  authoriseScope(actor, 'update:plan')
  await findSteered(actor, id, 'update:approve', 'resumed')
  await db().$transaction(async (tx) => {
    const { plan, next } = await locked(tx, id, 'resumed')
    const { rings, accepted } = await reopen(tx, actor, id, because, now)
    await tx.updatePlan.update({ where: { id }, data: { state: next, pausedAt: null, haltedReason: null, nextStepAt: now, revision: { increment: 1 } } })
    await wakeJobs(tx, id, now)
    await record(tx, actor, { action: 'plan.resume', target: { kind: 'plan', id, name: plan.name }, details: { was: plan.state, because, rings, accepted } })
  }, { timeout: STEER_MS_MAX })
  return readPlan(actor, { id })
}

/** Ends a plan: what has not started its update is cancelled, what has goes on to its end. */
export async function cancelPlan(actor: Actor, { id, because }: Steer, now = new Date()): Promise<PlanDto> {
  authoriseScope(actor, 'update:stop')
  await findSteered(actor, id, 'update:stop', 'cancelled')
  await db().$transaction(async (tx) => {
    const { plan, next } = await locked(tx, id, 'cancelled')
    const message = `${actor.name} cancelled the plan: ${because}`
    const cancelled = await tx.updateJob.updateManyAndReturn({
      where: { planId: id, finishedAt: null, intentAt: null, state: { in: UPDATE_STATES.filter(isBeforeStart) } },
      // A worker that looks at one right now loses its lease with the term.
      data: { state: 'cancelled', stateSince: now, finishedAt: now, nextStepAt: now, reason: 'plan-over', message, activePair: null, leasedBy: null, leasedUntil: null, leaseTerm: { increment: 1 }, revision: { increment: 1 } },
      select: { id: true },
    })
    await tx.updateJobEvent.createMany({ data: cancelled.map((job) => ({ jobId: job.id, at: now, what: 'cancelled', state: 'cancelled', detail: message })) })
    await tx.updatePlan.update({ where: { id }, data: { state: next, finishedAt: now, revision: { increment: 1 } } })
    await record(tx, actor, { action: 'plan.cancel', target: { kind: 'plan', id, name: plan.name }, details: { because, cancelled: cancelled.length } })
  }, { timeout: STEER_MS_MAX })
  return readPlan(actor, { id })
}
