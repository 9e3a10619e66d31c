// What the API says of windows and blackouts. Browser-safe.
import { z } from 'zod'

const named = z.object({ id: z.uuid(), name: z.string() })

export const occurrenceDto = z.object({
  /** Window and local day: `<window id>:2026-11-28`. */
  id: z.string(),
  windowId: z.uuid(),
  day: z.string(),
  opensAt: z.string(),
  /** Nothing starts at this time or later. */
  startsUntil: z.string(),
  /** The hard end. */
  endsAt: z.string(),
  skipped: z.object({ reason: z.enum(['blackout', 'clocks']), blackout: z.string().nullable() }).nullable(),
})

export const windowDto = z.object({
  id: z.uuid(),
  name: z.string(),
  customer: named,
  /** Null in both: it counts for all firewalls of the customer that have no narrower one. */
  site: named.nullable(),
  firewall: named.nullable(),
  timeZone: z.string(),
  weekdays: z.array(z.number()),
  dates: z.array(z.string()),
  earliestStart: z.string(),
  latestStart: z.string(),
  hardEnd: z.string(),
  enabled: z.boolean(),
  /** When it opens next, or is open now; null when it does not within 800 days. */
  next: occurrenceDto.nullable(),
  createdAt: z.string(),
  changedAt: z.string(),
  etag: z.string(),
})
export type WindowDto = z.infer<typeof windowDto>

export const blackoutDto = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Null in both: it holds everywhere. */
  customer: named.nullable(),
  site: named.nullable(),
  firstDay: z.string(),
  lastDay: z.string(),
  createdAt: z.string(),
  etag: z.string(),
})
export type BlackoutDto = z.infer<typeof blackoutDto>

/** Jobs of plans in one occurrence, by what becomes of them. */
export const calendarJobs = z.object({ total: z.number(), waiting: z.number(), underWay: z.number(), succeeded: z.number(), failed: z.number(), needsPerson: z.number(), leftOut: z.number() })
export type CalendarJobs = z.infer<typeof calendarJobs>

export const calendarItem = occurrenceDto.omit({ windowId: true }).extend({
  /** Null: jobs of a plan that brings its own window. */
  window: z.object({ id: z.uuid(), name: z.string(), timeZone: z.string() }).nullable(),
  /** The site or firewall that it is of; null = of the whole customer. */
  place: z.string().nullable(),
  plans: z.array(named),
  jobs: calendarJobs,
})
export type CalendarItem = z.infer<typeof calendarItem>

/** `shut`: jobs wait in a window that does not open then any more. `held`: jobs that wait for a person. */
export const calendarMisfit = z.object({ kind: z.enum(['shut', 'held']), customer: named, window: named.nullable(), plan: named.nullable(), day: z.string(), jobs: z.number() })
export type CalendarMisfit = z.infer<typeof calendarMisfit>

export const calendarDto = z.object({
  customers: z.array(z.object({ id: z.uuid(), name: z.string(), firewallCount: z.number(), timeZones: z.array(z.string()), items: z.array(calendarItem) })),
  /** Customers within the scope that have no window and no job then. */
  without: z.number(),
  /** True: there are more windows than one answer holds; choose a customer. */
  truncated: z.boolean(),
  blackouts: z.array(blackoutDto),
  misfits: z.array(calendarMisfit),
  /** Windows that are switched off; they open on no day. `place` as of an item. */
  off: z.array(z.object({ id: z.uuid(), name: z.string(), customer: named, place: z.string().nullable() })),
})
export type CalendarDto = z.infer<typeof calendarDto>
