'use client'
import { cn } from '@/lib/core/cn'
import { WEEKDAYS } from '@/lib/windows/words'
import { BlackoutMarks, HATCHED } from './blackout-marks'
import { blackoutsOn, isShut } from './calendar-blackouts'
import { columnOf, dayName } from './calendar-view'
import { OccurrenceCard } from './occurrence-card'
import { isMisfit, type Shown } from './week-table'

/** So many of a day are shown; the week shows all. */
const SHOWN_MAX = 4

/** Weeks down, days across: what is on a day over all customers. */
export function MonthTable({ month, onDay, ...shown }: Shown & { /** YYYY-MM */ month: string; onDay: (day: string) => void }) {
  const weeks = Array.from({ length: shown.days.length / 7 }, (_, week) => shown.days.slice(week * 7, week * 7 + 7))
  return (
    <div className="overflow-x-auto border-t border-line-2">
      <table className="w-full min-w-[60rem] table-fixed border-collapse">
        <caption className="sr-only">Maintenance windows and jobs by day</caption>
        <thead>
          <tr className="bg-sunken">
            {WEEKDAYS.map(([number, short, long]) => (
              <th key={number} scope="col" abbr={long} className="border-b border-line-2 px-2 py-1.5 text-left font-normal not-first:border-l">
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]} className="border-b border-line">
              {week.map((day) => (
                <MonthCell key={day} day={day} outside={!day.startsWith(month)} onDay={onDay} {...shown} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function MonthCell({ day, outside, onDay, calendar, today, clock, nowMs, onOpen, onBlackout }: Shown & { day: string; outside: boolean; onDay: (day: string) => void }) {
  const all = calendar.customers.flatMap((customer) => customer.items.filter((item) => columnOf(item, clock) === day).map((item) => ({ customer, item })))
  // Those with jobs first: an empty window is no news in a month, and one that is shut is less.
  const shown = all.toSorted((a, b) => b.item.jobs.total - a.item.jobs.total || Number(a.item.skipped !== null) - Number(b.item.skipped !== null) || a.item.opensAt.localeCompare(b.item.opensAt)).slice(0, SHOWN_MAX)
  const blackouts = blackoutsOn(calendar, null, day)
  const more = Math.max(0, all.length - SHOWN_MAX) + Math.max(0, blackouts.length - SHOWN_MAX)
  return (
    <td aria-current={day === today ? 'date' : undefined} className={cn('h-28 border-line p-1 align-top not-first:border-l', day === today && 'bg-sunken shadow-[inset_0_2px_0_var(--text)]', isShut(calendar, null, day) && HATCHED)}>
      <button type="button" onClick={() => onDay(day)} title="Show its week" className={cn('min-h-6 min-w-6 rounded-sm px-1 text-left text-xs hover:bg-hover hover:underline', outside ? 'text-text-3' : 'text-text-2', day === today && 'font-semibold text-text')}>
        <span className="sr-only">{dayName(day).slice(0, 4)}</span>
        {Number(day.slice(8))}
      </button>
      <BlackoutMarks blackouts={blackouts.slice(0, SHOWN_MAX)} className="mb-1 block truncate" onBlackout={onBlackout} />
      <ul className="flex flex-col gap-0.5">
        {shown.map(({ customer, item }) => (
          <li key={item.id} className="min-w-0">
            <span aria-hidden className="block truncate px-0.5 text-2xs text-text-3">
              {customer.name}
            </span>
            <OccurrenceCard item={item} customer={customer.name} clock={clock} misfit={isMisfit(calendar, item)} nowMs={nowMs} compact onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <button type="button" onClick={() => onDay(day)} className="min-h-6 px-1 text-xs text-act hover:underline">
          {more} more
        </button>
      )}
    </td>
  )
}
