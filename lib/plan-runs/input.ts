// Browser-safe.
import { z } from 'zod'
import { RUN_ROWS, RUN_ROWS_MAX } from './words'

export const planRunInput = z.strictObject({
  id: z.uuid(),
  rows: z.coerce.number().int().min(1).max(RUN_ROWS_MAX).default(RUN_ROWS).describe('jobs of each ring at most'),
  each: z.enum(['true', 'false']).default('false').describe('true: also each one that starts in a later night, which else are told night by night'),
})
export type PlanRunInput = z.output<typeof planRunInput>

export const planReportInput = z.strictObject({ id: z.uuid(), customerId: z.uuid().optional().describe('of this customer alone') })
export type PlanReportInput = z.output<typeof planReportInput>
