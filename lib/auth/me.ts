import { AppError } from '@/lib/core/errors'
import type { Actor } from './actor'
import type { MeDto } from './input'
import { ROLES } from './roles'

/** Who is signed in and what they may do; pages read it to say why a control is disabled. */
export function describeActor(actor: Actor): MeDto {
  if (actor.kind !== 'operator' && actor.kind !== 'token') throw new AppError('unauthenticated', 'You are not signed in.')
  const role = [...ROLES].reverse().find((candidate) => actor.grants.some((grant) => grant.role === candidate)) ?? 'viewer'
  return { kind: actor.kind, id: actor.id, name: actor.name, email: actor.kind === 'operator' ? actor.email : null, role, scopes: actor.grants.map(({ role, customerId }) => ({ role, customerId })) }
}
