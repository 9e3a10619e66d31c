// Browser-safe: the pages and the routes parse with the same schema.
import { z } from 'zod'

export const reportMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'A month, as 2026-11.')
export const readReportInput = z.strictObject({ customerId: z.uuid(), month: reportMonth.optional().describe('the last month that is over when it is not given') })
export type ReadReportInput = z.infer<typeof readReportInput>
export const listReportsInput = z.strictObject({
  search: z.string().trim().max(200).optional().describe('part of the name of the customer'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional(),
})
export type ListReportsInput = z.infer<typeof listReportsInput>
