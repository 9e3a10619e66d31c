// Browser-safe: the form and the route parse with the same schema.
import { z } from 'zod'
import { intervalsInput } from '@/lib/polling/intervals'

export const readVisitsInput = z.strictObject({ customerId: z.uuid().optional() })
export const placeId = z.strictObject({ id: z.uuid() })
/** Replaces all that was decided: what is absent is inherited. */
export const editIntervalsInput = intervalsInput
export const editPlaceIntervalsInput = intervalsInput.extend({ id: z.uuid() })

export const effectiveDto = z.object({ status: z.number(), neighbours: z.number(), vpn: z.number(), rules: z.number(), dailyCheck: z.boolean(), quietHours: z.object({ from: z.string(), to: z.string() }) })
export const intervalsDto = z.object({
  /** What is decided here; what is absent or null is inherited. */
  own: intervalsInput,
  /** What the levels above say together. */
  inherited: effectiveDto,
  effective: effectiveDto,
  etag: z.string(),
})
export type IntervalsDto = z.infer<typeof intervalsDto>

/** How late the visits of the firewalls in scope are at this moment. No names, because it is shown on every page. */
export const visitsDto = z.object({
  /** Seconds that half of all firewalls, and 19 of 20, wait for a visit that is due; 0 while all are in time. */
  lagP50Seconds: z.number(),
  lagP95Seconds: z.number(),
  firewalls: z.number(),
  /** Due or under way now. */
  due: z.number(),
  /** Due for longer than one of their intervals. */
  overdue: z.number(),
  /** Silent, so visited less often than they should be. */
  backingOff: z.number(),
  /** Workers of the installation that were heard of in the last minute. */
  workers: z.number(),
})
export type VisitsDto = z.infer<typeof visitsDto>
