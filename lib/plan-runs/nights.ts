// Starts to come, night by night. Pure.
import { zoneOffsetMs } from '@/lib/format/dates'
import type { RunNight } from './dto'

type Start = { startsAt: Date; timeZone: string }

/** The date on the clocks there, as YYYY-MM-DD. */
function dayAt({ startsAt, timeZone }: Start): string {
  const atMs = startsAt.getTime()
  return new Date(atMs + zoneOffsetMs(atMs, timeZone)).toISOString().slice(0, 10)
}

/** By the date at the firewalls, the first first. */
export function nightsOf(starts: readonly Start[]): RunNight[] {
  const days = new Map<string, Start[]>()
  for (const start of starts) {
    const day = dayAt(start)
    const known = days.get(day)
    if (known) known.push(start)
    else days.set(day, [start])
  }
  return [...days].sort(([one], [other]) => (one < other ? -1 : 1)).map(([day, of]) => {
    const times = of.map(({ startsAt }) => startsAt.getTime())
    const [zone, ...others] = new Set(of.map(({ timeZone }) => timeZone))
    return { day, count: of.length, firstStartAt: new Date(Math.min(...times)).toISOString(), lastStartAt: new Date(Math.max(...times)).toISOString(), timeZone: others.length === 0 ? (zone ?? null) : null }
  })
}
