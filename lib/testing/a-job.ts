// An update job of a plan that has been running for a while.
import { db } from '@/lib/db/client'

const DAY_MS = 86_400_000

/** Held, and looked at again only tomorrow. */
export async function aJob(firewallId: string, customerId: string, word: string): Promise<string> {
  const now = new Date()
  const tomorrow = new Date(now.getTime() + DAY_MS)
  const plan = await db().updatePlan.create({
    data: { name: `${word} updates`, state: 'running', kind: 'minor', query: '', design: {}, customerIds: [customerId], createdAt: now, createdByName: 'N', actor: {}, nextStepAt: tomorrow, rings: { create: { position: 0, name: 'Canary', gate: {} } } },
    include: { rings: true },
  })
  const job = { planId: plan.id, ringId: plan.rings[0]?.id ?? '', firewallId, customerId, state: 'held', stateSince: now, kind: 'minor', offer: {}, offerHash: '', nextStepAt: tomorrow }
  return (await db().updateJob.create({ data: job })).id
}
