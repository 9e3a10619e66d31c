// Browser-safe: the form and the route parse with the same schema.
import { z } from 'zod'
import { ROLES } from './roles'

export const PASSWORD_LENGTH_MIN = 15
export const PASSWORD_LENGTH_MAX = 256
export const email = z.email('Not an e-mail address.').max(200, 'At most 200 characters.').transform((text) => text.toLowerCase())
export const password = z
  .string()
  .min(PASSWORD_LENGTH_MIN, `At least ${PASSWORD_LENGTH_MIN} characters; a few words in a row are good.`)
  .max(PASSWORD_LENGTH_MAX, `At most ${PASSWORD_LENGTH_MAX} characters.`)
export const setUpInput = z.strictObject({ token: z.string().min(1).max(200), name: z.string().trim().min(1, 'Enter your name.').max(80), email, password })
export const signInInput = z.strictObject({ email, password: z.string().min(1).max(PASSWORD_LENGTH_MAX) })
/** What the provider `second-factor` takes: a code of the authenticator or a recovery code, or the password of who has neither. */
export const proofInput = z.strictObject({ code: z.string().min(1).max(64).optional(), password: z.string().min(1).max(PASSWORD_LENGTH_MAX).optional() })

export const meDto = z.object({
  kind: z.enum(['operator', 'token']),
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  /** The highest role in any scope. */
  role: z.enum(ROLES),
  /** What the session still has to give before anything else: a code, or setting up a second factor. */
  owes: z.enum(['code', 'enrol']).nullable(),
  /** How this person proves a step-up, and until when the last proof counts. Null for a token. */
  stepUp: z.object({ proof: z.enum(['code', 'password']), freshUntil: z.string().nullable() }).nullable(),
  scopes: z.array(z.object({ role: z.enum(ROLES), customerId: z.string().nullable() })),
})
export type MeDto = z.infer<typeof meDto>
