// How often what is read, as one table for server, pages and tests alike. Browser-safe.
import { z } from 'zod'
import type { ReadKind } from '@/lib/adapters/model'

export const TIERS = ['status', 'neighbours', 'vpn', 'rules'] as const
export type Tier = (typeof TIERS)[number]

type TierRule = {
  /** What a person calls it. */
  label: string
  /** Read in this order, all of them whenever the tier is due. */
  kinds: readonly ReadKind[]
  defaultSeconds: number
}

/** Every kind of reading belongs to exactly one tier. */
export const TIER_RULES = {
  status: { label: 'Reachability, gateways and status', kinds: ['status', 'gateways', 'carp'], defaultSeconds: 60 },
  neighbours: { label: 'ARP and leases', kinds: ['arp', 'leases'], defaultSeconds: 300 },
  vpn: { label: 'VPN', kinds: ['vpn'], defaultSeconds: 300 },
  rules: { label: 'Rules, aliases, NAT, interfaces and services', kinds: ['rules', 'aliases', 'nat', 'interfaces', 'services', 'firmware', 'posture'], defaultSeconds: 900 },
} as const satisfies Record<Tier, TierRule>

/** Shorter would be a load for small firewalls; longer would leave their state unknown for days. */
export const INTERVAL_SECONDS_MIN = 30
export const INTERVAL_SECONDS_MAX = 86_400
/** So that the checks of a fleet do not all begin at the same moment. */
export const QUIET_MINUTES_MIN = 30

const seconds = z.number().int('Whole seconds.').min(INTERVAL_SECONDS_MIN, `At least ${INTERVAL_SECONDS_MIN} seconds.`).max(INTERVAL_SECONDS_MAX, 'At most one day.')
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day such as 02:00.')
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const lengthOf = ({ from, to }: { from: string; to: string }): number => (minutesOf(to) - minutesOf(from) + 1_440) % 1_440
const quietHours = z.strictObject({ from: clockTime, to: clockTime }).refine((hours) => lengthOf(hours) >= QUIET_MINUTES_MIN, `At least ${QUIET_MINUTES_MIN} minutes.`)
export type QuietHours = z.infer<typeof quietHours>

/** What one level decides: null or absent = what the level above says. Seconds; times of day in the zone of the site. */
export const intervalsInput = z.strictObject({
  status: seconds.nullable().optional(),
  neighbours: seconds.nullable().optional(),
  vpn: seconds.nullable().optional(),
  rules: seconds.nullable().optional(),
  /** Whether Palisade makes the firewall look for updates once a day. */
  dailyCheck: z.boolean().nullable().optional(),
  quietHours: quietHours.nullable().optional(),
})
export type Intervals = z.output<typeof intervalsInput>

export type EffectiveIntervals = Record<Tier, number> & { dailyCheck: boolean; quietHours: QuietHours }
export const DEFAULT_INTERVALS: EffectiveIntervals = {
  status: TIER_RULES.status.defaultSeconds,
  neighbours: TIER_RULES.neighbours.defaultSeconds,
  vpn: TIER_RULES.vpn.defaultSeconds,
  rules: TIER_RULES.rules.defaultSeconds,
  dailyCheck: true,
  quietHours: { from: '02:00', to: '05:00' },
}

/** A level as it is stored; what is not usable decides nothing. */
export function storedIntervals(json: unknown): Intervals {
  const parsed = intervalsInput.safeParse(json ?? {})
  return parsed.success ? parsed.data : {}
}

/** What holds in the end: the most specific level that decides wins. Give the levels from the installation down to the firewall. */
export function effectiveIntervals(...levels: readonly unknown[]): EffectiveIntervals {
  const decided = levels.map((level) => Object.fromEntries(Object.entries(storedIntervals(level)).filter(([, value]) => value !== null && value !== undefined)))
  return Object.assign({}, DEFAULT_INTERVALS, ...decided)
}

/** Seconds between two visits: the fastest tier sets the pace, slower ones ride along at the visit nearest to their time. */
export const paceSeconds = (intervals: EffectiveIntervals): number => Math.min(...TIERS.map((tier) => intervals[tier]))

/** Seconds between two readings of a kind. */
export function intervalOf(kind: ReadKind, intervals: Record<Tier, number>): number {
  const tier = TIERS.find((name) => TIER_RULES[name].kinds.some((one) => one === kind))
  return intervals[tier ?? 'rules']
}

/** Three visits missed, and the time that a busy hour may cost: what is older is no knowledge any more. */
export const STALE_INTERVALS = 3
export const STALE_GRACE_SECONDS = 60
export const staleAfterSeconds = (statusSeconds: number): number => STALE_INTERVALS * statusSeconds + STALE_GRACE_SECONDS
