import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { PlanApproval } from '@/lib/db/generated/client'
import { etagOf } from '@/lib/firewalls/dto-of'
import { operatorIdOf } from '@/lib/team/reach'
import { countsOf, possibleApprovers, uncovered } from './approvals'
import type { PlanDto } from './dto'
import { changerOf, findPlan, type FoundPlan } from './find'
import { designOf } from './shape'
import { isDraft, planStateOf } from './states'
import { summariesOf } from './summary'

const OWN_REASON = 'You changed this plan last, and it asks for two people.'

/** `given`: as they were given. What the plan would install now is looked at only when the last one comes. */
async function approvalsOf(actor: Actor, { row, seen }: FoundPlan, given: readonly PlanApproval[]): Promise<PlanDto['approvals']> {
  const hash = row.setHash ?? given.at(-1)?.setHash ?? null
  const missing = await uncovered(row, given, hash, row.customerIds)
  const [customers, people] = await Promise.all([db().customer.findMany({ where: { id: { in: missing } }, select: { id: true, name: true }, orderBy: { name: 'asc' } }), possibleApprovers(row, missing)])
  const counts = countsOf(row, operatorIdOf(actor))
  const may = authoriseScope(actor, 'update:plan') && actor.grants.some((grant) => (grant.role === 'admin' || grant.role === 'owner') && (grant.customerId === null || seen.includes(grant.customerId)))
  const reason = !counts ? OWN_REASON : may ? null : 'It takes the role admin in a customer of this plan.'
  return {
    given: given.map(({ operatorId, name, at }) => ({ operatorId, name, at: at.toISOString() })),
    missing: customers,
    people,
    mine: { counts: reason === null, reason },
  }
}

async function supersededBy(id: string | null): Promise<{ id: string; name: string } | null> {
  return id === null ? null : db().updatePlan.findUnique({ where: { id }, select: { id: true, name: true } })
}

/** One plan. Who lacks a customer of it is told how far the firewalls of theirs are, and nothing of what the others are. */
export async function readPlan(actor: Actor, { id }: { id: string }): Promise<PlanDto> {
  authoriseScope(actor, 'update:plan')
  const found = await findPlan(actor, id)
  const { row, scope, partial } = found
  const [[summary], given] = await Promise.all([summariesOf([row], scope), db().planApproval.findMany({ where: { planId: id }, orderBy: { at: 'asc' } })])
  if (!summary) throw new Error('A plan has no summary.')
  const design = partial ? null : designOf(row.design)
  const { name, at } = changerOf(row)
  const state = planStateOf(row.state)
  return {
    ...summary,
    query: partial ? null : row.query,
    design,
    holdIfReboot: row.holdIfReboot,
    changedBy: name,
    changedAt: at,
    approvals: partial || state === null ? null : isDraft(state) || given.length > 0 ? await approvalsOf(actor, found, given) : null,
    supersedes: await supersededBy(design?.supersedesId ?? null),
    etag: etagOf(row.revision),
  }
}
