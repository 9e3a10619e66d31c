// From a simulated firewall that falls silent to the notice, and back: with real visits, and looks a few minutes ahead.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFleet, type Fleet } from '@/e2e/fake-firewalls/fleet'
import { db } from '@/lib/db/client'
import { tokenOf } from '@/lib/testing/api-client'
import { enrolled } from '@/lib/testing/enrolled'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { alertKeeper } from './run-alerts'
import { runDueVisits } from './run-visits'

let installation: Installation
let fleet: Fleet
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

it('what visits store of a firewall that falls silent is told, and that it is back', async () => {
  const token = await tokenOf(await owner(), 'owner')
  const customerId = (await aCustomer()).id
  const firewalls = await Promise.all((['opnsense', 'pfsense-v1', 'pfsense-v2'] as const).map((family, n) => fleet.add({ name: `fw-${family}`, family, version: ['26.7', '1.9', '2.10'][n] ?? '' })))
  for (const firewall of firewalls) await enrolled(firewall, token, customerId)
  const visit = async () => {
    await db().firewallVisit.updateMany({ data: { dueAt: new Date(0), statusDueAt: new Date(0), vpnDueAt: new Date(0) } })
    await runDueVisits('test', new AbortController().signal)
  }
  const { keep } = alertKeeper()
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)
  const told = async () => (await db().notice.findMany({ orderBy: { id: 'asc' } })).map(({ kind, facts }) => `${kind}: ${(facts as { sentence: string }).sentence}`)
  await visit()
  expect(await keep(inMinutes(0))).toMatchObject({ told: 0 })
  await firewalls[0]?.patch({ scenario: 'dead' })
  for (const _ of [1, 2]) await visit()
  expect(await keep(inMinutes(0))).toMatchObject({ told: 0 })
  expect(await keep(inMinutes(5))).toMatchObject({ told: 1 })
  await firewalls[0]?.patch({ scenario: 'none' })
  for (const _ of [1, 2]) await visit()
  await keep(inMinutes(0))
  await keep(inMinutes(2))
  expect(await told()).toEqual(['alert-opened: fw-opnsense does not answer.', 'alert-resolved: fw-opnsense does not answer.'])
})
