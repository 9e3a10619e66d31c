// The demo moves the day of enrolment three months back; by then there has to be a backup, or an alert says that there was none in all that time.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFleet, type Fleet } from '@/e2e/fake-firewalls/fleet'
import { evaluateAlerts } from '@/lib/alerts/evaluate'
import { backupOperations } from '@/lib/api/backups'
import { overdueBackups, stepBackup } from '@/lib/backups/step'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { enrolledId } from '@/lib/testing/backed-up'
import { must } from '@/lib/testing/enrolled'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { withPast } from '@/lib/testing/past'
import { takeFirstBackup } from './back-up.mjs'

let installation: Installation
let fleet: Fleet
let token: string
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  token = await tokenOf(await owner(), 'owner')
  customerId = (await aCustomer()).id
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

/** As over HTTP; whenever somebody looks how it stands, a worker has done what is due. */
async function api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const params = { id: path.split('/')[2] ?? '' }
  if (method === 'POST') return must(await call(backupOperations.take, { token, params, body }), 202).body
  for (const taskId of await overdueBackups(new Date(Date.now() + 10_000))) await stepBackup(taskId, 'test', new Date())
  return must(await call(backupOperations.ofFirewall, { token, params }), 200).body
}
const visited = (id: string) => db().firewall.update({ where: { id }, data: { state: 'reachable', visitedAt: new Date() } })
const withoutBackup = async () => {
  await evaluateAlerts(new Date())
  return (await db().alert.findMany({ where: { kind: 'no-backup' } })).map(({ firewallId }) => firewallId)
}

it('a firewall with an invented past has its first backup before it has the past', async () => {
  const [backedUp, bare] = [await enrolledId(await fleet.add({ name: 'kept', family: 'opnsense', version: '26.7' }), token, customerId), await enrolledId(await fleet.add({ name: 'bare', family: 'opnsense', version: '26.7' }), token, customerId)]
  for (const id of [backedUp, bare]) await visited(id)
  await takeFirstBackup(api, backedUp)
  for (const id of [backedUp, bare]) await withPast(id, new Date())
  expect(await withoutBackup()).toEqual([bare])
})

it('one that can give none is left alone', async () => {
  const id = await enrolledId(await fleet.add({ name: 'without', family: 'pfsense-v2', version: '2.10' }), token, customerId)
  await visited(id)
  await takeFirstBackup(api, id)
  expect(await db().backupTask.count({ where: { firewallId: id } })).toBe(0)
})
