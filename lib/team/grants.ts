import type { RoleGrant } from '@/lib/auth/actor'
import { AppError } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/client'
import type { GrantInput } from './input'
import { isWithin, mayGive, type TeamScope } from './reach'

export type GrantPlan = { removed: RoleGrant[]; added: RoleGrant[] }
export type NamedGrant = { role: string; customer: { id: string; name: string } | null }

const field = (index: number, name: 'role' | 'customerId', message: string) => ({ issues: [{ field: `grants.${index}.${name}`, message }] })
const tooMuch = (details: ReturnType<typeof field> | { issues: { field: string; message: string }[] }) => new AppError('forbidden', 'You may not give or take away this role.', { nextStep: 'Nobody gives or takes more than they have themselves. Someone with a higher role can.', ...details })
/** The one answer for customers that do not exist and those outside the scope. */
const unknownCustomer = (index: number) => new AppError('invalid-input', 'There is no such customer.', field(index, 'customerId', 'There is no such customer.'))

const same = (one: RoleGrant) => (other: RoleGrant) => one.role === other.role && one.customerId === other.customerId

function refuseShape(wanted: readonly GrantInput[]): void {
  wanted.forEach(({ role, customerId }, index) => {
    if (role === 'owner' && customerId !== null) throw new AppError('invalid-input', 'An owner owns the whole installation.', field(index, 'role', 'The role owner is for all customers only.'))
    if (wanted.findIndex((other) => other.customerId === customerId) < index) throw new AppError('invalid-input', 'Two roles for one customer.', field(index, 'customerId', 'Give one role for each customer; the higher holds the lower.'))
  })
}

/**
 * What has to change so that an operator has exactly the wanted roles within the scope; what they have elsewhere stays.
 * Throws when a role that would be added or removed is more than the actor has there, naming the field.
 */
export function planGrants(scope: TeamScope, before: readonly RoleGrant[], wanted: readonly GrantInput[]): GrantPlan {
  refuseShape(wanted)
  const held = scope.actor.grants
  wanted.forEach((grant, index) => {
    if (isWithin(scope, grant.customerId)) return
    throw grant.customerId === null ? tooMuch(field(index, 'customerId', 'You may give roles for your own customers only, each by name.')) : unknownCustomer(index)
  })
  const had = before.filter(({ customerId }) => isWithin(scope, customerId))
  const added = wanted.filter((grant) => !had.some(same(grant)))
  const removed = had.filter((grant) => !wanted.some(same(grant)))
  for (const grant of added) if (!mayGive(held, grant)) throw tooMuch(field(wanted.indexOf(grant), 'role', 'This is more than you have there.'))
  for (const grant of removed) if (!mayGive(held, grant)) throw tooMuch({ issues: [{ field: 'grants', message: 'One of the roles there now is higher than your own; leave it as it is.' }] })
  return { removed, added }
}

/** Grants with the names of their customers, for the audit log. Throws invalid-input naming the field when a customer does not exist. */
export async function nameGrants(tx: Tx, grants: readonly RoleGrant[], wanted: readonly GrantInput[]): Promise<NamedGrant[]> {
  const ids = grants.flatMap(({ customerId }) => (customerId === null ? [] : [customerId]))
  const customers = new Map((await tx.customer.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })).map((customer) => [customer.id, customer]))
  return grants.map(({ role, customerId }) => {
    if (customerId === null) return { role, customer: null }
    const customer = customers.get(customerId)
    if (!customer) throw unknownCustomer(Math.max(0, wanted.findIndex((grant) => grant.customerId === customerId)))
    return { role, customer }
  })
}

/** The customer of an audit entry: the only one that its grants are about, so that the admins there see it; else none. */
export function onlyCustomer(grants: readonly NamedGrant[]): { id: string; name: string } | null {
  const first = grants[0]?.customer ?? null
  return grants.every(({ customer }) => customer?.id === first?.id) ? first : null
}
