// Pure, so that it can be tested.
import { roleOver } from '@/components/team/grant-words'
import type { MeDto } from '@/lib/auth/input'
import { ROLES, type Role } from '@/lib/auth/roles'

/** The highest role that a token of this person can have everywhere it shall reach; null stands for all their customers. */
export function mostOf(me: Pick<MeDto, 'scopes'>, customerIds: readonly string[] | null): Role {
  const held =
    customerIds === null || customerIds.length === 0
      ? [ROLES.findLast((role) => me.scopes.some((scope) => scope.role === role)) ?? null]
      : customerIds.map((id) => roleOver(me, id))
  return ROLES[Math.min(...held.map((role) => (role === null ? 0 : ROLES.indexOf(role))))] ?? 'viewer'
}
