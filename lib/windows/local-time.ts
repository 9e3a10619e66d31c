// Local days and times of a zone as instants. Browser-safe. Only Intl knows what the clocks of a zone do.

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** One formatter for each zone: making them is what costs. Null: no such zone on this machine. */
const formatters = new Map<string, Intl.DateTimeFormat | null>()

function formatterOf(zone: string): Intl.DateTimeFormat | null {
  const known = formatters.get(zone)
  if (known !== undefined) return known
  const made = make(zone)
  formatters.set(zone, made)
  return made
}

function make(zone: string): Intl.DateTimeFormat | null {
  try {
    // eslint-disable-next-line no-restricted-syntax -- read here, shown to nobody; an unknown zone must not become UTC
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' })
  } catch {
    return null
  }
}

/** Whether this machine knows the rules of the zone. */
export const isKnownZone = (zone: string): boolean => formatterOf(zone) !== null

/** What the clocks show at an instant, written as if it were UTC, in ms: 02:30 there is 02:30Z here. Whole seconds. Throws for an unknown zone. */
function shownAt(zone: string, atMs: number): number {
  const shown = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/.exec(formatterOf(zone)?.format(atMs) ?? '')
  if (shown === null) throw new RangeError(`No such time zone: ${zone}.`)
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = shown.slice(1).map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

const offsetAt = (zone: string, atMs: number): number => shownAt(zone, atMs) - Math.floor(atMs / 1000) * 1000

/** The day there at an instant, YYYY-MM-DD. Throws for an unknown zone. */
export const localDay = (zone: string, at: Date): string => new Date(shownAt(zone, at.getTime())).toISOString().slice(0, 10)

/** The day so many days later in the calendar, whatever the clocks do. */
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

/** Minutes since midnight of `HH:MM`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** The first instant at which the offset is the later one. Both ends are known, and there is one change between them. */
function changeBetween(zone: string, fromMs: number, toMs: number, later: number): number {
  let before = Math.floor(fromMs / 1000)
  let after = Math.ceil(toMs / 1000)
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (offsetAt(zone, middle * 1000) === later) after = middle
    else before = middle
  }
  return after * 1000
}

/**
 * The first instant at which the clocks of a zone show this minute of this day, or anything later. Where they jump over it,
 * that is the instant of the jump; where they show it twice, it is the first time. `minute` may be 1440 and more: the next day.
 * Throws for an unknown zone. Assumes at most one change of offset within 28 hours (test: every zone, ten years).
 */
export function firstInstantOf(zone: string, day: string, minute: number): Date {
  const target = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS
  // Offsets lie between -12 and +14 hours.
  const from = target - 15 * HOUR_MS
  const to = target + 13 * HOUR_MS
  const early = offsetAt(zone, from)
  const late = offsetAt(zone, to)
  const first = target - early
  if (early === late) return new Date(first)
  const change = changeBetween(zone, from, to, late)
  return new Date(first < change ? first : Math.max(change, target - late))
}
