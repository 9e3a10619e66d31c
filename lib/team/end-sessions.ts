import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { db } from '@/lib/db/client'
import { endSessionsOf } from '@/lib/db/session-sql'
import { findOperator, namedGrantsOf, requireOther } from './find'
import { onlyCustomer } from './grants'
import type { OperatorDto } from './input'
import { showChanged } from './list'
import { scopeUnderLock } from './lock'

/** Signs an operator out everywhere. Their tokens go on; disabling ends those too. */
export async function endSessionsOfOperator(actor: Actor, { id }: { id: string }): Promise<OperatorDto> {
  const scope = authoriseScope(actor, 'operator:manage')
  requireOther(scope, await findOperator(db(), scope, id))
  requireStepUp(actor, 'operator.manage')
  const now = new Date()
  await db().$transaction(async (tx) => {
    const current = await scopeUnderLock(tx, actor, now)
    const row = await findOperator(tx, current, id)
    requireOther(current, row)
    const sessionsEnded = await endSessionsOf(tx, id)
    await record(tx, actor, { action: 'operator.sessions.end', target: { kind: 'operator', id, name: row.email }, customer: onlyCustomer(namedGrantsOf(row)), details: { sessionsEnded } })
  })
  return showChanged(scope, id)
}
