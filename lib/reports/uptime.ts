// How much of a month a firewall was reachable, from its states and from the hours in which something was measured. Pure.
import { z } from 'zod'
import { FIREWALL_STATES, type FirewallState } from '@/lib/firewalls/states'
import type { GapReason } from '@/lib/history/dto'
import { joinSecondsOf } from '@/lib/history/series'
import { gapsOf, periodsOf, uptimeOf, type Span, type StateChange, type Uptime } from '@/lib/history/timeline'
import type { ReportUptime } from './dto'

const HOUR_MS = 3_600_000
const state = z.object({ state: z.enum(FIREWALL_STATES) })
const stateOf = (value: unknown): FirewallState | null => state.safeParse(value).data?.state ?? null

export type StateRow = { at: Date; before: unknown; after: unknown }

function toChange({ at, before, after }: StateRow): StateChange[] {
  const [from, to] = [stateOf(before), stateOf(after)]
  return from && to ? [{ atMs: at.getTime(), before: from, after: to }] : []
}

type Seen = {
  createdAt: Date
  /** What holds now, for a firewall whose state never changed. */
  state: string
  /** Changes in their order, with the last before the span and the first after it. */
  rows: readonly StateRow[]
  /** Whole hours from the beginning of the span. */
  hours: readonly number[]
  visitSeconds: number
}

export function uptimeOfMonth(span: Span, { createdAt, state: current, rows, hours, visitSeconds }: Seen): Uptime {
  const changes = rows.flatMap(toChange)
  const known = FIREWALL_STATES.find((word) => word === current) ?? 'not-visited'
  const after = changes.find(({ atMs }) => atMs >= span.toMs)
  const periods = periodsOf(span, {
    createdAtMs: createdAt.getTime(),
    earlier: changes.findLast(({ atMs }) => atMs < span.fromMs)?.after ?? null,
    changes: changes.filter(({ atMs }) => atMs >= span.fromMs && atMs < span.toMs),
    current: after?.before ?? known,
  })
  const measured = [...hours].sort((a, b) => a - b)
  const gaps = gapsOf(span, periods, { measured, startMs: span.fromMs, stepMs: HOUR_MS, joinMs: joinSecondsOf(measured, HOUR_MS / 1000, visitSeconds) * 1000 })
  return uptimeOf(periods, gaps)
}

const seconds = (ms: number): number => Math.round(ms / 1000)

export const toReportUptime = ({ upMs, knownMs, excluded }: Uptime): ReportUptime => ({
  percent: knownMs === 0 ? null : (upMs / knownMs) * 100,
  reachableSeconds: seconds(upMs),
  knownSeconds: seconds(knownMs),
  excluded: excluded.map(({ reason, ms }) => ({ reason, seconds: seconds(ms) })),
})

/** Of all firewalls together: each counts by the time that is known of it. */
export function totalUptime(all: readonly Uptime[]): Uptime {
  const excluded = new Map<GapReason, number>()
  for (const { reason, ms } of all.flatMap((one) => one.excluded)) excluded.set(reason, (excluded.get(reason) ?? 0) + ms)
  const sum = (of: (one: Uptime) => number) => all.reduce((total, one) => total + of(one), 0)
  return { upMs: sum(({ upMs }) => upMs), knownMs: sum(({ knownMs }) => knownMs), excluded: [...excluded].map(([reason, ms]) => ({ reason, ms })).sort((a, b) => b.ms - a.ms) }
}
