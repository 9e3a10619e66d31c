import { AppError } from '@/lib/core/errors'
import type { Actor } from './actor'
import { leastRoleFor, roleMay, type Permission } from './roles'

declare const proof: unique symbol
/** Proof that `actor` may do `P` to this customer's things. Only `authorise` makes one; data functions demand one. */
export type Authorised<P extends Permission> = { readonly actor: Actor; readonly permission: P; readonly customerId: string | null; readonly [proof]: true }

/** Proof with the customers it covers; list use cases put it in the WHERE of every query. */
export type Scope<P extends Permission> = { readonly actor: Actor; readonly permission: P; readonly customerIds: 'all' | readonly string[]; readonly [proof]: true }

/** The one answer for what does not exist and for what is outside the caller's scope; byte for byte the same. */
export const notFound = (what: 'customer' | 'site' | 'firewall' | 'operator' | 'token' | 'session' | 'view' | 'bulk act' | 'backup' | 'alert' | 'silence' | 'window' | 'blackout' | 'enrolment' | 'job' | 'revert' | 'report' | 'logo' | 'channel' | 'delivery' | 'copy' | 'plan' | 'version hold' | 'page' = 'firewall'): AppError => new AppError('not-found', `There is no such ${what}.`)

/**
 * Throws not-found when the actor cannot even see the customer, forbidden when only this permission is missing.
 * `customerId: null` stands for the installation as a whole and needs a grant over all customers.
 */
export function authorise<P extends Permission>(actor: Actor, permission: P, { customerId }: { customerId: string | null }): Authorised<P> {
  const inScope = actor.grants.filter((grant) => grant.customerId === null || grant.customerId === customerId)
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the one place that makes this proof
  if (inScope.some((grant) => roleMay(grant.role, permission))) return { actor, permission, customerId } as Authorised<P>
  if (customerId !== null && inScope.length === 0) throw notFound()
  throw new AppError('forbidden', 'You may not do this.', { nextStep: `It takes the role ${leastRoleFor(permission)}. An admin can give it to you.`, permission })
}

/** The customers in which the actor has the permission. Throws forbidden when there is none. */
export function authoriseScope<P extends Permission>(actor: Actor, permission: P): Scope<P> {
  const granted = actor.grants.filter((grant) => roleMay(grant.role, permission))
  if (granted.length === 0) throw new AppError('forbidden', 'You may not see this.', { nextStep: `It takes the role ${leastRoleFor(permission)}. An admin can give it to you.`, permission })
  const customerIds = granted.some((grant) => grant.customerId === null) ? 'all' : granted.flatMap((grant) => (grant.customerId === null ? [] : [grant.customerId]))
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the one place that makes this proof
  return { actor, permission, customerIds } as Scope<P>
}

/** Prisma condition of a scope, for models with a customerId. */
export const inScope = (scope: Scope<Permission>): { customerId?: { in: string[] } } => (scope.customerIds === 'all' ? {} : { customerId: { in: [...scope.customerIds] } })
