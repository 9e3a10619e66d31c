import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import { Prisma, type UpdatePlan } from '@/lib/db/generated/client'
import { operatorIdOf } from '@/lib/team/reach'
import { countsOf, uncovered } from './approvals'
import type { PlanDto } from './dto'
import { findPlan, requireRevision, staleNow } from './find'
import { endSuperseded, freeze } from './freeze'
import { readPlan } from './read'
import { shapeOf } from './shape'
import { nextPlanState, planStateOf } from './states'
import { workOut, type WorkedOut } from './work-out'

/** Writing a job for each of 5,000 firewalls takes some seconds. */
const FREEZE_MS_MAX = 60_000

/** Throws unless the actor may approve in at least one customer whose firewalls would run, and their approval counts. */
function requireApprover(actor: Actor, row: UpdatePlan, customerIds: readonly string[]): string {
  const may = customerIds.filter((customerId) => canApprove(actor, customerId))
  const [first] = customerIds
  if (may.length === 0 && first !== undefined) authorise(actor, 'update:approve', { customerId: first })
  const operatorId = operatorIdOf(actor)
  if (operatorId === null) throw new AppError('forbidden', 'An approval is given by a person.', { nextStep: 'Sign in, or use a token of a person.', permission: 'update:approve' })
  if (!countsOf(row, operatorId)) throw new AppError('forbidden', 'You changed this plan last, and it asks for two people.', { nextStep: 'Another admin of its customers approves it.', permission: 'update:approve' })
  return operatorId
}

function canApprove(actor: Actor, customerId: string): boolean {
  try {
    authorise(actor, 'update:approve', { customerId })
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/** What was shown has to be what would run now. Throws stale, or conflict where nothing can run. */
function requireShown({ setHash }: WorkedOut, shown: string): string {
  if (setHash === null) throw new AppError('conflict', 'No firewall of this plan can run.', { nextStep: 'Look at the preview: it says why for each.' })
  if (setHash !== shown) throw new AppError('stale', 'What this plan would do changed since you looked at it.', { nextStep: 'Look at the preview again, then approve.' })
  return setHash
}

const runningOf = ({ rows }: WorkedOut) => rows.filter(({ group }) => group !== 'cannot-run')

/** Keeps the approval, and freezes the plan when none is missing any more; returns whether it did. */
async function keep(tx: Tx, actor: Actor, row: UpdatePlan, worked: WorkedOut, { setHash, operatorId, now }: { setHash: string; operatorId: string; now: Date }): Promise<boolean> {
  // Two people who approve at once come one after the other.
  const [locked] = await tx.$queryRaw<{ revision: number; state: string }[]>`SELECT revision, state FROM "UpdatePlan" WHERE id = ${row.id}::uuid FOR UPDATE`
  if (!locked || locked.revision !== row.revision || locked.state !== row.state) throw staleNow()
  await tx.planApproval.deleteMany({ where: { planId: row.id, OR: [{ setHash: { not: setHash } }, { operatorId }] } })
  await tx.planApproval.create({ data: { planId: row.id, operatorId, name: actor.name, actor: { kind: actor.kind, id: actor.id, name: actor.name }, at: now, setHash } })
  const given = await tx.planApproval.findMany({ where: { planId: row.id } })
  const customerIds = [...new Set(runningOf(worked).map((each) => each.row.customerId))]
  const missing = await uncovered(row, given, setHash, customerIds)
  if (missing.length > 0) return false
  const ended = await endSuperseded(tx, shapeOf(row).design.supersedesId, row.name, now)
  await freeze(tx, row, worked, { setHash, now })
  if (ended !== null) await record(tx, actor, { action: 'plan.supersede', target: { kind: 'plan', id: ended.id, name: ended.name }, details: { by: row.id, cancelled: ended.cancelled } })
  return true
}

/**
 * Approves exactly what was shown. When every customer of it is approved by an admin of that customer (and, where two people are
 * asked for, by somebody else than who changed it last), its firewalls are frozen into jobs in the same transaction, and it runs.
 * Throws forbidden, step-up-required, stale when the plan or what it would install is another by now, and conflict.
 */
export async function approvePlan(actor: Actor, { id, setHash: shown }: { id: string; setHash: string }, expectedRevision: number, now = new Date()): Promise<PlanDto> {
  authoriseScope(actor, 'update:plan')
  const found = await findPlan(actor, id)
  const { row, partial } = found
  if (partial) throw new AppError('forbidden', 'This plan has firewalls of customers that you do not see.', { nextStep: 'Someone who sees all of them approves it, or the plan is made for each customer alone.', permission: 'update:approve' })
  requireRevision(found, expectedRevision)
  const state = planStateOf(row.state)
  if (state === null || nextPlanState(state, 'approved') === null) throw new AppError('conflict', 'This plan waits for no approval.', { nextStep: 'Look again.' })
  const operatorId = requireApprover(actor, row, row.customerIds)
  requireStepUp(actor, 'plan.approve')
  const worked = await workOut(shapeOf(row), row.customerIds, now)
  const setHash = requireShown(worked, shown)
  await db()
    .$transaction(async (tx) => {
      const complete = await keep(tx, actor, row, worked, { setHash, operatorId, now })
      await record(tx, actor, { action: 'plan.approve', target: { kind: 'plan', id, name: row.name }, details: { setHash, complete, firewalls: runningOf(worked).length, leftOut: worked.rows.length - runningOf(worked).length } })
    }, { timeout: FREEZE_MS_MAX })
    .catch((error: unknown) => {
      if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
      throw new AppError('stale', 'Another plan took one of these firewalls at this moment.', { nextStep: 'Look at the preview again, then approve.' })
    })
  return readPlan(actor, { id })
}
