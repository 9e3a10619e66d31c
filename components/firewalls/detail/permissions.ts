import type { MeDto } from '@/lib/auth/input'
import { leastRoleFor, roleMay, ROLES, type Permission, type Role } from '@/lib/auth/roles'
import type { FirewallDetail } from '@/lib/firewalls/dto'
import { STATE_RULES, type FirewallState } from '@/lib/firewalls/states'

const WHO = { viewer: 'a viewer', operator: 'an operator', admin: 'an admin', owner: 'the owner' } as const satisfies Record<Role, string>

/** The role of this person for one customer: the highest of those that cover it. */
export const roleAt = (me: Pick<MeDto, 'scopes'>, customerId: string): Role =>
  ROLES.findLast((role) => me.scopes.some((scope) => scope.role === role && (scope.customerId === null || scope.customerId === customerId))) ?? 'viewer'

/** Why a control is off for this role; null when it is not. */
export const reasonWithout = (role: Role, permission: Permission): string | null =>
  roleMay(role, permission) ? null : `This needs ${WHO[leastRoleFor(permission)]}. You are ${WHO[role]} here.`

const STOPPED: Partial<Record<FirewallState, string>> = {
  'certificate-changed': 'All calls are stopped until someone decides about the certificate.',
  'credential-rejected': 'The firewall rejected the credential. Enter a new one first.',
  'credential-missing': 'There is no credential. Enter one first.',
}

/** Why this firewall cannot be asked now; null when it can. */
export function reasonNotToAsk({ state }: Pick<FirewallDetail, 'state'>, role: Role): string | null {
  const lacks = reasonWithout(role, 'firewall:ask')
  if (lacks !== null || STATE_RULES[state].reads) return lacks
  return STOPPED[state] ?? 'Calls to this firewall are stopped.'
}
