import { z } from 'zod'
import { updateCheck } from './dto'

const checks = z.object({ preflight: z.array(updateCheck), verification: z.array(updateCheck) })
/** Checks as stored with a job; none where none were, or by another version. */
export function storedChecks(stored: unknown): z.infer<typeof checks> {
  const parsed = checks.safeParse(stored)
  return parsed.success ? parsed.data : { preflight: [], verification: [] }
}
