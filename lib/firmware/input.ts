// Browser-safe.
import { z } from 'zod'

export const versionsInput = z.strictObject({ customerId: z.uuid().optional().describe('of this customer alone') })
export type VersionsInput = z.infer<typeof versionsInput>
