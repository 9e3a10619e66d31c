// Months as a customer lives them. Browser-safe, pure.
import { zoneOffsetMs } from '@/lib/format/dates'

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/

/** `2026-11` */
export const isMonth = (text: string): boolean => MONTH.test(text)

/** The moment at which the clocks of a zone show a time; one that they skip is the moment after the gap. */
function momentOf(wallMs: number, zone: string): number {
  const guess = wallMs - zoneOffsetMs(wallMs, zone)
  return wallMs - zoneOffsetMs(guess, zone)
}

/** Beginning and end of a month in a zone, in milliseconds; the end is the beginning of the next. */
export function boundsOf(month: string, zone: string): { fromMs: number; toMs: number } {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return { fromMs: momentOf(Date.UTC(year, number - 1, 1), zone), toMs: momentOf(Date.UTC(year, number, 1), zone) }
}

const DAY_MS = 86_400_000

/** How many dates a span touches in a zone, begun ones included. */
export function datesWithin(fromMs: number, toMs: number, zone: string): number {
  const dateOf = (atMs: number) => Math.floor((atMs + zoneOffsetMs(atMs, zone)) / DAY_MS)
  return toMs <= fromMs ? 0 : dateOf(toMs - 1) - dateOf(fromMs) + 1
}

/** The month that it is in a zone. */
export function monthAt(atMs: number, zone: string): string {
  return new Date(atMs + zoneOffsetMs(atMs, zone)).toISOString().slice(0, 7)
}

/** `by` months later, or earlier when it is negative. */
export function monthAfter(month: string, by: number): string {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** The newest `count` months up to that of `atMs`, newest first, none before that of `sinceMs`. */
export function monthsUpTo(atMs: number, sinceMs: number, zone: string, count: number): string[] {
  const first = monthAt(sinceMs, zone)
  const newest = monthAt(atMs, zone)
  return Array.from({ length: count }, (_, back) => monthAfter(newest, -back)).filter((month) => month >= first)
}

/** The zone that most firewalls of a customer stand in, the first by name where several do; UTC without any. */
export function zoneOfMost(zones: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const zone of zones) counts.set(zone, (counts.get(zone) ?? 0) + 1)
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))[0]?.[0] ?? 'UTC'
}
