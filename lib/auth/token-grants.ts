import type { RoleGrant } from './actor'
import { ROLES, type Role } from './roles'

const rank = (role: Role): number => ROLES.indexOf(role)

/**
 * What a token may do at this moment: its own role and scope, but never more than its operator has there now. An operator
 * whose role was lowered lowers the token; one without any role in the scope leaves it nothing.
 */
export function tokenGrants(token: RoleGrant, operator: readonly RoleGrant[]): RoleGrant[] {
  const everywhere = operator.filter(({ customerId }) => customerId === null)
  const places = token.customerId !== null ? [token.customerId] : everywhere.length > 0 ? [null] : operator.map(({ customerId }) => customerId)
  return [...new Set(places)].flatMap((customerId) => {
    const held = operator.filter((grant) => grant.customerId === null || grant.customerId === customerId).map(({ role }) => rank(role))
    const role = ROLES[Math.min(rank(token.role), ...(held.length > 0 ? [Math.max(...held)] : [-1]))]
    return role === undefined ? [] : [{ role, customerId }]
  })
}
