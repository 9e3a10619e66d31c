import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { endSessionsOf } from '@/lib/db/session-sql'
import { findOperator, namedGrantsOf, requireOther } from './find'
import { onlyCustomer } from './grants'
import type { OperatorDto } from './input'
import { showChanged } from './list'
import { scopeUnderLock } from './lock'

/**
 * For who lost the authenticator and the recovery codes. It ends all sessions: whoever found the phone may hold one.
 * Where a second factor is demanded, the next sign-in begins with making a new one.
 */
export async function resetSecondFactor(actor: Actor, { id }: { id: string }): Promise<OperatorDto> {
  const scope = authoriseScope(actor, 'operator:manage')
  requireOther(scope, await findOperator(db(), scope, id))
  requireStepUp(actor, 'operator.manage')
  const now = new Date()
  await db().$transaction(async (tx) => {
    const current = await scopeUnderLock(tx, actor, now)
    const row = await findOperator(tx, current, id)
    requireOther(current, row)
    const { count } = await tx.secondFactor.deleteMany({ where: { operatorId: id } })
    if (count === 0) throw new AppError('conflict', 'This operator has no second factor.', { nextStep: 'There is nothing to reset.' })
    await tx.secondFactorDraft.deleteMany({ where: { operatorId: id } })
    await tx.recoveryCode.deleteMany({ where: { operatorId: id } })
    const sessionsEnded = await endSessionsOf(tx, id)
    await record(tx, actor, { action: 'operator.second-factor.reset', target: { kind: 'operator', id, name: row.email }, customer: onlyCustomer(namedGrantsOf(row)), details: { sessionsEnded } })
  })
  return showChanged(scope, id)
}
