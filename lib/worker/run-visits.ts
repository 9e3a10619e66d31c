import 'server-only'
import { workerActor } from '@/lib/auth/actor'
import { log } from '@/lib/core/log'
import { makeLeases } from '@/lib/db/sql'
import { beginVisit, claimVisits, putOffVisit, renewVisits, type ClaimedVisit, type VisitRow } from '@/lib/db/visits-sql'
import { allSlots, visitGate } from '@/lib/firewalls/gate'
import { readKinds } from '@/lib/firewalls/read-kinds'
import { settleVisit, WAITS_FOR_PERSON_SECONDS } from '@/lib/firewalls/settle-visit'
import { FIREWALL_STATES, STATE_RULES } from '@/lib/firewalls/states'
import { closePool } from '@/lib/outbound/pools'
import { effectiveIntervals } from '@/lib/polling/intervals'
import { dueTiers, kindsOf, scaled } from '@/lib/polling/schedule'
import { pause } from './loop'

/** At once in one worker. A visit waits for its firewall nearly all of its time: this many keep up with 3,000 firewalls a minute at 90 ms a request. */
const LANES = 128
/** Lanes of their own for firewalls that were silent last time, so that those which answer never wait for those which do not. */
const SILENT_LANES = 16
/** A killed worker's firewalls come back after this: half of the shortest interval. A living worker renews it. */
const LEASE_SECONDS = 15
const RENEW_SECONDS = 4
const VISIT_SECONDS_MAX = 240
const IDLE_MS = 500
/** When all lanes were filled there is probably more to do; some lanes become free together, and one statement claims for all. */
const GATHER_MS = 50
/** A person's visit is under way at the same origin. */
const BUSY_SECONDS = 2

export type VisitOptions = {
  worker: string
  lanes?: number
  silentLanes?: number
  /** Shortens intervals and leases, for tests that cannot wait; 1 unless told. */
  scale?: number
  /** Told about each visit that begins. */
  onBegin?: (visit: ClaimedVisit) => void
}
type Running = ClaimedVisit & { holder: string; lost: AbortController }
type Context = Required<Pick<VisitOptions, 'worker' | 'scale'>> & Pick<VisitOptions, 'onBegin'> & { running: Set<Running>; stopping: AbortSignal }

function mayVisit({ state, pausedAt }: VisitRow): boolean {
  const known = FIREWALL_STATES.find((word) => word === state)
  return pausedAt === null && (known === undefined || STATE_RULES[known].automation)
}

/** The firewall with the visit's slots of its origin; null when someone else is at it or it is gone. */
async function begin(visit: Running, leaseSeconds: number): Promise<VisitRow | null> {
  let begun = await beginVisit(visit, visit.holder, leaseSeconds)
  if (begun && !begun.hasSlots) {
    await makeLeases(begun.row.origin, allSlots())
    begun = await beginVisit(visit, visit.holder, leaseSeconds)
  }
  return begun?.isFree ? begun.row : null
}

async function carryOut(visit: Running, { worker, scale, stopping, onBegin }: Context): Promise<void> {
  const row = await begin(visit, LEASE_SECONDS * scale)
  if (!row) return putOffVisit(visit, visit.holder, BUSY_SECONDS * scale)
  // Stopped on purpose: only a person releases it, so the firewall is not even called.
  if (!mayVisit(row)) return putOffVisit(visit, visit.holder, WAITS_FOR_PERSON_SECONDS * scale)
  onBegin?.(visit)
  const intervals = effectiveIntervals(...row.intervals)
  const kinds = kindsOf(dueTiers(row, scaled(intervals, scale), row, row.now))
  const abandoned = AbortSignal.any([stopping, visit.lost.signal])
  const key = `visit ${row.id}`
  try {
    const visited = await readKinds(row, kinds, AbortSignal.any([abandoned, AbortSignal.timeout(VISIT_SECONDS_MAX * 1000)]), { key, gate: visitGate(row.origin), atOnce: 1 })
    // What was cut off says nothing about the firewall; another worker takes it over at once.
    if (abandoned.aborted) return await putOffVisit(visit, visit.holder, 0)
    await settleVisit(row, visited, intervals, workerActor(worker), { leaseTerm: visit.leaseTerm, holder: visit.holder, scale })
    log().debug({ firewall: row.id, lateMs: Math.round(visit.lateMs), read: visited.read.length, stopped: visited.stopped?.code }, 'visited')
  } finally {
    closePool(key)
  }
}

