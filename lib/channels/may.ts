import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { wrong } from './target'

type Wanted = { customerId: string | null; kind: string; forInvitations: boolean; privateAllowed: boolean; customerIds: readonly string[] }

/**
 * What a channel is allowed to be, beyond who may manage it. Links to new accounts go out through `forInvitations`: whoever
 * names that server reads them, so only who manages the installation may. Private addresses are the provider's own network.
 * `isNew`: whether this is decided now, which wants a fresh proof. Throws forbidden, step-up-required or invalid-input.
 */
export async function requireAllowed(actor: Actor, wanted: Wanted, isNew: { invitations: boolean; private: boolean }): Promise<void> {
  if (wanted.forInvitations) {
    authorise(actor, 'installation:manage', { customerId: null })
    if (wanted.customerId !== null || wanted.kind !== 'email') throw wrong('forInvitations', 'Invitations go out by an e-mail channel of the installation.')
  }
  if (wanted.privateAllowed && isNew.private) authorise(actor, 'channel:manage', { customerId: null })
  if (wanted.customerId !== null && wanted.customerIds.length > 0) throw wrong('customerIds', 'A channel of one customer tells of that one alone.')
  const known = await db().customer.count({ where: { id: { in: [...wanted.customerIds] } } })
  if (known !== new Set(wanted.customerIds).size) throw wrong('customerIds', 'One of these customers does not exist any more.')
  if (wanted.forInvitations && isNew.invitations) requireStepUp(actor, 'channel.invitations')
  if (wanted.privateAllowed && isNew.private) requireStepUp(actor, 'channel.private')
}

/** Whether the actor manages channels of all customers. */
export function managesAll(actor: Actor): boolean {
  try {
    authorise(actor, 'channel:manage', { customerId: null })
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}
