import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { db } from '@/lib/db/client'
import { endAccessOf } from './end-access'
import { findOperator, namedGrantsOf, requireOther, staleOperator } from './find'
import { onlyCustomer } from './grants'
import type { OperatorDto } from './input'
import { ownsInstallation, requireAnOwner } from './last-owner'
import { showChanged } from './list'
import { scopeUnderLock } from './lock'

/**
 * Disables an operator, or enables one again. Disabling ends sessions at once, tokens for good, and the links by and for
 * them; what they had scheduled finds no rights when its time comes. Enabling brings none of it back but the password.
 */
export async function disableOperator(actor: Actor, { id, disabled }: { id: string; disabled: boolean }, expectedRevision: number): Promise<OperatorDto> {
  const scope = authoriseScope(actor, 'operator:manage')
  requireOther(scope, await findOperator(db(), scope, id))
  requireStepUp(actor, 'operator.manage')
  const now = new Date()
  await db().$transaction(async (tx) => {
    const current = await scopeUnderLock(tx, actor, now)
    const row = await findOperator(tx, current, id)
    requireOther(current, row)
    if (row.revision === expectedRevision && (row.disabledAt !== null) === disabled) return
    const { count } = await tx.operator.updateMany({ where: { id, revision: expectedRevision }, data: { disabledAt: disabled ? now : null, revision: { increment: 1 } } })
    if (count === 0) throw staleOperator()
    const ended = await endAccessOf(tx, id, now)
    if (ownsInstallation(row.grants)) await requireAnOwner(tx)
    const about = { target: { kind: 'operator', id, name: row.email }, customer: onlyCustomer(namedGrantsOf(row)), before: { disabled: !disabled }, after: { disabled } }
    if (disabled) await record(tx, actor, { ...about, action: 'operator.disable', details: { sessionsEnded: ended.sessions, tokensRevoked: ended.tokens } })
    else await record(tx, actor, { ...about, action: 'operator.enable' })
  })
  return showChanged(scope, id)
}
