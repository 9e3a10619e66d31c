// Browser-safe: forms and routes parse with the same schemas.
import { z } from 'zod'
import { UPDATE_STATES } from './states'

export const updateJobId = z.strictObject({ id: z.uuid() })
const because = z.string().trim().min(3, 'Say why, in a few words.').max(500, 'At most 500 characters.')

export const listUpdateJobsInput = z.strictObject({
  planId: z.uuid().optional(),
  firewallId: z.uuid().optional(),
  customerId: z.uuid().optional(),
  ringId: z.uuid().optional(),
  state: z.enum(UPDATE_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type ListUpdateJobs = z.output<typeof listUpdateJobsInput>

export const decideInput = z.strictObject({ id: z.uuid(), because: because.describe('kept with the job and in the audit log') })
export type Decide = z.output<typeof decideInput>
