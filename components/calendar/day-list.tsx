'use client'
import { cn } from '@/lib/core/cn'
import { BlackoutMarks } from './blackout-marks'
import { blackoutsOn } from './calendar-blackouts'
import { columnOf, dayMonth, dayName } from './calendar-view'
import { OccurrenceCard } from './occurrence-card'
import { isMisfit, type Shown } from './week-table'

/** The same on a phone: a list by day, of the days on which something is. */
export function DayList({ calendar, days, today, clock, nowMs, onOpen, onBlackout }: Shown) {
  const all = days.map((day) => ({
    day,
    blackouts: blackoutsOn(calendar, null, day),
    items: calendar.customers.flatMap((customer) => customer.items.filter((item) => columnOf(item, clock) === day).map((item) => ({ customer, item }))),
  }))
  return (
    <ol className="border-t border-line-2">
      {all
        .filter(({ day, blackouts, items }) => items.length > 0 || blackouts.length > 0 || day === today)
        .map(({ day, blackouts, items }) => (
          <li key={day} className="border-b border-line-2">
            <h3 className={cn('bg-sunken px-4 py-1.5 text-xs text-text-2', day === today && 'font-semibold text-text')}>
              {dayName(day)} {dayMonth(day).split(' ')[1]}
              {day === today && ', today'}
            </h3>
            <ul className="flex flex-col gap-2 px-4 py-2">
              {items.length === 0 && blackouts.length === 0 && <li className="py-1 text-text-3">No window</li>}
              {blackouts.map((blackout) => (
                <li key={blackout.id}>
                  <BlackoutMarks blackouts={[blackout]} className="w-full rounded-md px-2 text-sm" onBlackout={onBlackout} />
                </li>
              ))}
              {items.map(({ customer, item }) => (
                <li key={item.id}>
                  <span aria-hidden className="block truncate pb-0.5 text-sm font-medium">
                    {customer.name}
                  </span>
                  <OccurrenceCard item={item} customer={customer.name} clock={clock} misfit={isMisfit(calendar, item)} nowMs={nowMs} onOpen={onOpen} />
                </li>
              ))}
            </ul>
          </li>
        ))}
    </ol>
  )
}
