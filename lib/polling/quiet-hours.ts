import { minutesOf, type QuietHours } from './intervals'

const DAY_MS = 86_400_000

/** A wall clock as if it were UTC, in milliseconds. */
function wallMs(at: Date, timeZone: string): number {
  // eslint-disable-next-line no-restricted-syntax -- nobody reads it: parts of a clock to calculate with
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value ?? 0)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

/** The moment at which the wall clock of a zone shows a time; one that it skips in spring is the moment of the skip or just after it. */
function momentOf(wall: number, timeZone: string): number {
  const offsetAt = (ms: number) => wallMs(new Date(ms), timeZone) - Math.floor(ms / 1000) * 1000
  const before = wall - offsetAt(wall - DAY_MS)
  const after = wall - offsetAt(wall + DAY_MS)
  // Where the clock is set back, the first of the two; where it is set forward, neither shows the time, and the later one is after the gap.
  return wallMs(new Date(Math.min(before, after)), timeZone) === wall ? Math.min(before, after) : Math.max(before, after)
}

export type QuietWindow = { from: Date; to: Date }

/** The quiet hours that hold at `at` or begin next after it, in a zone, as moments. They may be longer or shorter on days when the clock is set. */
export function quietWindow(at: Date, timeZone: string, { from, to }: QuietHours): QuietWindow {
  const midnight = Math.floor(wallMs(at, timeZone) / DAY_MS) * DAY_MS
  const isOverMidnight = minutesOf(to) <= minutesOf(from)
  for (let day = -1; day <= 2; day += 1) {
    const begin = momentOf(midnight + day * DAY_MS + minutesOf(from) * 60_000, timeZone)
    const end = momentOf(midnight + (isOverMidnight ? day + 1 : day) * DAY_MS + minutesOf(to) * 60_000, timeZone)
    if (end > at.getTime() && end > begin) return { from: new Date(begin), to: new Date(end) }
  }
  // Only if the clock skips the whole window on two days running, which no zone does.
  return { from: new Date(at.getTime() + DAY_MS), to: new Date(at.getTime() + DAY_MS + 1) }
}

export const isQuiet = (at: Date, window: QuietWindow): boolean => window.from <= at && at < window.to

/** A random moment of the quiet hours that begin next after `at`. `random` is in [0, 1). */
export function nextQuietMoment(at: Date, timeZone: string, hours: QuietHours, random: number): Date {
  const now = quietWindow(at, timeZone, hours)
  const { from, to } = isQuiet(at, now) ? quietWindow(now.to, timeZone, hours) : now
  return new Date(from.getTime() + Math.floor((to.getTime() - from.getTime()) * random))
}
