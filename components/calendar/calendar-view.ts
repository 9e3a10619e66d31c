// The view of the calendar as it stands in the address. Pure, so that it can be tested.
import { aheadOf, formatClock, formatDayMonth, ownTimeZone } from '@/lib/format/dates'
import type { CalendarItem } from '@/lib/windows/dto'
import { addDays, localDay, weekdayOf } from '@/lib/windows/local-time'

export type CalendarView = { span: 'week' | 'month'; clock: 'site' | 'own'; /** A day within what is shown; null = today. */ on: string | null }

/** What is not understood counts as not said, so that an old link still opens. */
export function readCalendarView(params: { get: (name: string) => string | null }): CalendarView {
  const on = params.get('on') ?? ''
  const known = /^20\d{2}-\d{2}-\d{2}$/.test(on) && !Number.isNaN(Date.parse(on))
  return { span: params.get('span') === 'month' ? 'month' : 'week', clock: params.get('clock') === 'own' ? 'own' : 'site', on: known ? addDays(on, 0) : null }
}

/** Writes a change into a query, leaving whatever else it holds. */
export function writeCalendarView(query: string, { span, clock, on }: Partial<CalendarView>): string {
  const params = new URLSearchParams(query)
  const set = (name: string, value: string | null): void => (value === null ? params.delete(name) : params.set(name, value))
  if (span !== undefined) set('span', span === 'week' ? null : span)
  if (clock !== undefined) set('clock', clock === 'site' ? null : clock)
  if (on !== undefined) set('on', on)
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

/** The Monday of a day's week. */
const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day))
const firstOf = (day: string): string => `${day.slice(0, 8)}01`

/** The days that are shown: a week, or the whole weeks of a month. */
export function daysOf({ span }: Pick<CalendarView, 'span'>, on: string): string[] {
  const from = mondayOf(span === 'week' ? on : firstOf(on))
  const next = firstOf(addDays(firstOf(on), 31))
  const count = span === 'week' ? 7 : Math.ceil((Date.parse(next) - Date.parse(from)) / (7 * 86_400_000)) * 7
  return Array.from({ length: count }, (_, at) => addDays(from, at))
}

/** A day of what is shown before or after. */
export const stepOf = ({ span }: Pick<CalendarView, 'span'>, on: string, by: -1 | 1): string => (span === 'week' ? addDays(on, 7 * by) : firstOf(by === 1 ? addDays(firstOf(on), 31) : addDays(firstOf(on), -1)))

/** Week of the year by ISO 8601: the one with its Thursday. */
export function weekNumber(day: string): number {
  const thursday = addDays(mondayOf(day), 3)
  return 1 + Math.floor((Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`)) / (7 * 86_400_000))
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const
const monthOf = (day: string): string => MONTHS[Number(day.slice(5, 7)) - 1] ?? ''

/** `23 to 29 November 2026`, `November 2026`. */
export function titleOf({ span }: Pick<CalendarView, 'span'>, on: string): string {
  if (span === 'month') return `${monthOf(on)} ${on.slice(0, 4)}`
  const [from, to] = [mondayOf(on), addDays(mondayOf(on), 6)]
  const year = from.slice(0, 4) === to.slice(0, 4) ? '' : ` ${from.slice(0, 4)}`
  const month = monthOf(from) === monthOf(to) ? '' : ` ${monthOf(from)}`
  return `${Number(from.slice(8))}${month}${year} to ${Number(to.slice(8))} ${monthOf(to)} ${to.slice(0, 4)}`
}

/** `Thu 26` */
export const dayName = (day: string): string => `${['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][weekdayOf(day)]} ${Number(day.slice(8))}`
/** `26 Nov` */
export const dayMonth = (day: string): string => formatDayMonth(`${day}T00:00:00Z`, 'UTC')

/** The day under which an occurrence stands: that of the site, or the one on the viewer's clock. */
export const columnOf = (item: CalendarItem, clock: CalendarView['clock']): string => (clock === 'site' && item.window ? item.day : localDay(ownTimeZone(), new Date(item.opensAt)))

/**
 * `02:00–04:00`, with what has to be added to see the viewer's time where it differs: `+1 h`. Jobs of a plan's own window may
 * lie in several zones; they stand on the viewer's clock, which is said where all else stands on that of the site.
 */
export function timesOf({ opensAt, endsAt, window }: Pick<CalendarItem, 'opensAt' | 'endsAt' | 'window'>, clock: CalendarView['clock']): { times: string; ahead: string } {
  const zone = clock === 'site' ? window?.timeZone : undefined
  return { times: `${formatClock(opensAt, zone)}–${formatClock(endsAt, zone)}`, ahead: clock === 'own' ? '' : window === null ? 'your clock' : aheadOf(opensAt, window.timeZone) }
}
