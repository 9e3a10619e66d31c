// What channels are told when a ring halts: figures of its gate count firewalls of every customer of the plan.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { aPlan, aReadyFirewall } from '@/lib/testing/a-plan'
import { aCustomer, startInstallation, type Installation } from '@/lib/testing/installation'
import { tellHalt } from './announce'

const FIGURES = '3 of 40 firewalls failed, and the gate asks for 95 % success.'
let installation: Installation
beforeAll(async () => {
  installation = await startInstallation()
})
afterAll(() => installation.end())

/** What was told to whom when a plan over these customers halted; each of `working` has a firewall in it. */
async function halted(customerIds: string[], working = customerIds): Promise<[string | null, string][]> {
  const now = new Date()
  const id = await aPlan(customerIds[0] ?? '', 'December')
  const plan = await db().updatePlan.update({ where: { id }, data: { state: 'running', customerIds } })
  const ring = await db().planRing.create({ data: { planId: id, position: 0, name: 'Canary', state: 'halted', gate: {} } })
  for (const customerId of working) await db().updateJob.create({ data: { planId: id, ringId: ring.id, firewallId: await aReadyFirewall(customerId), customerId, state: 'failed', stateSince: now, kind: 'minor', offer: {}, offerHash: 'n', nextStepAt: now } })
  await db().$transaction((tx) => tellHalt(tx, plan, 'Canary', FIGURES, now))
  const notices = await db().notice.findMany({ where: { kind: 'plan-halted', facts: { path: ['planId'], equals: id } }, orderBy: { id: 'asc' } })
  return notices.map(({ customerId, facts }) => [customerId, JSON.stringify(facts)])
}

it('the one customer of a plan is told why', async () => {
  const { id } = await aCustomer()
  const told = await halted([id])
  expect(told).toEqual([[id, expect.stringContaining(`Its ring Canary halted. ${FIGURES} Nothing more of it starts until somebody decides.`)]])
})

it('of several each is told that it halted, and only channels of the whole installation why', async () => {
  const [one, two] = [(await aCustomer('Anvil')).id, (await aCustomer('Bright')).id]
  const told = new Map(await halted([one, two]))
  expect([...told.keys()].sort()).toEqual([null, one, two].sort())
  expect(told.get(null)).toContain(FIGURES)
  for (const id of [one, two]) {
    expect(told.get(id)).toContain('One of its rings halted. Nothing more of it starts until somebody decides.')
    expect(told.get(id)).not.toMatch(/3 of 40|95 %|Canary/)
  }
  // Also where no firewall of the others is left in it.
  expect(new Map(await halted([one, two], [one])).get(one)).not.toContain('3 of 40')
})
