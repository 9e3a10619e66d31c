import 'server-only'
import { allThatMatch } from '@/lib/bulk/which'
import type { Actor } from '@/lib/auth/actor'
import { AppError, type FieldIssue } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { findFirewallIds } from '@/lib/db/firewall-list-sql'
import type { Scope } from '@/lib/auth/authorise'
import { findPlan, requireWhole } from './find'
import { isFinalPlan, planStateOf } from './states'
import { PLAN_FIREWALLS_MAX, type PlanDesign } from './words'

/** What no schema of one field can see. */
function faultsOf({ rings }: PlanDesign): FieldIssue[] {
  const names = rings.map(({ name }) => name.toLowerCase())
  return rings.flatMap(({ who }, at): FieldIssue[] => [
    ...(who.by === 'rest' && at < rings.length - 1 ? [{ field: `design.rings.${at}.who`, message: 'Only the last ring takes the rest.' }] : []),
    ...(names.indexOf(names[at] ?? '') < at ? [{ field: `design.rings.${at}.name`, message: 'Another ring has this name.' }] : []),
  ])
}

export function requireUsable(design: PlanDesign): void {
  const issues = faultsOf(design)
  if (issues.length > 0) throw new AppError('invalid-input', 'This plan cannot be used.', { issues })
}

/** Throws invalid-input naming the field unless the plan to be superseded is there, is the actor's to change, and is not over. */
export async function requireSupersedable(actor: Actor, { supersedesId }: PlanDesign): Promise<void> {
  if (supersedesId === null) return
  const refused = (message: string) => new AppError('invalid-input', 'This plan cannot be superseded.', { issues: [{ field: 'design.supersedesId', message }] })
  const found = await findPlan(actor, supersedesId).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'not-found' ? refused('There is no such plan.') : error
  })
  requireWhole(actor, found)
  const state = planStateOf(found.row.state)
  if (state === null || isFinalPlan(state)) throw refused('That plan is over.')
}

/** Customers of the firewalls that match now, within the scope: who may see the plan, and whose firewalls it stays with. */
export async function customersOf(query: string, { customerIds }: Scope<'update:plan'>): Promise<string[]> {
  const { ids } = await findFirewallIds(allThatMatch(query, customerIds), PLAN_FIREWALLS_MAX)
  const rows = await db().firewall.findMany({ where: { id: { in: ids.slice(0, PLAN_FIREWALLS_MAX) } }, distinct: ['customerId'], select: { customerId: true }, orderBy: { customerId: 'asc' } })
  return rows.map(({ customerId }) => customerId)
}
