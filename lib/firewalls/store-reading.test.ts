import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startFleet, type Fleet } from '@/e2e/fake-firewalls/fleet'
import { workerActor } from '@/lib/auth/actor'
import { firewallError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { findConnection, type ConnectionRow } from '@/lib/db/sql'
import { tokenOf } from '@/lib/testing/api-client'
import { enrolled } from '@/lib/testing/enrolled'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { noteFailedCall } from './note-failure'
import { storeVisit } from './store-reading'

// Two calls to one firewall are under way; one is stopped, and the other ends after it.

let installation: Installation
let fleet: Fleet
let row: ConnectionRow
let count = 0
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})
beforeEach(async () => {
  const firewall = await fleet.add({ name: `late-${(count += 1)}`, family: 'pfsense-v2', version: '2.10' })
  const { id } = (await enrolled(firewall, await tokenOf(await owner(), 'owner'), (await aCustomer()).id)).body
  const found = await findConnection(String(id), 'all')
  if (!found) throw new Error('The enrolled firewall is not there.')
  row = found
})

const state = async () => (await db().firewall.findUniqueOrThrow({ where: { id: row.id } })).state
const ending = () => storeVisit(row.id, {}, null, new Date(), false)

it('a refused credential stays refused when a visit that began before it ends', async () => {
  await noteFailedCall(row, workerActor('test'), firewallError('firewall-credential-rejected'))
  await ending()
  expect(await state()).toBe('credential-rejected')
  await noteFailedCall(row, workerActor('test'), firewallError('firewall-unreachable'))
  expect(await state()).toBe('credential-rejected')
})

it('a cleared credential and a pause stay too', async () => {
  await db().firewall.update({ where: { id: row.id }, data: { state: 'credential-missing' } })
  await ending()
  expect(await state()).toBe('credential-missing')
  await db().firewall.update({ where: { id: row.id }, data: { state: 'paused', pausedAt: new Date() } })
  await ending()
  expect(await state()).toBe('paused')
})

it('a visit without such an event says how the firewall is', async () => {
  await ending()
  expect(await state()).toBe('reachable')
  await noteFailedCall(row, workerActor('test'), firewallError('firewall-unreachable'))
  expect(await state()).toBe('unreachable')
  await ending()
  expect(await state()).toBe('reachable')
})
