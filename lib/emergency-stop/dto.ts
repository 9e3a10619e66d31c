// Browser-safe.
import { z } from 'zod'

export const emergencyStopDto = z.object({
  /** The stop that is in force; null = firmware work goes on. */
  stop: z.object({ at: z.string().describe('ISO 8601, UTC'), by: z.string(), reason: z.string() }).nullable(),
  /** Of the customers that one may see: updates that have begun and still finish, because nothing stops an installation. */
  finishing: z.number(),
  /** Jobs that have not started their update and wait. */
  waiting: z.number(),
})
export type EmergencyStopDto = z.infer<typeof emergencyStopDto>
