import 'server-only'
import { inScope, type Scope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { VersionHold } from '@/lib/db/generated/client'
import { spellingsOf } from './holds-at-work'
import type { ListVersionHolds } from './input'
import { isFinalPlan, PLAN_STATES } from './states'

const HOLDS_SHOWN_MAX = 500

/** A hold in a plan that is over holds nothing any more. */
async function plansAtWork(customerId: string | undefined): Promise<string[]> {
  const plans = await db().updatePlan.findMany({ where: { state: { in: PLAN_STATES.filter((state) => !isFinalPlan(state)) }, ...(customerId !== undefined && { customerIds: { has: customerId } }) }, select: { id: true } })
  return plans.map(({ id }) => id)
}

/** Whether a firewall of the plan that has not begun would install it. Of customers that one does not see nothing is told. */
async function isMet(scope: Scope<'firewall:read'>, planId: string, { family, version, customerId }: VersionHold): Promise<boolean> {
  const job = await db().updateJob.findFirst({
    where: { AND: [inScope(scope), customerId === null ? {} : { customerId }], planId, intentAt: null, finishedAt: null, toVersion: { in: spellingsOf(version) }, firewall: { family } },
    select: { id: true },
  })
  return job !== null
}

/** The newest first, whoever sees them; at most 500. */
export async function holdsListed(scope: Scope<'firewall:read'>, { planId, concerning, customerId, lifted }: ListVersionHolds): Promise<VersionHold[]> {
  const ofPlan = planId ?? concerning
  const plan = ofPlan ? { planId: ofPlan } : lifted && customerId === undefined ? { planId: { not: null } } : { planId: { in: await plansAtWork(customerId) } }
  const elsewhere = { planId: null, ...(customerId !== undefined && { OR: [{ customerId: null }, { customerId }] }) }
  const rows = await db().versionHold.findMany({
    where: { AND: [planId === undefined ? { OR: [plan, elsewhere] } : plan, lifted ? {} : { liftedAt: null }] },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: HOLDS_SHOWN_MAX,
  })
  if (concerning === undefined) return rows
  const met = await Promise.all(rows.map(async (row) => row.planId !== null || (await isMet(scope, concerning, row))))
  return rows.filter((_row, at) => met[at])
}
