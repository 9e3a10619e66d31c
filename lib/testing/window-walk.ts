// Maintenance windows judged minute by minute: what the clocks of a zone show is read from Intl at each minute, and a window is
// open between the first minutes that show its times. Shares no code with lib/windows but the types.
import type { WindowTimes } from '@/lib/windows/occurrences'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
const FIRST_YEAR = 2026
export const YEARS = 10

type Random = (below: number) => number
export type Stretch = { fromMs: number; shown: readonly string[] }
export type Judged = { day: string; opensMs: number; startsUntilMs: number; endsMs: number; none: boolean }

const clock = (zone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })
const FROM_MS = Date.UTC(FIRST_YEAR, 0, 1)

/** Instants, a day apart at most, between which the clocks of a zone change: a walk over the days of ten years. */
export function changesOf(zone: string): number[] {
  const hour = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
  const found: number[] = []
  let before = hour.format(FROM_MS)
  for (let day = 1; day <= YEARS * 365.25; day += 1) {
    const shown = hour.format(FROM_MS + day * DAY_MS)
    if (shown !== before) found.push(FROM_MS + (day - 1) * DAY_MS)
    before = shown
  }
  return found
}

/** What the clocks show at noon of each tenth day: zones with the same rules have the same. */
export function rulesOf(zone: string): string {
  const hour = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
  return Array.from({ length: Math.floor((YEARS * 365) / 10) }, (_, at) => hour.format(FROM_MS + at * 10 * DAY_MS)).join('')
}

/** A random midnight of a year, in UTC. */
export const randomDay = (random: Random, year: number): number => Date.UTC(FIRST_YEAR + year, 0, 1 + random(365))

/** Every minute of 72 hours, of which the middle 48 are asked about: a day before and a day after `middleMs` and its next day. */
export function walk(zone: string, middleMs: number): Stretch {
  const format = clock(zone)
  const fromMs = middleMs - DAY_MS
  return { fromMs, shown: Array.from({ length: 3 * 1440 }, (_, minute) => format.format(fromMs + minute * MINUTE_MS)) }
}

const two = (value: number): string => String(value).padStart(2, '0')
const asTime = (minute: number): string => `${two(Math.floor((minute % 1440) / 60))}:${two(minute % 60)}`
export const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The minute at which the clocks jump, if they do in this stretch. */
export function jumpOf({ shown }: Stretch): number | null {
  const minuteOf = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`) / MINUTE_MS
  const at = shown.findIndex((text, minute) => minute > 0 && minuteOf(text) - minuteOf(shown[minute - 1] ?? text) !== 1)
  return at < 0 ? null : at
}

/** A window that opens on a day of the stretch, half of them close to where the clocks jump. */
export function randomWindow(random: Random, zone: string, stretch: Stretch): WindowTimes {
  const jump = jumpOf(stretch)
  const near = jump !== null && random(2) === 0 ? stretch.shown[jump - 1] : undefined
  const base = near === undefined ? random(1440) : Number(near.slice(11, 13)) * 60 + Number(near.slice(14, 16)) + 1440 - 120 + random(240)
  const length = 15 + random(near === undefined ? 700 : 180)
  const latest = base + random(length)
  return { id: 'w', timeZone: zone, weekdays: [1, 2, 3, 4, 5, 6, 7], dates: [], earliestStart: asTime(base), latestStart: asTime(latest), hardEnd: asTime(base + length), enabled: true }
}

/** What the window does on each day whose whole occurrence lies within the stretch. */
export function judge({ earliestStart, latestStart, hardEnd }: WindowTimes, { fromMs, shown }: Stretch): Judged[] {
  const firstThatShows = (text: string): number => fromMs + shown.findIndex((now) => now >= text) * MINUTE_MS
  const days = [...new Set(shown.map((text) => text.slice(0, 10)))]
  const last = shown.at(-1) ?? ''
  return [days[0] ? dayAfter(days[0], 1) : '', ...days.slice(2)].flatMap((day) => {
    const onOrAfter = (time: string): string => `${time <= earliestStart && time !== earliestStart ? dayAfter(day, 1) : day} ${time}`
    if (onOrAfter(hardEnd) >= last) return []
    const opensMs = firstThatShows(`${day} ${earliestStart}`)
    const endsMs = firstThatShows(onOrAfter(hardEnd))
    const startsUntilMs = Math.min(firstThatShows(onOrAfter(latestStart)) + MINUTE_MS, endsMs)
    return [{ day, opensMs, startsUntilMs, endsMs, none: startsUntilMs <= opensMs }]
  })
}
