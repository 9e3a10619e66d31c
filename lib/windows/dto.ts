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
