import { paceSeconds, TIERS, TIER_RULES, type EffectiveIntervals, type Tier } from './intervals'
import type { ReadKind } from '@/lib/adapters/model'
import { nextVisitSeconds, type ContactCounts } from './reachability'

/** When each tier is due. */
export type TierTimes = Record<Tier, Date>

/** Of the interval, to either side: a fleet that was enrolled in one minute is not visited in one second for ever. */
const JITTER_SHARE = 0.05

/**
 * Tiers that a visit at `now` reads: those that set the pace, those that are due, and those whose time is nearer to this
 * visit than to the next. A firewall that did not answer last time is asked for its status first of all.
 */
export function dueTiers(times: TierTimes, intervals: EffectiveIntervals, contact: ContactCounts, now: Date): Tier[] {
  const pace = paceSeconds(intervals)
  return TIERS.filter((tier) => {
    if (intervals[tier] <= pace || (tier === 'status' && contact.misses > 0)) return true
    const aheadSeconds = (times[tier].getTime() - now.getTime()) / 1000
    // Further ahead than its interval: the interval was made shorter since.
    return aheadSeconds <= pace / 2 || aheadSeconds > intervals[tier] * (1 + JITTER_SHARE)
  })
}

export const kindsOf = (tiers: readonly Tier[]): ReadKind[] => tiers.flatMap((tier) => TIER_RULES[tier].kinds)

/**
 * When a tier that was read at `now` is due again: one interval after its time, so that being read a little early or late
 * moves nothing. One that was read at quite another time, as all are after a pause of Palisade, gets a random time of its own,
 * so that not the whole fleet is due together for ever. `random` is in [0, 1).
 */
export function nextTierTime(due: Date, intervalSeconds: number, now: Date, random: number): Date {
  const intervalMs = intervalSeconds * 1000
  const isElsewhere = Math.abs(now.getTime() - due.getTime()) > intervalMs / 2
  const from = isElsewhere ? now.getTime() - (intervalMs / 2) * random : due.getTime() + intervalMs * JITTER_SHARE * (2 * random - 1)
  return new Date(from + intervalMs)
}

/** Seconds from the beginning of a visit to the next, with jitter. `random` is in [0, 1). */
export function secondsToNextVisit(contact: ContactCounts, intervals: EffectiveIntervals, random: number): number {
  return nextVisitSeconds(contact, paceSeconds(intervals)) * (1 + JITTER_SHARE * (2 * random - 1))
}

/** All times shorter by one factor, for tests that cannot wait. */
export const scaled = (intervals: EffectiveIntervals, scale: number): EffectiveIntervals => ({ ...intervals, status: intervals.status * scale, neighbours: intervals.neighbours * scale, vpn: intervals.vpn * scale, rules: intervals.rules * scale })
