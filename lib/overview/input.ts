// Browser-safe: pages and routes parse with the same schema.
import { z } from 'zod'

export const readOverviewInput = z.strictObject({ customerId: z.uuid().optional().describe('of this customer alone') })
export type ReadOverviewInput = z.infer<typeof readOverviewInput>
export const latestInput = z.strictObject({ customerId: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(100).default(30) })
