import 'server-only'
import type { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { Actor, RoleGrant } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { roleGrants } from '@/lib/auth/sessions'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import { findOperator, namedGrantsOf, requireOutranked, staleOperator, type FoundOperator } from './find'
import { nameGrants, onlyCustomer, planGrants, type GrantPlan } from './grants'
import type { editOperatorInput, OperatorDto } from './input'
import { ownsInstallation, requireAnOwner } from './last-owner'
import { showChanged } from './list'
import { scopeUnderLock } from './lock'
import type { TeamScope } from './reach'

type Edit = z.output<typeof editOperatorInput>
const NOTHING: GrantPlan = { removed: [], added: [] }

/** Everything that this edit may not do, before anything is done. A name belongs to the whole person, so it takes the rights over all of it. */
function planEdit(scope: TeamScope, row: FoundOperator, { name, grants }: Edit): GrantPlan {
  const plan = grants ? planGrants(scope, roleGrants(row.grants), grants) : NOTHING
  if (name !== undefined && name !== row.name) requireOutranked(scope, row)
  if (row.grants.length > 0 && row.grants.length + plan.added.length === plan.removed.length) {
    throw new AppError('invalid-input', 'An operator needs a role.', { issues: [{ field: 'grants', message: 'Give at least one role. To take all access away, disable or remove the operator.' }] })
  }
  return plan
}

async function changeGrants(tx: Tx, operatorId: string, { removed, added }: GrantPlan): Promise<void> {
  const grant = ({ role, customerId }: RoleGrant) => ({ operatorId, role, customerId })
  if (removed.length > 0) await tx.grant.deleteMany({ where: { OR: removed.map(grant) } })
  if (added.length > 0) await tx.grant.createMany({ data: added.map(grant) })
}

/**
 * Changes name and roles. Only roles within the actor's scope change, and none that is or would be more than the actor
 * has there; the last owner stays one. Who has less now has less from the next request on, tokens included.
 */
export async function editOperator(actor: Actor, edit: Edit, expectedRevision: number): Promise<OperatorDto> {
  const { id } = edit
  const scope = authoriseScope(actor, 'operator:manage')
  const seen = planEdit(scope, await findOperator(db(), scope, id), edit)
  await nameGrants(db(), seen.added, edit.grants ?? [])
  requireStepUp(actor, 'operator.manage')
  const now = new Date()
  await db().$transaction(async (tx) => {
    const current = await scopeUnderLock(tx, actor, now)
    const row = await findOperator(tx, current, id)
    const plan = planEdit(current, row, edit)
    const [removed, added] = [await nameGrants(tx, plan.removed, []), await nameGrants(tx, plan.added, edit.grants ?? [])]
    const name = edit.name ?? row.name
    const { count } = await tx.operator.updateMany({ where: { id, revision: expectedRevision }, data: { name, revision: { increment: 1 } } })
    if (count === 0) throw staleOperator()
    await changeGrants(tx, id, plan)
    if (ownsInstallation(row.grants)) await requireAnOwner(tx)
    const touched = [...removed, ...added]
    // Only what was touched: an entry that the admins of one customer see names no other customer.
    await record(tx, actor, { action: 'operator.edit', target: { kind: 'operator', id, name: row.email }, customer: onlyCustomer(touched.length > 0 ? touched : namedGrantsOf(row)), before: { name: row.name, grants: removed }, after: { name, grants: added } })
  })
  return showChanged(scope, id)
}