/** One that fails unexpectedly costs only itself, and is tried again after a minute. */
async function start(claimed: ClaimedVisit, context: Context): Promise<void> {
  const visit = { ...claimed, holder: `${context.worker} ${claimed.leaseTerm} ${claimed.firewallId}`, lost: new AbortController() }
  context.running.add(visit)
  try {
    await carryOut(visit, context)
  } catch (error) {
    log().error({ firewall: claimed.firewallId, err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'visit failed')
    await putOffVisit(visit, visit.holder, 60 * context.scale).catch(() => undefined)
  } finally {
    context.running.delete(visit)
  }
}

/** Nothing while the database does not answer: what is under way ends by itself, and claims end when their time is over. */
const claim = (count: number, silent: boolean, { worker, scale }: Context): Promise<ClaimedVisit[]> =>
  claimVisits(worker, count, silent, LEASE_SECONDS * scale).catch((error: unknown) => {
    log().error({ err: { message: error instanceof Error ? error.message : 'unknown' } }, 'visits could not be claimed, trying again')
    return []
  })

/** Keeps a number of lanes busy with visits that are due, until the signal, or with `untilIdle` until none is due and none under way. */
async function keepBusy(size: number, silent: boolean, context: Context, untilIdle: boolean): Promise<void> {
  const lanes = new Set<Promise<void>>()
  while (!context.stopping.aborted) {
    const free = size - lanes.size
    const claimed = free === 0 ? [] : await claim(free, silent, context)
    for (const visit of claimed) {
      const lane = start(visit, context).finally(() => lanes.delete(lane))
      lanes.add(lane)
    }
    if (untilIdle && lanes.size === 0) break
    await pause(claimed.length === free || untilIdle ? GATHER_MS : Math.max(IDLE_MS * context.scale, GATHER_MS), context.stopping)
  }
  await Promise.all(lanes)
}

/** Renews what is under way; a visit whose claim is lost is abandoned, because another worker makes it. */
async function keepClaims({ worker, running, scale }: Context): Promise<void> {
  const visits = [...running]
  if (visits.length === 0) return
  const held = await renewVisits(worker, visits, LEASE_SECONDS * scale)
  for (const visit of visits) if (running.has(visit) && !held.has(visit.firewallId)) visit.lost.abort()
}

async function run({ worker, lanes = LANES, silentLanes = SILENT_LANES, scale = 1, onBegin }: VisitOptions, stopping: AbortSignal, untilIdle: boolean): Promise<void> {
  const context: Context = { worker, scale, running: new Set(), stopping, ...(onBegin && { onBegin }) }
  const renewal = setInterval(() => {
    keepClaims(context).catch(() => log().warn('claims of visits could not be renewed'))
  }, RENEW_SECONDS * scale * 1000)
  try {
    await Promise.all([keepBusy(lanes, false, context, untilIdle), keepBusy(silentLanes, true, context, untilIdle)])
  } finally {
    clearInterval(renewal)
  }
}

/** Visits firewalls when they are due, until the signal. */
export const runVisits = (options: VisitOptions, stopping: AbortSignal): Promise<void> => run(options, stopping, false)

/** Makes the visits that are due, and returns when none is due and none under way. */
export const runDueVisits = (worker: string, stopping: AbortSignal): Promise<void> => run({ worker }, stopping, true)
