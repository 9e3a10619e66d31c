import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { saveSample } from '@/lib/db/samples-sql'
import { endVisit, type VisitColumns, type VisitEnd, type VisitRow } from '@/lib/db/visits-sql'
import { TIERS, TIER_RULES, type EffectiveIntervals } from '@/lib/polling/intervals'
import { afterVisit, contactOf, CONTACT_RULES, type ContactCounts } from '@/lib/polling/reachability'
import { nextTierTime, scaled, secondsToNextVisit } from '@/lib/polling/schedule'
import { sampleOf } from '@/lib/samples/sample-of'
import { columnsOf } from './columns-of'
import { degradedReason } from './degraded-reason'
import type { ProblemNote } from './dto'
import { errorColumns, failedCallColumns, isMiss, needsPerson, noteStop, problemOf, stateColumns, unreachableColumns } from './note-failure'
import { byKind, type Visited } from './read-kinds'
import { STATES_THAT_STAY } from './states'
import { storeReadings } from './store-readings'

/** A firewall that waits for a person is made due at once by what releases it; this is only for what nobody thought of. */
export const WAITS_FOR_PERSON_SECONDS = 3_600

export type Claim = {
  /** null for a visit that a person asked for. */
  leaseTerm: number | null
  holder: string | null
  /** Shortens every time, for tests; else 1. */
  scale: number
}

/** What a family simply does not report is no failure of the visit. */
function worstOf(failures: Visited['failures']): ProblemNote | null {
  const real = failures.filter(({ problem }) => problem.code !== 'firewall-not-reported')
  const first = real[0]
  if (!first) return null
  return real.length === 1 ? first.problem : { ...first.problem, message: `${real.length} readings failed; the first: ${first.problem.message}` }
}

function measuredColumns({ firstReply }: Visited): VisitColumns {
  if (!firstReply) return {}
  const { roundTripMs, clockOffsetMs, certificateEndsAt } = firstReply
  return { clockOffsetSeconds: clockOffsetMs === null ? null : Math.round(clockOffsetMs / 1000), certificateEndsAt, ...(roundTripMs !== null && { latencyMs: roundTripMs }) }
}

/** The firewall was there and said something, if only that it refuses. */
const isAnswered = ({ read, failures, stopped }: Visited): boolean => read.length > 0 || (stopped === null && failures.length > 0)

async function answeredColumns(row: VisitRow, visited: Visited, contact: ContactCounts, now: Date): Promise<VisitColumns> {
  const read = byKind(visited.read)
  const problem = worstOf(visited.failures) ?? (visited.stopped && problemOf(visited.stopped, now))
  const isReturning = CONTACT_RULES[contactOf(contact)].isUnreachable
  const reason = row.pausedAt ? null : await degradedReason(row.id, read)
  const state: VisitColumns = row.pausedAt ? { state: 'paused' } : isReturning ? {} : stateColumns(reason === null ? 'reachable' : 'degraded', reason)
  return { ...columnsOf(read), ...measuredColumns(visited), ...state, visitedAt: now, ...errorColumns(problem) }
}

/** What a visit says of the firewall; null when it says nothing, or when a person has to decide, which is noted apart. */
async function columnsOfVisit(row: VisitRow, visited: Visited, contact: ContactCounts, now: Date): Promise<VisitColumns | null> {
  if (isAnswered(visited)) return answeredColumns(row, visited, contact, now)
  if (visited.stopped === null) return null
  const isUnreachable = CONTACT_RULES[contactOf(contact)].isUnreachable && row.pausedAt === null
  return isUnreachable && isMiss(visited.stopped.code) ? unreachableColumns(visited.stopped, now) : failedCallColumns(visited.stopped, now)
}

function countsAfter(row: VisitRow, visited: Visited): ContactCounts {
  if (isAnswered(visited) || visited.stopped?.code === 'firewall-api-package-missing') return afterVisit(row, 'answer')
  return visited.stopped && isMiss(visited.stopped.code) ? afterVisit(row, 'miss') : row
}

function dueOf(row: VisitRow, { asked }: Visited, intervals: EffectiveIntervals): VisitEnd['due'] {
  const read = TIERS.filter((tier) => TIER_RULES[tier].kinds.some((kind) => asked.includes(kind)))
  return Object.fromEntries(read.map((tier) => [tier, nextTierTime(row[tier], intervals[tier], row.now, Math.random())]))
}

/** Stores what a visit brought, and when the next is due: in one statement what fits, so that an unchanged visit costs few. */
export async function settleVisit(row: VisitRow, visited: Visited, intervals: EffectiveIntervals, actor: Actor, { leaseTerm, holder, scale }: Claim): Promise<void> {
  const { read, failures, stopped, firstReply } = visited
  const now = new Date()
  if (read.length > 0 || failures.length > 0) await storeReadings(row.id, read, failures)
  const sample = sampleOf(byKind(read), firstReply?.roundTripMs ?? null)
  if (sample) await saveSample(row.id, read[0]?.observedAt ?? now, sample)
  if (stopped) await noteStop(row, actor, stopped)
  const contact = countsAfter(row, visited)
  const columns = await columnsOfVisit(row, visited, contact, now)
  const isWaiting = row.pausedAt !== null || (stopped !== null && needsPerson(stopped.code))
  // A person who looks at a firewall that does not answer wants to know at once whether it is only this once.
  const isInDoubt = leaseTerm === null && contactOf(contact) === 'missed'
  const seconds = isWaiting ? WAITS_FOR_PERSON_SECONDS : isInDoubt ? 0 : secondsToNextVisit(contact, intervals, Math.random()) * scale
  await endVisit({
    firewallId: row.id,
    origin: row.origin,
    leaseTerm,
    holder,
    isPaused: row.pausedAt !== null,
    keep: STATES_THAT_STAY,
    columns: columns && { ...columns, statusSeconds: intervals.status },
    misses: contact.misses,
    returns: contact.returns,
    due: dueOf(row, visited, scaled(intervals, scale)),
    dueAt: new Date(row.now.getTime() + seconds * 1000),
  })
}
