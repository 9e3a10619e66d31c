import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { endAccessOf } from './end-access'
import { findOperator, namedGrantsOf, requireOther, staleOperator } from './find'
import { onlyCustomer } from './grants'
import { ownsInstallation, requireAnOwner } from './last-owner'
import { scopeUnderLock } from './lock'

/** Removes an operator with sessions, tokens, links and second factor. Their audit entries stay, with their name. */
export async function removeOperator(actor: Actor, { id, confirmEmail }: { id: string; confirmEmail: string }, expectedRevision: number): Promise<{ removed: true }> {
  const scope = authoriseScope(actor, 'operator:manage')
  const seen = await findOperator(db(), scope, id)
  requireOther(scope, seen)
  requireStepUp(actor, 'operator.manage')
  if (confirmEmail.trim().toLowerCase() !== seen.email) throw new AppError('invalid-input', 'The address does not match.', { issues: [{ field: 'confirmEmail', message: `Type ${seen.email} to remove this operator.` }] })
  const now = new Date()
  await db().$transaction(async (tx) => {
    const current = await scopeUnderLock(tx, actor, now)
    const row = await findOperator(tx, current, id)
    requireOther(current, row)
    const named = namedGrantsOf(row)
    const ended = await endAccessOf(tx, id, now)
    const { count } = await tx.operator.deleteMany({ where: { id, revision: expectedRevision } })
    if (count === 0) throw staleOperator()
    if (ownsInstallation(row.grants)) await requireAnOwner(tx)
    await record(tx, actor, { action: 'operator.remove', target: { kind: 'operator', id, name: row.email }, customer: onlyCustomer(named), details: { sessionsEnded: ended.sessions, tokensRevoked: ended.tokens }, before: { name: row.name, grants: named } })
  })
  return { removed: true }
}
