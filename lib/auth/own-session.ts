import { AppError } from '@/lib/core/errors'
import type { Actor, OperatorActor } from './actor'

/** The signed-in person, for what only they may do to their own account. Throws forbidden for tokens and everyone else. */
export function ownSession(actor: Actor): OperatorActor {
  if (actor.kind === 'operator') return actor
  throw new AppError('forbidden', 'Only a signed-in person may do this.', { nextStep: 'Sign in on a page of Palisade; a token cannot do this.' })
}
