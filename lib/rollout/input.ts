// Browser-safe: forms and routes parse with the same schemas.
import { z } from 'zod'

export const pauseInput = z.strictObject({ id: z.uuid() })
const because = z.string().trim().min(3, 'Say why, in a few words.').max(500, 'At most 500 characters.')
export const steerInput = z.strictObject({ id: z.uuid(), because: because.describe('kept with the plan and in the audit log') })
export type Steer = z.output<typeof steerInput>
