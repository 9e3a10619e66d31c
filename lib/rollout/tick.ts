import 'server-only'
import { record } from '@/lib/audit/record'
import { workerActor } from '@/lib/auth/actor'
import { db, type Tx } from '@/lib/db/client'
import type { PlanRing, UpdatePlan } from '@/lib/db/generated/client'
import { alertedJobs, countRing, lockPlan, placeJobs } from '@/lib/db/rollout-sql'
import { ringGate } from '@/lib/plans/input'
import { isBehind, nextRingState, ringStateOf, type RingEvent } from '@/lib/plans/ring-states'
import { designOf } from '@/lib/plans/shape'
import { nextPlanState, planStateOf, type PlanEvent } from '@/lib/plans/states'
import { updateStateOf } from '@/lib/updates/states'
import { windowsOf } from '@/lib/windows/of-firewalls'
import { announce, tellEnd, tellHalt } from './announce'
import { judgeGate, type Verdict } from './gate'
import { neededBy } from './needed'
import { placeStart } from './place'

/** A plan is looked at so often while it is not over. */
const TICK_SECONDS = 10
/** Opening a ring of 5,000 firewalls takes some seconds. */
const TICK_MS_MAX = 60_000

type Tick = { tx: Tx; plan: UpdatePlan; worker: string; now: Date }

async function moveRing({ tx, now }: Tick, ring: PlanRing, event: RingEvent, reason: string | null = null): Promise<PlanRing> {
  const from = ringStateOf(ring.state)
  const to = from && nextRingState(from, event)
  if (to === null) return ring
  return tx.planRing.update({ where: { id: ring.id }, data: { state: to, reason, ...(event === 'opened' && { openedAt: now }), endedAt: isBehind(to) ? now : null } })
}

async function movePlan({ tx, plan, now }: Tick, event: PlanEvent, haltedReason: string | null = null): Promise<void> {
  const from = planStateOf(plan.state)
  const to = from && nextPlanState(from, event)
  if (to === null) return
  plan.state = to
  await tx.updatePlan.update({ where: { id: plan.id }, data: { state: to, haltedReason, revision: { increment: 1 }, ...(event === 'ended' && { finishedAt: now }) } })
}

/** Opens a ring. A job whose planned start has passed gets its next place; the others keep theirs. */
async function open(tick: Tick, ring: PlanRing): Promise<PlanRing> {
  const { tx, plan, now } = tick
  const opened = await moveRing(tick, ring, 'opened')
  const late = await tx.updateJob.findMany({ where: { ringId: ring.id, state: 'scheduled', finishedAt: null, OR: [{ startsAt: null }, { startsAt: { lt: now } }] }, select: { id: true, firewallId: true, kind: true, firewall: { select: { family: true } } } })
  const windows = await windowsOf(late.map(({ firewallId }) => firewallId), tx)
  const design = designOf(plan.design)
  const placed = late.map(({ id, firewallId, kind, firewall }) => {
    const own = windows.get(firewallId)
    const place = own ? placeStart({ id, design, own, minutesNeeded: neededBy(firewall.family, kind), from: now }) : null
    // Without a window ahead it is asked at once, and held with the reason.
    return { id, startsAt: place?.startsAt ?? now, endsAt: place?.endsAt ?? now, windowId: place?.windowId ?? null }
  })
  await placeJobs(tx, placed)
  return opened
}

async function verdictOf({ tx }: Tick, ring: PlanRing, asksForAlerts: boolean): Promise<Verdict> {
  const gate = ringGate.parse(ring.gate)
  const counts = await countRing(tx, ring.id)
  // A word of a newer version is not known here, so the ring waits for it.
  const jobs = counts.map(({ state, ...rest }) => ({ ...rest, state: updateStateOf(state) ?? ('unknown' as const) }))
  const alerts = asksForAlerts && gate.noNewCriticalAlert ? (await alertedJobs(tx, ring.id)).length : 0
  return judgeGate(gate, jobs, alerts, ring.state === 'soaking')
}

