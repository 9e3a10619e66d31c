import type { RoleGrant } from './actor'

/** Whether the installation demands a second factor of someone with these roles. Words that it does not know demand it of all. */
export function secondFactorDemanded(secondFactorFor: string, grants: readonly RoleGrant[]): boolean {
  if (secondFactorFor === 'nobody') return false
  if (secondFactorFor !== 'admins') return true
  return grants.some(({ role }) => role === 'admin' || role === 'owner')
}
