// What a card of the calendar says. Pure, so that it can be tested.
import { formatExact } from '@/lib/format/dates'
import type { CalendarItem } from '@/lib/windows/dto'
import { SKIP_REASONS } from '@/lib/windows/words'

/** `Shut: Christmas trade` */
export const shutBy = ({ blackout }: NonNullable<CalendarItem['skipped']>): string => (blackout === null ? 'Shut' : `Shut: ${blackout}`)

/** The exact times, what is shut by what, and whose jobs are in it, for the hover. */
export function cardTitle({ opensAt, window, skipped, plans }: Pick<CalendarItem, 'opensAt' | 'window' | 'skipped' | 'plans'>): string {
  const times = `${formatExact(opensAt)} for you${window ? `, ${formatExact(opensAt, window.timeZone)} there` : ''}.`
  const shut = skipped === null ? '' : ` ${skipped.reason === 'blackout' && skipped.blackout !== null ? `Shut by the blackout ${skipped.blackout}: nothing starts on this day.` : SKIP_REASONS[skipped.reason]}`
  const of = plans.length === 0 ? '' : ` Jobs of ${plans.map(({ name }) => name).join(', ')}.`
  return `${times}${shut}${of}`
}
