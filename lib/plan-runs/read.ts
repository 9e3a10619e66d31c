import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { boundedRead } from '@/lib/db/bounded-read'
import { db } from '@/lib/db/client'
import type { PlanRing } from '@/lib/db/generated/client'
import { countRun, findRunJobs, findRunStarts, type RunCount, type RunJobRow, type RunStartRow } from '@/lib/db/plan-run-sql'
import { findPlan } from '@/lib/plans/find'
import { ringReason } from '@/lib/plans/halt-words'
import { ringGate } from '@/lib/plans/input'
import { ringStateOf } from '@/lib/plans/ring-states'
import { UPDATE_REASONS, updateStateOf } from '@/lib/updates/states'
import { countsOf, gateOf, type Standing } from './counts'
import type { PlanRun, RunJob, RunRing } from './dto'
import type { PlanRunInput } from './input'
import { nightsOf } from './nights'
import { UPDATE_WAY } from './words'

const DAY_MS = 86_400_000
const iso = (date: Date | null | undefined): string | null => date?.toISOString() ?? null
/** A word of a newer version is not known here. */
export const standingOf = ({ state, ...rest }: Pick<RunCount, 'state' | 'accepted' | 'retried' | 'count'>): Standing => ({ state: updateStateOf(state) ?? 'unknown', ...rest })

const toRunJob = ({ id, state, stateSince, reason, message, startsAt, soakUntil, finishedAt, firewallId, name, timeZone, reached, retried }: RunJobRow): RunJob => ({
  id,
  firewall: { id: firewallId, name, timeZone },
  state: updateStateOf(state) ?? 'unknown',
  stateSince: stateSince.toISOString(),
  reason: UPDATE_REASONS.find((known) => known === reason) ?? null,
  message,
  startsAt: iso(startsAt),
  soakUntil: iso(soakUntil),
  finishedAt: iso(finishedAt),
  reached: UPDATE_WAY.find((step) => step === reached) ?? null,
  retried,
})

const earliest = (dates: readonly (Date | null)[]): Date | null => dates.reduce((first, date) => (date !== null && (first === null || date < first) ? date : first), null)
const latest = (dates: readonly (Date | null)[]): Date | null => dates.reduce((last, date) => (date !== null && (last === null || date > last) ? date : last), null)

type Found = { counts: readonly RunCount[]; jobs: readonly RunJobRow[]; starts: readonly RunStartRow[] }

function toRing(ring: PlanRing, found: Found, partial: boolean): RunRing {
  const own = <T extends { ringId: string }>(rows: readonly T[]): T[] => rows.filter(({ ringId }) => ringId === ring.id)
  const counts = own(found.counts)
  const standings = counts.map(standingOf)
  const [jobs, starts] = [own(found.jobs), own(found.starts)]
  const waiting = counts.filter(({ state }) => state === 'scheduled')
  return {
    id: ring.id,
    position: ring.position,
    name: ring.name,
    state: ringStateOf(ring.state) ?? 'waiting',
    openedAt: iso(ring.openedAt),
    endedAt: iso(ring.endedAt),
    reason: ringReason(ring.reason, !partial),
    counts: countsOf(standings),
    // One that waits was neither accepted nor tried again, so there is one row of them.
    sites: waiting[0]?.sites ?? 0,
    gate: partial ? null : gateOf(ringGate.parse(ring.gate), standings),
    firstStartAt: iso(earliest(waiting.map(({ firstStartAt }) => firstStartAt))),
    lastStartAt: iso(latest(waiting.map(({ lastStartAt }) => lastStartAt))),
    soakUntil: iso(latest(counts.filter(({ state }) => state === 'soaking').map(({ soakUntil }) => soakUntil))),
    jobs: jobs.map(toRunJob),
    nights: nightsOf(starts),
    more: counts.reduce((total, { count }) => total + count, 0) - jobs.length - starts.length,
  }
}

/** How a plan runs: each ring with its gate, the worst of its jobs, and what is to come night by night. Nothing of customers that one does not see. */
export async function readPlanRun(actor: Actor, { id, rows, each }: PlanRunInput, now = new Date()): Promise<PlanRun> {
  const { row, scope, partial } = await findPlan(actor, id)
  const later = each === 'true' ? null : new Date(now.getTime() + DAY_MS)
  const rings = await db().planRing.findMany({ where: { planId: row.id }, orderBy: { position: 'asc' } })
  const found = await boundedRead(async (run) => ({
    counts: await countRun(run, id, scope.customerIds),
    jobs: await findRunJobs(run, id, scope.customerIds, { rows, later, way: UPDATE_WAY }),
    starts: later === null ? [] : await findRunStarts(run, id, scope.customerIds, later),
  }))
  return { id, rings: rings.map((ring) => toRing(ring, found, partial)) }
}
