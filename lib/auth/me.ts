import { AppError } from '@/lib/core/errors'
import type { Actor, OperatorActor } from './actor'
import type { MeDto } from './input'
import { ROLES } from './roles'
import { STEP_UP_FRESH_MS } from './step-up'

const stepUpOf = ({ method, at }: OperatorActor['proof']) => ({ proof: method, freshUntil: at === null ? null : new Date(at.getTime() + STEP_UP_FRESH_MS).toISOString() })

/** Who is signed in and what they may do; pages read it to say why a control is disabled. */
export function describeActor(actor: Actor): MeDto {
  if (actor.kind !== 'operator' && actor.kind !== 'token') throw new AppError('unauthenticated', 'You are not signed in.')
  const role = [...ROLES].reverse().find((candidate) => actor.grants.some((grant) => grant.role === candidate)) ?? 'viewer'
  return { kind: actor.kind, id: actor.id, name: actor.name, email: actor.kind === 'operator' ? actor.email : null, role, owes: actor.kind === 'operator' ? actor.proof.owes : null, stepUp: actor.kind === 'operator' ? stepUpOf(actor.proof) : null, scopes: actor.grants.map(({ role, customerId }) => ({ role, customerId })) }
}
