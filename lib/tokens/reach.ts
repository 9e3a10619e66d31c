import 'server-only'
import type { Actor, RoleGrant } from '@/lib/auth/actor'
import type { Scope } from '@/lib/auth/authorise'
import { roleMay } from '@/lib/auth/roles'
import { isRole, roleGrants } from '@/lib/auth/sessions'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { operatorIdOf, outranks } from '@/lib/team/reach'
import type { TokenDto } from './input'

export const withScopes = { scopes: { include: { customer: { select: { id: true, name: true } } } }, operator: { select: { name: true, email: true, grants: true } } } as const satisfies Prisma.ApiTokenInclude
export type FoundToken = Prisma.ApiTokenGetPayload<{ include: typeof withScopes }>

/** Whether the actor may look at and revoke every token of an operator with these grants. */
export const mayManageTokens = (actor: Actor, grants: readonly { role: string; customerId: string | null }[]): boolean => actor.grants.some(({ role }) => roleMay(role, 'operator:manage')) && outranks(actor.grants, roleGrants(grants))

/** One's own token. A token owns itself alone: its operator may have more than it, and other tokens for other customers. */
const isOwn = (actor: Actor, { id, operatorId }: { id: string; operatorId: string }): boolean => (actor.kind === 'token' ? actor.id === id : operatorIdOf(actor) === operatorId)

/** A token that is one's own or of an operator whom one may change; null alike for all others. */
export async function findTokenOf({ actor }: Scope<'customer:read'>, id: string): Promise<FoundToken | null> {
  const row = await db().apiToken.findUnique({ where: { id }, include: withScopes })
  return row && (isOwn(actor, row) || mayManageTokens(actor, row.operator.grants)) ? row : null
}

const stateOf = (row: FoundToken, now: Date): TokenDto['state'] => (row.revokedAt ? 'revoked' : row.expiresAt <= now ? 'expired' : 'live')

/** Customers that the caller does not see any more are left out: the token reaches nothing there either. */
const customersOf = ({ everywhere, scopes }: FoundToken, held: readonly RoleGrant[]): TokenDto['customers'] =>
  everywhere ? null : scopes.map(({ customer }) => customer).filter(({ id }) => held.some(({ customerId }) => customerId === null || customerId === id)).sort((one, other) => one.name.localeCompare(other.name))

/** A token as the caller may see it; never its text, which nothing holds. A role that this version does not know counts as the least. */
export const toToken = (actor: Actor, row: FoundToken, now: Date): TokenDto => ({
  id: row.id,
  name: row.name,
  operatorId: row.operatorId,
  operatorName: row.operator.name,
  role: isRole(row.role) ? row.role : 'viewer',
  customers: customersOf(row, actor.grants),
  state: stateOf(row, now),
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
})

/** The customer of an audit entry about a token: its only one, so that the admins there see it. */
export const onlyCustomerOf = ({ everywhere, scopes }: FoundToken): { id: string; name: string } | null => (!everywhere && scopes.length === 1 ? (scopes[0]?.customer ?? null) : null)
