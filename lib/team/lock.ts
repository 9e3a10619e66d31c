import 'server-only'
import type { Actor, RoleGrant } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { isRole, roleGrants } from '@/lib/auth/sessions'
import { tokenGrants } from '@/lib/auth/token-grants'
import type { Tx } from '@/lib/db/client'
import { LOCKS } from '@/lib/db/locks'
import type { TeamScope } from './reach'

/** What the operator or token with this id may do now: nothing when they are gone, disabled, expired or revoked. */
export async function rightsNow(tx: Tx, id: string, now: Date): Promise<readonly RoleGrant[]> {
  const operator = await tx.operator.findUnique({ where: { id }, include: { grants: true } })
  if (operator) return operator.disabledAt ? [] : roleGrants(operator.grants)
  const token = await tx.apiToken.findUnique({ where: { id }, include: { scopes: true, operator: { include: { grants: true } } } })
  if (!token || token.revokedAt || token.expiresAt <= now || token.operator.disabledAt || !isRole(token.role)) return []
  return tokenGrants({ role: token.role, customerIds: token.everywhere ? 'all' : token.scopes.map(({ customerId }) => customerId) }, roleGrants(token.operator.grants))
}

/** Waits until no other change of the team is under way, so that no two owners demote each other; held until commit. Call it before anything is looked at. */
export async function takeTeamLock(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.team})`
}

/**
 * The actor with the grants of this moment, under the lock. What was allowed when the request began may be over by now:
 * a demoted owner does not finish a change.
 */
export async function actorUnderLock<A extends Actor>(tx: Tx, actor: A, now: Date): Promise<A> {
  await takeTeamLock(tx)
  return actor.kind === 'operator' || actor.kind === 'token' ? { ...actor, grants: await rightsNow(tx, actor.id, now) } : actor
}

/** The same as a scope. Throws forbidden when the actor does not manage operators any more. */
export async function scopeUnderLock(tx: Tx, actor: Actor, now: Date): Promise<TeamScope> {
  return authoriseScope(await actorUnderLock(tx, actor, now), 'operator:manage')
}
