'use client'
import { cn } from '@/lib/core/cn'
import { WEEKDAYS } from '@/lib/windows/words'
import { columnOf, dayName } from './calendar-view'
import { OccurrenceCard } from './occurrence-card'
import { blackoutOn, HATCHED, isMisfit, type Shown } from './week-table'

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
  const all = calendar.customers.flatMap((customer) => customer.items.filter((item) => columnOf(item, clock) === day && (item.skipped?.reason !== 'blackout' || item.jobs.total > 0)).map((item) => ({ customer, item })))
  // Those with jobs first: an empty window is no news in a month.
  const shown = all.toSorted((a, b) => b.item.jobs.total - a.item.jobs.total || a.item.opensAt.localeCompare(b.item.opensAt)).slice(0, SHOWN_MAX)
  const everywhere = blackoutOn(calendar, '', day)
  return (
    <td aria-current={day === today ? 'date' : undefined} className={cn('h-28 border-line p-1 align-top not-first:border-l', day === today && 'bg-sunken shadow-[inset_0_2px_0_var(--text)]', everywhere && HATCHED)}>
      <button type="button" onClick={() => onDay(day)} title="Show its week" className={cn('min-h-6 min-w-6 rounded-sm px-1 text-left text-xs hover:bg-hover hover:underline', outside ? 'text-text-3' : 'text-text-2', day === today && 'font-semibold text-text')}>
        <span className="sr-only">{dayName(day).slice(0, 4)}</span>
        {Number(day.slice(8))}
      </button>
      {everywhere && (
        <button type="button" onClick={() => onBlackout(everywhere)} className="mb-1 block min-h-6 max-w-full truncate rounded-sm border border-line-2 bg-surface px-1.5 text-xs text-text-2 hover:bg-hover">
          {everywhere.name}
        </button>
      )}
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
      {all.length > SHOWN_MAX && (
        <button type="button" onClick={() => onDay(day)} className="min-h-6 px-1 text-xs text-act hover:underline">
          {all.length - SHOWN_MAX} more
        </button>
      )}
    </td>
  )
}
