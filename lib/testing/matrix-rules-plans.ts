// The part of the table about plans of updates and versions that are held.
import { db } from '@/lib/db/client'
import { shapeOf } from '@/lib/plans/shape'
import { workOut } from '@/lib/plans/work-out'
import { aReadyFirewall, NIGHTLY } from './a-plan'
import { fresh, ofCustomer, type Rule, type Situation } from './matrix-rule'

const DESIGN = { kind: 'minor', query: '', design: NIGHTLY }
/** A firewall that can run, and the hash of what is shown of the plan then. */
async function runnable({ at }: Situation): Promise<Record<string, unknown>> {
  if (!(await db().customer.findUnique({ where: { id: at.customerId } }))) return { setHash: 'a'.repeat(64) }
  await aReadyFirewall(at.customerId)
  const plan = await db().updatePlan.findUnique({ where: { id: at.planId } })
  const setHash = plan && (await workOut(shapeOf(plan), plan.customerIds, new Date())).setHash
  return { setHash: setHash ?? 'a'.repeat(64) }
}
const plan: Rule = { names: 'planId', least: 'operator', finds: 'operator' }

export const PLANS: Record<string, Rule[]> = {
  listPlans: [{ names: 'filter', least: 'operator', finds: 'operator', query: ofCustomer }],
  createPlan: [{ names: 'nothing', least: 'operator', body: () => ({ ...DESIGN, name: fresh('Plan') }) }],
  previewDesign: [{ names: 'nothing', least: 'operator', body: () => DESIGN }],
  readPlan: [plan],
  editPlan: [{ ...plan, body: () => ({ name: fresh('Plan') }) }],
  discardPlan: [plan],
  duplicatePlan: [{ ...plan, body: () => ({ name: fresh('Copy') }) }],
  previewPlan: [plan],
  readPlanRun: [plan],
  readPlanReport: [plan, { ...plan, as: 'of a customer', query: ofCustomer }],
  askForApproval: [{ ...plan, prepare: async (situation) => void (await runnable(situation)) }],
  approvePlan: [{ ...plan, least: 'admin', stepUp: true, prepare: runnable }],
  withdrawPlan: [{ ...plan, prepare: async ({ at }) => void (await db().updatePlan.updateMany({ where: { id: at.planId }, data: { state: 'waiting-approval' } })) }],
  readFirewallOffer: [{ names: 'firewallId', least: 'viewer' }],
  listVersionHolds: [{ names: 'filter', least: 'viewer' }],
  createVersionHold: [
    { as: 'of a customer', names: 'body', least: 'operator', body: ({ at }) => ({ family: 'opnsense', version: fresh('26.7'), customerId: at.customerId, note: 'breaks' }) },
    { as: 'of a plan', names: 'body', least: 'operator', finds: 'operator', body: ({ at }) => ({ family: 'opnsense', version: fresh('26.7'), planId: at.planId, fromPosition: 0, note: 'breaks' }) },
    { as: 'of everything', names: 'nothing', least: 'operator', everywhere: true, body: () => ({ family: 'opnsense', version: fresh('26.7'), note: 'breaks' }) },
  ],
  liftVersionHold: [{ names: 'holdId', least: 'admin' }],
}
