import type { Actor, RoleGrant } from '@/lib/auth/actor'
import type { Scope } from '@/lib/auth/authorise'
import { rankOf, roleMay } from '@/lib/auth/roles'
import type { Prisma } from '@/lib/db/generated/client'

/** The customers in which the actor manages operators. */
export type TeamScope = Scope<'operator:manage'>

/** Operators with a role in the scope; who manages all customers sees everyone. */
export const visibleTo = ({ customerIds }: TeamScope): Prisma.OperatorWhereInput => (customerIds === 'all' ? {} : { grants: { some: { customerId: { in: [...customerIds] } } } })

export const isWithin = ({ customerIds }: TeamScope, customerId: string | null): boolean => customerIds === 'all' || (customerId !== null && customerIds.includes(customerId))

/** Whether someone with `held` may give or take away this role: who manages operators there and has no lower role. */
export function mayGive(held: readonly RoleGrant[], { role, customerId }: RoleGrant): boolean {
  const there = held.filter((grant) => grant.customerId === null || grant.customerId === customerId)
  return there.some((grant) => roleMay(grant.role, 'operator:manage') && rankOf(grant.role) >= rankOf(role))
}

/** Whether someone with `held` stands at least as high as an operator with `grants`, in every scope of theirs. */
export const outranks = (held: readonly RoleGrant[], grants: readonly RoleGrant[]): boolean => grants.every((grant) => mayGive(held, grant))

/** The operator who acts, also when it is through a token. */
export const operatorIdOf = (actor: Actor): string | null => (actor.kind === 'token' ? actor.operatorId : actor.kind === 'operator' ? actor.id : null)
