// Roles of an operator in words, and which of them this person may give. Pure, so that it can be tested.
import { ROLES, type Role } from '@/lib/auth/roles'
import type { MeDto } from '@/lib/auth/input'
import type { GrantInput, OperatorDto } from '@/lib/team/input'

export type Grant = OperatorDto['grants'][number]

export const ROLE_WORDS = { viewer: 'Viewer', operator: 'Operator', admin: 'Admin', owner: 'Owner' } as const satisfies Record<Role, string>
/** What a role may do, in a sentence. */
export const ROLE_MEANS = {
  viewer: 'Sees what is stored. Asks no firewall and changes nothing.',
  operator: 'Also asks firewalls: refresh, live reads, checks for updates.',
  admin: 'Also manages firewalls, credentials, command permissions, sites and the operators there.',
  owner: 'Also manages the installation: security, audit retention, backups, other owners.',
} as const satisfies Record<Role, string>

const rank = (role: Role): number => ROLES.indexOf(role)

/** `Admin of Anvil & Sons`, `Viewer of all customers`, `Owner`. */
export const grantWords = ({ role, customerId, customerName }: Grant): string =>
  role === 'owner' ? ROLE_WORDS.owner : `${ROLE_WORDS[role]} of ${customerId === null ? 'all customers' : (customerName ?? 'a removed customer')}`

/** Highest role first, all customers before one, then by name. */
export const inOrder = (grants: readonly Grant[]): Grant[] =>
  [...grants].sort(
    (a, b) =>
      rank(b.role) - rank(a.role) ||
      Number(b.customerId === null) - Number(a.customerId === null) ||
      (a.customerName ?? '').localeCompare(b.customerName ?? '', 'en'),
  )

/** The highest role of this person for a customer; for all customers when null. Null: none. */
export const roleOver = (me: Pick<MeDto, 'scopes'>, customerId: string | null): Role | null =>
  ROLES.findLast((role) => me.scopes.some((scope) => scope.role === role && (scope.customerId === null || scope.customerId === customerId))) ?? null

/** Why this person cannot give, change or take this role there; null when they can. Only admins and owners give roles, and never a higher one than theirs. */
export function reasonNotToGive(me: Pick<MeDto, 'scopes'>, role: Role, customerId: string | null): string | null {
  const own = roleOver(me, customerId)
  const there = customerId === null ? 'for all customers' : 'for this customer'
  if (own !== 'admin' && own !== 'owner') return `Only an admin ${there} gives roles there.`
  if (role === 'owner' && customerId !== null) return 'An owner always has all customers.'
  return rank(role) > rank(own) ? 'Only an owner makes owners.' : null
}

const keyOf = ({ role, customerId }: GrantInput): string => `${customerId ?? 'all'} ${role}`

/** What is taken away and what is given, in the order of the list. */
export function grantChanges(before: readonly Grant[], after: readonly Grant[]): { taken: Grant[]; given: Grant[] } {
  const had = new Set(before.map(keyOf))
  const has = new Set(after.map(keyOf))
  return { taken: inOrder(before.filter((grant) => !has.has(keyOf(grant)))), given: inOrder(after.filter((grant) => !had.has(keyOf(grant)))) }
}
