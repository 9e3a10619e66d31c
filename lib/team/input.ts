// Browser-safe: the form and the route parse with the same schema.
import { z } from 'zod'
import { email, password } from '@/lib/auth/input'
import { ROLES } from '@/lib/auth/roles'

export const JOIN_HOURS = 48
export const RESET_HOURS = 48
const name = z.string().trim().min(1, 'Enter a name.').max(80, 'At most 80 characters.')
const linkToken = z.string().min(20).max(200)

/** A role for all customers (null), or for one. */
const grant = z.strictObject({ role: z.enum(ROLES), customerId: z.uuid().nullable() })
const grants = z.array(grant).max(200, 'At most 200 roles.')
export type GrantInput = z.output<typeof grant>

export const OPERATOR_STATES = ['invited', 'active', 'disabled'] as const
export const operatorId = z.strictObject({ id: z.uuid() })
export const inviteOperatorInput = z.strictObject({ email, name, grants: grants.min(1, 'Give at least one role.') })
/** `grants` are all those within the caller's scope. None may be left there when the operator has others elsewhere. */
export const editOperatorInput = z.strictObject({ id: z.uuid(), name: name.optional(), grants: grants.optional() })
export const disableOperatorInput = z.strictObject({ id: z.uuid(), disabled: z.boolean() })
export const removeOperatorInput = z.strictObject({ id: z.uuid(), confirmEmail: z.string().max(200) })
export const listOperatorsInput = z.strictObject({
  search: z.string().trim().max(200).optional(),
  state: z.enum(OPERATOR_STATES).optional(),
  customerId: z.uuid().optional(),
  /** Who has, or has not, a second factor. */
  secondFactor: z.enum(['yes', 'no']).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  cursor: z.string().max(400).optional(),
})
/** What the page behind a link shows before anything is entered. Sent as a body, so that no log holds the link. */
export const lookAtLinkInput = z.strictObject({ token: linkToken })
export const useLinkInput = z.strictObject({ token: linkToken, name: name.optional(), password })

/**
 * `grants` are those within the caller's scope. `mayChange` says whether the caller may disable, reset or remove this
 * operator: only who manages operators in every scope of theirs with at least the same role, and never oneself.
 */
export const operatorDto = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  state: z.enum(OPERATOR_STATES),
  grants: z.array(z.object({ role: z.enum(ROLES), customerId: z.string().nullable(), customerName: z.string().nullable() })),
  secondFactor: z.boolean(),
  /** Whether the installation demands one of this operator, judged by the grants shown here. */
  secondFactorDemanded: z.boolean(),
  mayChange: z.boolean(),
  isYou: z.boolean(),
  /** The only owner who has joined and is not disabled: cannot be demoted, disabled or removed. */
  isLastOwner: z.boolean(),
  lastSeenAt: z.string().nullable(),
  createdAt: z.string(),
  /** The open invitation or password link; never the link itself. */
  link: z.object({ purpose: z.enum(['join', 'reset']), expiresAt: z.string(), createdByName: z.string() }).nullable(),
  tokenCount: z.number(),
  etag: z.string(),
})
export type OperatorDto = z.infer<typeof operatorDto>
/** The link is in this answer alone. */
export const newLinkDto = z.object({
  operator: operatorDto,
  link: z.string().nullable(),
  expiresAt: z.string(),
  /** Whether it went out by e-mail too; null when there is no channel for it. */
  mail: z.object({ sent: z.boolean(), sentence: z.string() }).nullable(),
})
export type NewLinkDto = z.infer<typeof newLinkDto>
export const linkDto = z.object({ purpose: z.enum(['join', 'reset']), email: z.string(), name: z.string(), expiresAt: z.string() })
export type LinkDto = z.infer<typeof linkDto>
