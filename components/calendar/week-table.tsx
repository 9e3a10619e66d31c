'use client'
import { cn } from '@/lib/core/cn'
import { plural } from '@/lib/format/numbers'
import type { BlackoutDto, CalendarDto, CalendarItem } from '@/lib/windows/dto'
import { BlackoutMarks, HATCHED } from './blackout-marks'
import { blackoutsOn, isShut } from './calendar-blackouts'
import { columnOf, dayName, type CalendarView } from './calendar-view'
import { OccurrenceCard } from './occurrence-card'

export type Shown = { calendar: CalendarDto; days: readonly string[]; today: string; clock: CalendarView['clock']; nowMs: number; onOpen: (item: CalendarItem) => void; onBlackout: (blackout: BlackoutDto) => void }
type Customer = CalendarDto['customers'][number]

export const isMisfit = (calendar: CalendarDto, item: CalendarItem): boolean => item.skipped !== null && item.jobs.waiting > 0 && calendar.misfits.some(({ kind, window }) => kind === 'shut' && window?.id === item.window?.id)
const jobsOn = ({ calendar, clock }: Shown, day: string): number => calendar.customers.reduce((sum, { items }) => sum + items.reduce((own, item) => own + (columnOf(item, clock) === day ? item.jobs.total : 0), 0), 0)
const zonesOf = ({ timeZones }: Customer): string => (timeZones.length > 2 ? `${timeZones.length} zones` : timeZones.join(' and ') || 'no window')

/** Customers down, days across. */
export function WeekTable(shown: Shown) {
  const { calendar, days, today } = shown
  return (
    <div className="overflow-x-auto border-t border-line-2">
      <table className="w-full min-w-[60rem] table-fixed border-collapse">
        <caption className="sr-only">Maintenance windows and jobs by customer and day</caption>
        <thead>
          <tr className="bg-sunken">
            <th scope="col" className="w-[11.5rem] border-b border-line-2">
              <span className="sr-only">Customer</span>
            </th>
            {days.map((day) => (
              <th key={day} scope="col" aria-current={day === today ? 'date' : undefined} className={cn('border-b border-l border-line-2 px-2 py-1.5 text-left font-normal', day === today && 'shadow-[inset_0_2px_0_var(--text)]')}>
                <span className="flex items-baseline justify-between gap-1">
                  <span className={cn('whitespace-nowrap', day === today && 'font-semibold')}>{dayName(day)}</span>
                  {jobsOn(shown, day) > 0 && <span className="text-xs whitespace-nowrap text-text-3">{plural(jobsOn(shown, day), 'job')}</span>}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {/* One of all customers has its mark where none has a window, too. */}
          {calendar.customers.length === 0 && (
            <tr className="border-b border-line">
              <th scope="row" className="px-5 py-2 text-left align-top font-medium">
                All customers
              </th>
              {days.map((day) => (
                <td key={day} className={cn('h-[60px] border-l border-line p-1 align-top', isShut(calendar, null, day) && HATCHED)}>
                  <BlackoutMarks blackouts={blackoutsOn(calendar, null, day)} onBlackout={shown.onBlackout} />
                </td>
              ))}
            </tr>
          )}
          {calendar.customers.map((customer) => (
            <tr key={customer.id} className="border-b border-line">
              <th scope="row" className="px-5 py-2 text-left align-top font-normal">
                <span className="block truncate font-medium">{customer.name}</span>
                <span className="block truncate text-xs text-text-3" title={customer.timeZones.join(', ')}>
                  {zonesOf(customer)}, {customer.firewallCount}
                  <span className="sr-only"> firewalls</span>
                </span>
              </th>
              {days.map((day) => (
                <DayCell key={day} customer={customer} day={day} {...shown} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function DayCell({ customer, day, calendar, today, clock, nowMs, onOpen, onBlackout }: Shown & { customer: Customer; day: string }) {
  const items = customer.items.filter((item) => columnOf(item, clock) === day)
  const shut = isShut(calendar, customer.id, day)
  return (
    <td className={cn('h-[60px] border-l border-line p-1 align-top', day === today && 'bg-sunken', shut && HATCHED)}>
      {shut && <span className="sr-only">Nothing starts</span>}
      <div className="flex flex-col gap-1">
        <BlackoutMarks blackouts={blackoutsOn(calendar, customer.id, day)} onBlackout={onBlackout} />
        {items.map((item) => (
          <OccurrenceCard key={item.id} item={item} customer={customer.name} clock={clock} misfit={isMisfit(calendar, item)} nowMs={nowMs} onOpen={onOpen} />
        ))}
      </div>
    </td>
  )
}
