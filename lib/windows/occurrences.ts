// When a maintenance window opens and closes. Pure and browser-safe: the engine, the API and the pages ask the same functions,
// and everything that depends on time is told the time.
import { addDays, DAY_MS, firstInstantOf, isKnownZone, localDay, minutesOf, weekdayOf } from './local-time'

/** A window as it is stored: local times `HH:MM` in an IANA zone. A time that is not after the earliest start lies on the next day. */
export type WindowTimes = {
  id: string
  timeZone: string
  /** 1 = Monday … 7 = Sunday; empty when it is by dates. */
  weekdays: readonly number[]
  /** YYYY-MM-DD of the day on which it opens; empty when it is weekly. */
  dates: readonly string[]
  earliestStart: string
  latestStart: string
  hardEnd: string
  enabled: boolean
}

/** Days on which nothing starts, YYYY-MM-DD, both included, as the clocks of each window show them. */
export type BlackoutDays = { name: string; firstDay: string; lastDay: string }

/** `blackout`: nothing starts on its day. `clocks`: the clocks jump over all of it. */
export type SkipReason = 'blackout' | 'clocks'

export type Occurrence = {
  /** Window and local day on which it opens: the same on every machine and at every time, so that it runs once. */
  id: string
  windowId: string
  day: string
  /** Nothing starts before this. */
  opensAt: Date
  /** Nothing starts at this instant or later: the end of the minute of the latest start, midnight before a blackout, or the hard end. */
  startsUntil: Date
  /** The hard end: nothing may still be under way. */
  endsAt: Date
  /** Null: it runs. Otherwise nothing starts in it. */
  skipped: { reason: SkipReason; blackout: string | null } | null
}

/** How far ahead is looked for the next opening: a window of dates may be a year away, a blackout as long. */
export const HORIZON_DAYS = 800
/** Longest span that is listed at once. */
export const BETWEEN_DAYS_MAX = 800

const MINUTE_MS = 60_000

/** Local minutes from midnight of the opening day; 1440 and more lie on the next day. */
function spanOf({ earliestStart, latestStart, hardEnd }: WindowTimes): { start: number; latest: number; end: number } {
  const start = minutesOf(earliestStart)
  const onOrAfter = (minute: number): number => (minute < start ? minute + 1440 : minute)
  const end = onOrAfter(minutesOf(hardEnd))
  return { start, latest: onOrAfter(minutesOf(latestStart)), end: end === start ? end + 1440 : end }
}

const opensOn = (window: WindowTimes, day: string): boolean => (window.dates.length > 0 ? window.dates.includes(day) : window.weekdays.includes(weekdayOf(day)))
const blackoutOn = (blackouts: readonly BlackoutDays[], day: string): BlackoutDays | undefined => blackouts.find(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay)

/**
 * What the window does on a day on which it opens. A time that the clocks jump over counts as the first instant after the jump;
 * one that they show twice counts the first time. Throws for an unknown zone.
 */
function occurrenceOn(window: WindowTimes, blackouts: readonly BlackoutDays[], day: string): Occurrence {
  const { start, latest, end } = spanOf(window)
  const at = (minute: number): Date => firstInstantOf(window.timeZone, day, minute)
  const opensAt = at(start)
  const endsAt = at(end)
  const closes = Math.min(at(latest).getTime() + MINUTE_MS, endsAt.getTime())
  const shared = { id: `${window.id}:${day}`, windowId: window.id, day, opensAt, endsAt }
  if (closes <= opensAt.getTime()) return { ...shared, startsUntil: opensAt, skipped: { reason: 'clocks', blackout: null } }
  const blackout = blackoutOn(blackouts, day)
  if (blackout) return { ...shared, startsUntil: opensAt, skipped: { reason: 'blackout', blackout: blackout.name } }
  // Over midnight into a blackout: what is under way goes on, nothing more starts.
  const tomorrow = blackoutOn(blackouts, addDays(day, 1))
  const startsUntil = new Date(Math.min(closes, tomorrow ? at(1440).getTime() : closes))
  // Where the clocks jump over midnight, it would open on the day of the blackout.
  if (tomorrow && startsUntil <= opensAt) return { ...shared, startsUntil: opensAt, skipped: { reason: 'blackout', blackout: tomorrow.name } }
  return { ...shared, startsUntil, skipped: null }
}

/**
 * All occurrences that touch the span from `from` (included) to `to` (excluded), by time, those that are skipped too. A window
 * that is off, or whose zone this machine does not know, has none. Looks at most 800 days on.
 */
export function occurrencesBetween(window: WindowTimes, blackouts: readonly BlackoutDays[], from: Date, to: Date): Occurrence[] {
  if (!window.enabled || !isKnownZone(window.timeZone) || to <= from) return []
  const last = localDay(window.timeZone, new Date(Math.min(to.getTime(), from.getTime() + BETWEEN_DAYS_MAX * DAY_MS)))
  const found: Occurrence[] = []
  // One that opened two days ago may end now where a day is 25 hours long.
  for (let day = addDays(localDay(window.timeZone, from), -2); day <= last; day = addDays(day, 1)) {
    if (!opensOn(window, day)) continue
    const occurrence = occurrenceOn(window, blackouts, day)
    if (occurrence.opensAt < to && (occurrence.endsAt > from || occurrence.opensAt >= from)) found.push(occurrence)
  }
  return found
}

/**
 * The occurrence in which something may start at `after` or next after it, among those that are not skipped. It may be open
 * already: then `opensAt` is not after `after`. Null when there is none within 800 days.
 */
export function nextOccurrence(window: WindowTimes, blackouts: readonly BlackoutDays[], after: Date): Occurrence | null {
  if (!window.enabled || !isKnownZone(window.timeZone)) return null
  const today = localDay(window.timeZone, after)
  const days = window.dates.length > 0 ? [...window.dates].sort().filter((day) => day >= addDays(today, -2)) : null
  for (let offset = -2; offset <= HORIZON_DAYS; offset += 1) {
    const day = days === null ? addDays(today, offset) : days[offset + 2]
    if (day === undefined) return null
    if (!opensOn(window, day)) continue
    const occurrence = occurrenceOn(window, blackouts, day)
    if (occurrence.skipped === null && occurrence.startsUntil > after) return occurrence
  }
  return null
}

/** The same over several windows: the one that opens first; of two at the same time, the one that stays open longer. */
export function nextOfAny(windows: readonly WindowTimes[], blackouts: readonly BlackoutDays[], after: Date): Occurrence | null {
  const found = windows.flatMap((window) => nextOccurrence(window, blackouts, after) ?? [])
  return found.sort((a, b) => a.opensAt.getTime() - b.opensAt.getTime() || b.startsUntil.getTime() - a.startsUntil.getTime())[0] ?? null
}

/** Whether something may start in this occurrence at `now`. */
export const mayStart = (occurrence: Occurrence, now: Date): boolean => occurrence.skipped === null && occurrence.opensAt <= now && now < occurrence.startsUntil

/** The occurrence in which something may start at `now`, or null. */
export function isOpen(window: WindowTimes, blackouts: readonly BlackoutDays[], now: Date): Occurrence | null {
  const next = nextOccurrence(window, blackouts, now)
  return next !== null && mayStart(next, now) ? next : null
}

/**
 * The time to ask all of this with. `seen` is the latest time that was ever written beside the thing that is about to start (a
 * state of the job, an opening of its ring). Where the clock of a machine was set back, time stands still at what was seen until
 * the clock has caught up: a window that has closed does not open once more.
 */
export const steadyNow = (now: Date, seen: Date | null): Date => (seen !== null && seen > now ? seen : now)
