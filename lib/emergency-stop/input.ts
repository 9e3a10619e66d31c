// Browser-safe.
import { z } from 'zod'

export const readStopInput = z.strictObject({})
/** One click: the reason may be given, and need not. */
export const stopInput = z.strictObject({ reason: z.string().trim().max(500, 'At most 500 characters.').default('').describe('told to everybody whose job waits for it') })
export const liftStopInput = z.strictObject({})
