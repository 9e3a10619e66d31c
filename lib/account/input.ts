// Browser-safe: the form and the route parse with the same schema.
import { z } from 'zod'
import { PASSWORD_LENGTH_MAX, password } from '@/lib/auth/input'

export const RECOVERY_CODE_COUNT = 10
export const changeNameInput = z.strictObject({ name: z.string().trim().min(1, 'Enter your name.').max(80, 'At most 80 characters.') })
/** The current password, so that an unlocked screen is not enough. */
export const changePasswordInput = z.strictObject({ currentPassword: z.string().min(1).max(PASSWORD_LENGTH_MAX), password })
export const confirmSecondFactorInput = z.strictObject({ code: z.string().trim().regex(/^\d{3} ?\d{3}$/, 'Six digits, as the authenticator shows them.') })
export const sessionIdInput = z.strictObject({ id: z.uuid() })

/** A new secret, not yet in force. `qr` is a square of `size` modules: an SVG path in module units. */
export const newSecondFactorDto = z.object({ secret: z.string(), uri: z.string(), qr: z.object({ size: z.number(), path: z.string() }) })
export type NewSecondFactorDto = z.infer<typeof newSecondFactorDto>
/** Shown once. */
export const recoveryCodesDto = z.object({ codes: z.array(z.string()) })
export type RecoveryCodesDto = z.infer<typeof recoveryCodesDto>
export const accountDto = z.object({
  name: z.string(),
  email: z.string(),
  /** `demanded` of this person; `installationAsks` of anybody at all. */
  secondFactor: z.object({ on: z.boolean(), since: z.string().nullable(), demanded: z.boolean(), installationAsks: z.boolean(), recoveryCodesLeft: z.number() }),
  passwordChangedAt: z.string().nullable(),
})
export type AccountDto = z.infer<typeof accountDto>
export const ownSessionDto = z.object({
  id: z.uuid(),
  isThis: z.boolean(),
  browser: z.string(),
  address: z.string().nullable(),
  lastAddress: z.string().nullable(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  endsAt: z.string(),
  secondFactor: z.boolean(),
})
export type OwnSessionDto = z.infer<typeof ownSessionDto>
export const ownSessionsDto = z.object({ items: z.array(ownSessionDto) })
