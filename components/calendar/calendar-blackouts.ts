// Which blackouts stand on a day of the calendar, and what they shut. Pure, so that it can be tested.
import type { BlackoutDto, CalendarDto } from '@/lib/windows/dto'
import { dayMonth } from './calendar-view'

type Holding = Pick<CalendarDto, 'customers' | 'blackouts'>

/** Those on a day that concern a customer, of its sites too; with null those of all that is shown. */
export const blackoutsOn = ({ blackouts }: Pick<CalendarDto, 'blackouts'>, customerId: string | null, day: string): BlackoutDto[] =>
  blackouts.filter(({ customer, firstDay, lastDay }) => (customerId === null || customer === null || customer.id === customerId) && firstDay <= day && day <= lastDay)

/** Whether the whole customer is shut on a day; with null, whether everyone shown is. One of a single site leaves the others open. */
export function isShut(calendar: Holding, customerId: string | null, day: string): boolean {
  if (customerId !== null) return blackoutsOn(calendar, customerId, day).some(({ site }) => site === null)
  if (blackoutsOn(calendar, null, day).some(({ customer }) => customer === null)) return true
  return calendar.customers.length > 0 && calendar.customers.every(({ id }) => isShut(calendar, id, day))
}

/** `Market Hall: blackout to 3 Dec` */
export const blackoutLabel = ({ customer, site, lastDay }: BlackoutDto): string => `${site?.name ?? customer?.name ?? 'All customers'}: blackout to ${dayMonth(lastDay)}`

/** Its name, where it holds and its days, for the hover. */
export function blackoutTitle({ name, customer, site, firstDay, lastDay }: BlackoutDto): string {
  const where = customer === null ? 'at all customers' : site === null ? `at ${customer.name}` : `at ${site.name} of ${customer.name}`
  return `${name}: nothing starts ${where} ${firstDay === lastDay ? `on ${dayMonth(firstDay)}` : `from ${dayMonth(firstDay)} to ${dayMonth(lastDay)}`}`
}
