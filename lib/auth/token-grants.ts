import type { RoleGrant } from './actor'
import { rankOf, ROLES, type Role } from './roles'

/** A token's own role and customers, as they were given to it. */
export type TokenScopeGrant = { role: Role; customerIds: 'all' | readonly string[] }

/**
 * What a token may do at this moment: its own role and customers, but never more than its operator has there now. An
 * operator whose role was lowered lowers the token; one without any role in the scope leaves it nothing.
 */
export function tokenGrants(token: TokenScopeGrant, operator: readonly RoleGrant[]): RoleGrant[] {
  const everywhere = operator.some(({ customerId }) => customerId === null)
  const places = token.customerIds !== 'all' ? token.customerIds : everywhere ? [null] : operator.map(({ customerId }) => customerId)
  return [...new Set(places)].flatMap((customerId) => {
    const held = operator.filter((grant) => grant.customerId === null || grant.customerId === customerId).map(({ role }) => rankOf(role))
    const role = ROLES[Math.min(rankOf(token.role), ...(held.length > 0 ? [Math.max(...held)] : [-1]))]
    return role === undefined ? [] : [{ role, customerId }]
  })
}
