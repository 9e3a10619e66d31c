// Browser-safe: the form and the routes parse with the same schema.
import { z } from 'zod'
import { timeZone } from '@/lib/firewalls/input'
import { addDays, minutesOf } from './local-time'
import { WINDOW_MINUTES_MIN } from './words'

const isDay = (text: string): boolean => /^20\d{2}-\d{2}-\d{2}$/.test(text) && addDaysOrNull(text) === text
const addDaysOrNull = (text: string): string | null => (Number.isNaN(Date.parse(`${text}T00:00:00Z`)) ? null : addDays(text, 0))

const name = z.string().trim().min(1, 'Give it a name.').max(80, 'At most 80 characters.')
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time such as 02:00.')
const day = z.string().refine(isDay, 'A day such as 2026-12-24.')
const weekdays = z.array(z.number().int().min(1).max(7)).max(7).describe('1 = Monday … 7 = Sunday; empty when it is by dates')
const dates = z.array(day).max(100, 'At most 100 dates.').describe('days on which it opens; empty when it is weekly')

type Times = { weekdays: number[]; dates: string[]; earliestStart: string; latestStart: string; hardEnd: string }
const hours = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`)

/** What is wrong with times that are each well formed; one sentence for the field to change. */
function wrongTimes({ weekdays, dates, earliestStart, latestStart, hardEnd }: Times): { field: keyof Times; message: string } | null {
  const start = minutesOf(earliestStart)
  const end = minutesOf(hardEnd)
  const length = (end - start + 1440) % 1440
  const latest = (minutesOf(latestStart) - start + 1440) % 1440
  if (weekdays.length === 0 && dates.length === 0) return { field: 'weekdays', message: 'Choose a day of the week, or dates.' }
  if (weekdays.length > 0 && dates.length > 0) return { field: 'dates', message: 'Days of the week or dates, not both.' }
  if (end < start && length > 720) return { field: 'hardEnd', message: `It ends before it starts. Over midnight it would last ${hours(length)}; at most 12 h.` }
  if (length < WINDOW_MINUTES_MIN) return { field: 'hardEnd', message: length === 0 ? 'It ends when it starts.' : `It lasts ${length} min. An update with its reboot takes at least ${WINDOW_MINUTES_MIN} min.` }
  if (latest >= length) return { field: 'latestStart', message: 'The latest start lies between the earliest start and the hard end.' }
  return null
}

const times = { timeZone, weekdays: weekdays.default([]), dates: dates.default([]), earliestStart: time, latestStart: time, hardEnd: time }
const checkTimes = (value: Times, context: z.RefinementCtx): void => {
  const wrong = wrongTimes(value)
  if (wrong) context.addIssue({ code: 'custom', path: [wrong.field], message: wrong.message })
}

/** The times alone, for a plan that brings a window of its own. */
export const windowTimes = z.strictObject(times).superRefine(checkTimes)
/** Of a customer, narrowed to one of its sites or one of its firewalls. */
export const createWindowInput = z.strictObject({ name, customerId: z.uuid(), siteId: z.uuid().nullable().default(null), firewallId: z.uuid().nullable().default(null), enabled: z.boolean().default(true), ...times }).superRefine(checkTimes)
/** All of it at once: its times are judged together. */
export const editWindowInput = z.strictObject({ id: z.uuid(), name, enabled: z.boolean(), ...times }).superRefine(checkTimes)
export const windowId = z.strictObject({ id: z.uuid() })
export const listWindowsInput = z.strictObject({
  customerId: z.uuid().optional(),
  firewallId: z.uuid().optional().describe('those that count for this firewall: its own, else those of its site, else those of its customer'),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  cursor: z.string().max(400).optional(),
})
export type CreateWindow = z.output<typeof createWindowInput>
export type EditWindow = z.output<typeof editWindowInput>
export type ListWindows = z.output<typeof listWindowsInput>

const span = { firstDay: day, lastDay: day }
const BLACKOUT_DAYS_MAX = 366
const checkSpan = (value: { firstDay: string; lastDay: string }, context: z.RefinementCtx): void => {
  const days = (Date.parse(value.lastDay) - Date.parse(value.firstDay)) / 86_400_000
  if (days < 0) context.addIssue({ code: 'custom', path: ['lastDay'], message: 'It ends before it begins.' })
  if (days >= BLACKOUT_DAYS_MAX) context.addIssue({ code: 'custom', path: ['lastDay'], message: 'At most a year.' })
}
/** Without customer and site: nowhere does anything start on these days. */
export const createBlackoutInput = z.strictObject({ name, customerId: z.uuid().nullable().default(null), siteId: z.uuid().nullable().default(null), ...span }).superRefine(checkSpan)
export const editBlackoutInput = z.strictObject({ id: z.uuid(), name, ...span }).superRefine(checkSpan)
export const blackoutId = z.strictObject({ id: z.uuid() })
export const listBlackoutsInput = z.strictObject({
  customerId: z.uuid().optional().describe('those that hold for this customer, those of the installation too'),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  cursor: z.string().max(400).optional(),
})
export type CreateBlackout = z.output<typeof createBlackoutInput>
export type EditBlackout = z.output<typeof editBlackoutInput>
export type ListBlackouts = z.output<typeof listBlackoutsInput>

export const calendarInput = z.strictObject({ from: day.describe('the first day'), days: z.coerce.number().int().min(1).max(42).default(7), customerId: z.uuid().optional() })
export type CalendarInput = z.output<typeof calendarInput>