async function halt(tick: Tick, ring: PlanRing, reason: string): Promise<void> {
  const { tx, plan, worker, now } = tick
  await moveRing(tick, ring, 'halted', reason)
  await movePlan(tick, 'halted', `${ring.name}: ${reason}`)
  await tellHalt(tx, plan, ring.name, reason, now)
  await record(tx, workerActor(worker), { action: 'plan.halt', target: { kind: 'plan', id: plan.id, name: plan.name }, details: { ring: ring.name, reason } })
}

/** Judges one ring that is open; true when the next one may open. */
async function judge(tick: Tick, ring: PlanRing, isLast: boolean): Promise<boolean> {
  const verdict = await verdictOf(tick, ring, true)
  if (verdict.event === 'halted') await halt(tick, ring, verdict.reason)
  else if (verdict.event === 'passed') await moveRing(tick, ring, isLast ? 'ended' : 'passed')
  else if (verdict.event !== 'waits') await moveRing(tick, ring, verdict.event)
  return verdict.event === 'passed'
}

/**
 * Judges one ring that is behind; true while it stays so. Only failures take that away: one that was released or tried again late
 * may fail while the next ring runs. An alert that opens after the soak time is not what its gate asked for.
 */
async function judgeBehind(tick: Tick, ring: PlanRing): Promise<boolean> {
  const verdict = await verdictOf(tick, ring, false)
  if (verdict.event !== 'halted' || verdict.failed === 0) return true
  await halt(tick, ring, verdict.reason)
  return false
}

/** All is over: who has firewalls in it is told how they ended. */
async function end(tick: Tick): Promise<void> {
  const { tx, plan, worker, now } = tick
  await movePlan(tick, 'ended')
  await tellEnd(tx, plan, now)
  await record(tx, workerActor(worker), { action: 'plan.end', target: { kind: 'plan', id: plan.id, name: plan.name } })
}

/**
 * Judges all rings that have opened, whatever became of those before them: one that is open while an earlier one tries a firewall
 * again is watched as well. The next one opens once all before it are behind. Returns whether all are.
 */
async function walk(tick: Tick): Promise<boolean> {
  const rings = await tick.tx.planRing.findMany({ where: { planId: tick.plan.id }, orderBy: { position: 'asc' } })
  let isThrough = true
  for (const [position, ring] of rings.entries()) {
    const state = ringStateOf(ring.state)
    if (state === 'waiting' && (!isThrough || tick.plan.state !== 'running')) return false
    if (state === null || state === 'halted') isThrough = false
    else if (isBehind(state)) isThrough = (await judgeBehind(tick, ring)) && isThrough
    else isThrough = (await judge(tick, state === 'waiting' ? await open(tick, ring) : ring, position === rings.length - 1)) && isThrough
  }
  return isThrough
}

/**
 * One look at a plan: opens the ring whose turn has come, judges gates, halts, ends. All of it is one transaction that holds the
 * plan's row, so any number of processes may try and any may be killed. Returns whether it was this one's turn.
 */
export function stepPlan(id: string, worker: string, now: Date): Promise<boolean> {
  return db().$transaction(async (tx) => {
    if (!(await lockPlan(tx, id, now))) return false
    const plan = await tx.updatePlan.findUniqueOrThrow({ where: { id } })
    const tick: Tick = { tx, plan, worker, now }
    const isBehindAll = await walk(tick)
    await announce(tx, plan, now)
    if (isBehindAll && (await tx.updateJob.count({ where: { planId: id, finishedAt: null } })) === 0) await end(tick)
    await tx.updatePlan.update({ where: { id }, data: { nextStepAt: new Date(now.getTime() + TICK_SECONDS * 1000) } })
    return true
  }, { timeout: TICK_MS_MAX })
}
