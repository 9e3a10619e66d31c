// Browser-safe: the form and the route parse with the same schema.
import { z } from 'zod'
import { ROLES } from '@/lib/auth/roles'

export const TOKEN_DAYS_MAX = 3650
export const createTokenInput = z.strictObject({
  name: z.string().trim().min(1, 'Say what it is for.').max(80, 'At most 80 characters.'),
  role: z.enum(ROLES),
  /** Null: all customers of its operator. */
  customerIds: z.array(z.uuid()).min(1, 'Choose at least one customer.').max(200, 'At most 200 customers.').nullable(),
  days: z.number().int('Whole days.').min(1, 'At least one day.').max(TOKEN_DAYS_MAX, `At most ${TOKEN_DAYS_MAX} days.`),
})
export const tokenId = z.strictObject({ id: z.uuid() })
/** `operatorId` of someone else: for who may manage that operator. Without it: one's own. */
export const listTokensInput = z.strictObject({
  operatorId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  cursor: z.string().max(400).optional(),
})
export const tokenDto = z.object({
  id: z.uuid(),
  name: z.string(),
  operatorId: z.uuid(),
  operatorName: z.string(),
  role: z.enum(ROLES),
  /** Null: all customers of its operator. */
  customers: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
  state: z.enum(['live', 'expired', 'revoked']),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
})
export type TokenDto = z.infer<typeof tokenDto>
/** `secret` is in the first answer alone; null when the same Idempotency-Key is sent again. */
export const newTokenDto = tokenDto.extend({ secret: z.string().nullable() })
export type NewTokenDto = z.infer<typeof newTokenDto>
