import 'server-only'
// When a job may start next. Pure, and always the same for the same job.
import { createHash } from 'node:crypto'
import type { PlanDesign } from '@/lib/plans/words'
import { firstInstantOf } from '@/lib/windows/local-time'
import type { FirewallWindows } from '@/lib/windows/of-firewalls'
import { nextOfAny, type Occurrence } from '@/lib/windows/occurrences'

const MINUTE_MS = 60_000
/** Openings that are tried: one that is too short for the update is followed by one that may be longer. */
const TRIES_MAX = 30

export type Placed = { /** Of the window. */ opensAt: Date; startsAt: Date; endsAt: Date; /** Nothing starts at this time or later. */ startsUntil: Date; /** Null: the plan's own window. */ windowId: string | null }
type Asked = { /** Of the job, so that its chance stays the same. */ id: string; design: Pick<PlanDesign, 'windows' | 'firstDay' | 'randomStartMinutes' | 'latestStartMarginMinutes'>; own: FirewallWindows; /** Minutes until its end, at most. */ minutesNeeded: number; from: Date }

/** Minutes by which a start is put off within its window, from 0 to `most`. */
const chance = (id: string, most: number): number => createHash('sha256').update(id).digest().readUInt32BE(0) % (most + 1)

function windowsFor({ design: { windows }, own }: Asked): FirewallWindows {
  return windows.by === 'own' ? own : { ...own, level: 'customer', windows: [{ id: 'plan', enabled: true, ...windows.window }] }
}

function inOccurrence({ id, design, minutesNeeded }: Asked, { opensAt, startsUntil, endsAt, windowId }: Occurrence, from: number): Placed | null {
  const latest = Math.min(startsUntil.getTime() - 1, endsAt.getTime() - Math.max(minutesNeeded, design.latestStartMarginMinutes) * MINUTE_MS)
  const first = Math.max(from, opensAt.getTime())
  if (first > latest) return null
  const chosen = Math.max(first, Math.min(opensAt.getTime() + chance(id, design.randomStartMinutes) * MINUTE_MS, latest))
  return { opensAt, startsAt: new Date(chosen), endsAt, startsUntil: new Date(latest + 1), windowId: windowId === 'plan' ? null : windowId }
}

/** The first start at `from` or later that leaves time for the whole update before the hard end; null when no window of the next two years has room. */
export function placeStart(asked: Asked): Placed | null {
  const { windows, blackouts } = windowsFor(asked)
  const zone = windows[0]?.timeZone
  const { firstDay } = asked.design
  let from = firstDay === null || zone === undefined ? asked.from.getTime() : Math.max(asked.from.getTime(), firstInstantOf(zone, firstDay, 0).getTime())
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const occurrence = nextOfAny(windows, blackouts, new Date(from))
    if (occurrence === null) return null
    const placed = inOccurrence(asked, occurrence, from)
    if (placed) return placed
    from = Math.max(from + 1, occurrence.startsUntil.getTime())
  }
  return null
}
