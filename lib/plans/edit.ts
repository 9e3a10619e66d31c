import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import { toJson } from '@/lib/db/json'
import { customersOf, requireSupersedable, requireUsable } from './check-design'
import type { PlanDto } from './dto'
import { asChanger, findPlan, requireDraft, requireRevision, requireWhole, staleNow } from './find'
import type { EditPlan } from './input'
import { readPlan } from './read'
import { designOf } from './shape'

/** Changes a draft. One that waits for approval becomes a draft again: what was approved so far was another plan. */
export async function editPlan(actor: Actor, { id, ...edit }: EditPlan, expectedRevision: number): Promise<PlanDto> {
  const scope = authoriseScope(actor, 'update:plan')
  const found = await findPlan(actor, id)
  requireWhole(actor, found)
  requireRevision(found, expectedRevision)
  requireDraft(found)
  const { row } = found
  const design = edit.design ?? designOf(row.design)
  requireUsable(design)
  await requireSupersedable(actor, design)
  const customerIds = await customersOf(edit.query ?? row.query, scope)
  const changed = { name: edit.name ?? row.name, kind: edit.kind ?? row.kind, query: edit.query ?? row.query, holdIfReboot: edit.holdIfReboot ?? row.holdIfReboot, fourEyes: edit.fourEyes ?? row.fourEyes }
  const before = { name: row.name, kind: row.kind, query: row.query, holdIfReboot: row.holdIfReboot, fourEyes: row.fourEyes, design: row.design }
  await db().$transaction(async (tx) => {
    const { count } = await tx.updatePlan.updateMany({
      where: { id, revision: expectedRevision, state: row.state },
      data: { ...changed, design: toJson(design), customerIds, state: 'draft', setHash: null, actor: toJson(asChanger(actor, new Date())), revision: { increment: 1 } },
    })
    if (count === 0) throw staleNow()
    await tx.planApproval.deleteMany({ where: { planId: id } })
    await record(tx, actor, { action: 'plan.edit', target: { kind: 'plan', id, name: changed.name }, details: { customerIds }, before, after: { ...changed, design } })
  })
  return readPlan(actor, { id })
}

/** Removes a draft for good. Throws conflict for a plan that was approved: that one is cancelled. */
export async function discardPlan(actor: Actor, { id }: { id: string }, expectedRevision: number): Promise<{ removed: true }> {
  authoriseScope(actor, 'update:plan')
  const found = await findPlan(actor, id)
  requireWhole(actor, found)
  requireRevision(found, expectedRevision)
  requireDraft(found)
  const { name, kind, query, design } = found.row
  await db().$transaction(async (tx) => {
    const { count } = await tx.updatePlan.deleteMany({ where: { id, revision: expectedRevision, state: found.row.state } })
    if (count === 0) throw staleNow()
    await record(tx, actor, { action: 'plan.discard', target: { kind: 'plan', id, name }, before: { kind, query, design } })
  })
  return { removed: true }
}
