import 'server-only'
import type { Actor, RoleGrant } from '@/lib/auth/actor'
import { actorOfJob } from '@/lib/auth/actor-of-job'
import { roleMay } from '@/lib/auth/roles'
import { db } from '@/lib/db/client'
import type { PlanApproval, UpdatePlan } from '@/lib/db/generated/client'
import { changerOf } from './find'

const APPROVERS_MAX = 20

const mayApprove = (grants: readonly RoleGrant[], customerId: string): boolean => grants.some((grant) => (grant.customerId === null || grant.customerId === customerId) && roleMay(grant.role, 'update:approve'))

/** Whether an approval by this person would count: where two people are asked for, not that of who changed the plan last. */
export const countsOf = (plan: Pick<UpdatePlan, 'fourEyes' | 'actor' | 'createdAt'>, operatorId: string | null): boolean => !plan.fourEyes || operatorId !== changerOf(plan).operatorId

/** Who gave an approval of what the plan would install now, with the rights of this moment; null = none are left. */
async function actorsOf(plan: Pick<UpdatePlan, 'fourEyes' | 'actor' | 'createdAt'>, given: readonly PlanApproval[], setHash: string | null): Promise<Actor[]> {
  const valid = given.filter((approval) => approval.setHash === setHash && countsOf(plan, approval.operatorId))
  const actors = await Promise.all(valid.map(({ actor }) => actorOfJob(actor, 'approval')))
  return actors.filter((actor): actor is Actor => actor !== null && actor.kind !== 'worker')
}

/** Customers that no approval covers at this moment, of `customerIds`. */
export async function uncovered(plan: Pick<UpdatePlan, 'fourEyes' | 'actor' | 'createdAt'>, given: readonly PlanApproval[], setHash: string | null, customerIds: readonly string[]): Promise<string[]> {
  const actors = await actorsOf(plan, given, setHash)
  return customerIds.filter((customerId) => !actors.some(({ grants }) => mayApprove(grants, customerId)))
}

/**
 * Someone who approved this plan as it is and may still approve updates of this customer, with the rights of this moment; null
 * when nobody is left. Asked before each start: what nobody who may do it stands for does not begin.
 */
export async function approverOf(planId: string, customerId: string): Promise<Actor | null> {
  const plan = await db().updatePlan.findUnique({ where: { id: planId }, include: { approvals: true } })
  if (!plan || plan.setHash === null) return null
  const actors = await actorsOf(plan, plan.approvals, plan.setHash)
  return actors.find(({ grants }) => mayApprove(grants, customerId)) ?? null
}

/** People who may approve for at least one of these customers and whose approval would count, by name; at most 20. */
export async function possibleApprovers(plan: Pick<UpdatePlan, 'fourEyes' | 'actor' | 'createdAt'>, customerIds: readonly string[]): Promise<{ id: string; name: string }[]> {
  if (customerIds.length === 0) return []
  const operators = await db().operator.findMany({
    where: { disabledAt: null, joinedAt: { not: null }, grants: { some: { role: { in: ['admin', 'owner'] }, OR: [{ customerId: null }, { customerId: { in: [...customerIds] } }] } } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
    take: APPROVERS_MAX + 1,
  })
  return operators.filter(({ id }) => countsOf(plan, id)).slice(0, APPROVERS_MAX)
}
