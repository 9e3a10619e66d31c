import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { nextUpdateState, updateStateOf } from '@/lib/updates/states'
import type { PlanDto } from './dto'
import { findPlan, requireRevision, requireWhole, staleNow } from './find'
import { readPlan } from './read'
import { shapeOf } from './shape'
import { nextPlanState, planStateOf } from './states'
import { workOut } from './work-out'

const conflict = (message: string, nextStep: string) => new AppError('conflict', message, { nextStep })
const NOTHING_RUNS = () => conflict('No firewall of this plan can run.', 'Look at the preview: it says why for each.')

/** Lets a draft wait for its approval. Throws conflict when it is no draft, or when nothing of it can run. */
export async function askForApproval(actor: Actor, { id }: { id: string }, expectedRevision: number, now = new Date()): Promise<PlanDto> {
  authoriseScope(actor, 'update:plan')
  const found = await findPlan(actor, id)
  requireWhole(actor, found)
  requireRevision(found, expectedRevision)
  const { row } = found
  const state = planStateOf(row.state)
  if (state === null || nextPlanState(state, 'asked') === null) throw conflict('This plan is no draft.', 'Look again.')
  const { setHash, rows } = await workOut(shapeOf(row), row.customerIds, now)
  if (setHash === null) throw NOTHING_RUNS()
  await db().$transaction(async (tx) => {
    const { count } = await tx.updatePlan.updateMany({ where: { id, revision: expectedRevision, state: row.state }, data: { state: 'waiting-approval', revision: { increment: 1 } } })
    if (count === 0) throw staleNow()
    await record(tx, actor, { action: 'plan.ask', target: { kind: 'plan', id, name: row.name }, details: { firewalls: rows.filter(({ group }) => group !== 'cannot-run').length, setHash } })
  })
  return readPlan(actor, { id })
}

/** A job that was never looked at: nothing of it reached its firewall. */
const untouched = ({ state, intentAt }: { state: string; intentAt: Date | null }): boolean => {
  const known = updateStateOf(state)
  return intentAt === null && known !== null && (known === 'scheduled' || nextUpdateState(known, 'released') === 'scheduled')
}

/**
 * Takes asking or the approval back, and makes the plan a draft again; its jobs are gone. Throws conflict once a firewall was
 * begun with: then the plan is cancelled instead.
 */
export async function withdrawPlan(actor: Actor, { id }: { id: string }, expectedRevision: number): Promise<PlanDto> {
  authoriseScope(actor, 'update:plan')
  const found = await findPlan(actor, id)
  requireWhole(actor, found)
  requireRevision(found, expectedRevision)
  const { row } = found
  const state = planStateOf(row.state)
  if (state === null || nextPlanState(state, 'withdrawn') === null) throw conflict('There is nothing to take back.', 'A plan that stopped or is over stays as it is; make a copy of it.')
  await db().$transaction(async (tx) => {
    const { count } = await tx.updatePlan.updateMany({ where: { id, revision: expectedRevision, state: row.state }, data: { state: 'draft', setHash: null, approvedAt: null, pausedAt: null, announced: [], revision: { increment: 1 } } })
    if (count === 0) throw staleNow()
    // The rows stay locked to the end, so no worker begins with one meanwhile.
    const jobs = await tx.$queryRaw<{ state: string; intentAt: Date | null }[]>`SELECT state, "intentAt" FROM "UpdateJob" WHERE "planId" = ${id}::uuid FOR UPDATE`
    if (!jobs.every(untouched)) throw conflict('A firewall of this plan was begun with.', 'Cancel what has not started instead.')
    await tx.updateJob.deleteMany({ where: { planId: id } })
    await tx.planRing.deleteMany({ where: { planId: id } })
    await tx.planApproval.deleteMany({ where: { planId: id } })
    await record(tx, actor, { action: 'plan.withdraw', target: { kind: 'plan', id, name: row.name }, details: { jobs: jobs.length, state } })
  })
  return readPlan(actor, { id })
}
