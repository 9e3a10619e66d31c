// Plans of every family from what a check stored to their report, against simulated firewalls in simulated time.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { findConnection } from '@/lib/db/sql'
import { connectTo } from '@/lib/firewalls/connect'
import { NIGHTLY } from '@/lib/testing/a-plan'
import { tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { approvedPlan, planEngine, visitAll, type PlanEngine } from '@/lib/testing/plan-world'
import { updatable } from '@/lib/testing/update-world'
import { readPlanRun } from './read'
import { readPlanReport } from './report'

let installation: Installation
let fleet: Fleet
let engine: PlanEngine
let who: Actor
let token: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  who = await owner()
  token = await tokenOf(who, 'owner')
  engine = planEngine(fleet)
})
afterAll(async () => {
  engine.stop()
  await fleet.stop()
  await installation.end()
})

/** Makes it look for updates, as the nightly check does. */
async function check(id: string): Promise<void> {
  const row = await findConnection(id, 'all')
  if (!row) throw new Error('There is no such firewall.')
  const signal = AbortSignal.timeout(30_000)
  const { check: checks } = await connectTo(row, signal)
  let step = await checks?.begin(signal)
  while (step?.phase === 'running') step = await checks?.progress(signal)
}

const jobStates = async (planId: string): Promise<string[]> => (await db().updateJob.findMany({ where: { planId }, orderBy: { firewall: { name: 'asc' } } })).map(({ state }) => state)

it('pfSense of both API packages is approved as it offers, loses its API package, is found again and verified', async () => {
  const { id: customerId } = await aCustomer()
  const made: { firewall: FleetFirewall; id: string }[] = [
    await updatable(fleet, token, customerId, 'family-v1', 'pfsense-v1', { offer: { version: '2.7.2' } }),
    await updatable(fleet, token, customerId, 'family-v2', 'pfsense-v2', { version: '2.7', offer: { version: '2.8.1' } }),
  ]
  for (const { id } of made) await check(id)
  await visitAll()
  engine.moveTo(Date.now())
  const planId = await approvedPlan(who, { ...NIGHTLY, randomStartMinutes: 0 }, engine.now(), { query: `customer__id=${customerId}` })
  await engine.run(async () => (await jobStates(planId)).every((state) => state === 'package-missing' || state === 'held' || state === 'failed'))
  expect(await jobStates(planId)).toEqual(['package-missing', 'package-missing'])
  expect((await readPlanRun(who, { id: planId, rows: 10, each: 'true' }, engine.now())).rings[0]).toMatchObject({ state: 'open', counts: { stopped: 2 }, gate: { ended: 0 } })
  for (const { firewall } of made) await firewall.patch({ reinstallPackage: true })
  await engine.run(async () => (await db().updatePlan.findUniqueOrThrow({ where: { id: planId } })).state === 'done')
  const report = await readPlanReport(who, { id: planId }, engine.now())
  expect(report.jobs.map(({ state, toVersion }) => [state, toVersion])).toEqual([['succeeded', '2.7.2'], ['succeeded', '2.8.1']])
  for (const { verification } of report.jobs) for (const id of ['version', 'boot', 'rules']) expect(verification.find((one) => one.id === id), id).toMatchObject({ result: 'pass' })
  expect(made.map(({ firewall }) => firewall.counts().updateStarts)).toEqual([1, 1])
})
