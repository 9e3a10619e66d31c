import 'server-only'
import type { Tx } from '@/lib/db/client'
import { stopBeforeStart } from '@/lib/emergency-stop/at-work'
import { activeHolds } from '@/lib/plans/holds-at-work'
import { letsStart, ringStateOf } from '@/lib/plans/ring-states'
import { designOf } from '@/lib/plans/shape'
import { isFinalPlan, planStateOf } from '@/lib/plans/states'
import type { PlanDesign } from '@/lib/plans/words'
import type { Admit } from '@/lib/updates/admission'
import { windowsOf } from '@/lib/windows/of-firewalls'
import { steadyNow } from '@/lib/windows/occurrences'
import { neededBy } from './needed'
import { placeStart, type Placed } from './place'
import { later, pairOf, pairTurn, roomFor, turnInclude, type Denied, type Turn } from './turn'

/** What a person ends wakes the jobs by itself; this is for a wake-up that got lost. */
const ASLEEP_SECONDS = 6 * 3600
/** Looking and backing up are behind a job that is about to start its update. */
const BEHIND_MINUTES = 5

async function stopped(tx: Tx, now: Date): Promise<Denied | null> {
  const stop = await stopBeforeStart(tx)
  return stop && later(now, ASLEEP_SECONDS, 'stopped', `${stop.by} stopped all firmware work: ${stop.reason}`)
}

/** Plan and ring of the job. */
function notRunning({ plan, ring }: Turn, now: Date): Denied | null {
  const [planState, ringState] = [planStateOf(plan.state), ringStateOf(ring.state)]
  if (planState !== null && isFinalPlan(planState)) return { go: false, event: 'cancelled', reason: 'plan-over', message: 'Its plan is over.' }
  if (planState !== 'running') return later(now, ASLEEP_SECONDS, 'stopped', planState === 'paused' ? 'Its plan is paused.' : 'Its plan is halted.')
  if (ringState === null || !letsStart(ringState)) return later(now, ASLEEP_SECONDS, ringState === 'halted' ? 'stopped' : null, ringState === 'halted' ? `The ring ${ring.name} is halted.` : `The ring ${ring.name} is not open yet.`)
  return null
}

async function versionHeld(tx: Tx, { planId, toVersion, ring, firewall }: Turn): Promise<Denied | null> {
  const hold = (await activeHolds(planId, tx))(firewall, toVersion, ring.position)
  return hold && { go: false, event: 'held', reason: 'version-held', message: `${hold.version} is held: ${hold.note} Lift the hold, then release it.` }
}

/** The first place in its windows from `from` on; null when there is none. */
async function placeJob(tx: Tx, job: Turn, design: PlanDesign, from: Date, behindMinutes = 0): Promise<Placed | null> {
  const own = (await windowsOf([job.firewallId], tx)).get(job.firewallId)
  return own ? placeStart({ id: job.id, design, own, minutesNeeded: neededBy(job.firewall.family, job.kind) - behindMinutes, from }) : null
}

/** Null when its window is open and holds all of it. Otherwise it has its place in the next one, with the reason. */
async function outsideWindow(tx: Tx, job: Turn, design: PlanDesign, moment: 'begin' | 'start', now: Date): Promise<Denied | null> {
  // A clock that was set back opens no window once more that had closed when the job or its ring last moved.
  const time = steadyNow(steadyNow(now, job.stateSince), job.ring.openedAt)
  const placed = await placeJob(tx, job, design, time, moment === 'start' ? BEHIND_MINUTES : 0)
  if (placed === null) return { go: false, event: 'held', reason: 'window', message: 'No window ahead is long enough for it, or it has none. Make one, then release it.' }
  // A clock that was fast when it last moved opens none before its time either.
  const isOpen = placed.opensAt <= time && placed.opensAt <= now && (moment === 'start' || placed.startsAt <= time || placed.endsAt.getTime() === job.endsAt?.getTime())
  // Its first place is kept while the window that it lies in is open.
  await tx.updateJob.update({ where: { id: job.id }, data: { ...(!isOpen && { startsAt: placed.startsAt }), endsAt: placed.endsAt, windowId: placed.windowId } })
  if (isOpen) return null
  return { go: false, event: 'waits', until: placed.startsAt, reason: 'window', message: placed.opensAt <= time ? 'Its start in this window is still to come.' : 'Its window closed before its turn came, so it starts in the next one.' }
}

/**
 * Whether a job may begin, or start its update, beside all others at this moment: emergency stop, plan, ring, held versions, window,
 * pair, and how many are under way. The same for every worker: whoever counts holds a lock until it is counted itself.
 */
export const admit: Admit = async (tx, { id, planId }, moment, now) => {
  const stop = await stopped(tx, now)
  // Who pauses, halts or ends the plan meanwhile waits for this transaction.
  await tx.$queryRaw`SELECT 1 FROM "UpdatePlan" WHERE id = ${planId}::uuid FOR SHARE`
  const job = await tx.updateJob.findUniqueOrThrow({ where: { id }, include: turnInclude })
  const early = stop ?? notRunning(job, now) ?? (await versionHeld(tx, job))
  if (early) return early
  const design = designOf(job.plan.design)
  const outside = await outsideWindow(tx, job, design, moment, now)
  if (outside) return outside
  // From its beginning on it is counted, and keeps its peer away.
  const crowded = moment === 'begin' ? ((await roomFor(tx, job, design.concurrency, now)) ?? (await pairTurn(tx, job, design.haGapMinutes, now))) : null
  return crowded ?? { go: true, activePair: pairOf(job) }
}
