// How updates of a firewall start is an admin's choice on record, and a firewall that starts anew is not given up for a 401.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFleet, type Fleet } from '@/e2e/fake-firewalls/fleet'
import { firewallOperations } from '@/lib/api/firewalls'
import { forgetEnvironment } from '@/lib/core/env'
import { db } from '@/lib/db/client'
import { findConnection } from '@/lib/db/sql'
import { call, tokenOf } from '@/lib/testing/api-client'
import { enrolled } from '@/lib/testing/enrolled'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { connectTo } from './connect'

let installation: Installation
let fleet: Fleet
let token: string
let customerId: string
const signal = AbortSignal.timeout(60_000)

beforeAll(async () => {
  installation = await startInstallation()
  process.env.PALISADE_ALLOWED_NETWORKS = '127.0.0.0/8'
  forgetEnvironment()
  fleet = await startFleet()
  token = await tokenOf(await owner(), 'owner')
  customerId = (await aCustomer('Ferndale Clinics')).id
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

const connection = async (id: string) => {
  const row = await findConnection(id, 'all')
  if (row === null) throw new Error('The firewall is gone.')
  return row
}

it('is stored, audited with before and after, and used by the next connection', async () => {
  const { body } = await enrolled(await fleet.add({ name: 'fc-clinic-fw1', family: 'pfsense-v2', version: '2.10' }), token, customerId)
  const id = String(body.id)
  expect(body.updateWay).toMatchObject({ byEndpoint: false, risk: expect.stringContaining('5 minutes') })
  expect((await connectTo(await connection(id), signal)).firmware.startReason).toContain('command permission')
  const changed = await call(firewallOperations.editUpdateWay, { token, params: { id }, body: { byEndpoint: true }, headers: { 'if-match': String(body.etag) } })
  expect([changed.status, changed.body.updateWay]).toEqual([200, expect.objectContaining({ byEndpoint: true })])
  expect((await connectTo(await connection(id), signal)).firmware.startReason).toBeNull()
  expect((await db().auditEntry.findFirstOrThrow({ where: { action: 'firewall.update-way.change', targetId: id } })).canonical).toMatch(/"before":\{"byEndpoint":false\}/)
  // Somebody who looked before the change is told so.
  expect((await call(firewallOperations.editUpdateWay, { token, params: { id }, body: { byEndpoint: false }, headers: { 'if-match': String(body.etag) } })).status).toBe(412)
})

it.each(['opnsense', 'pfsense-v1'] as const)('is no choice for %s', async (family) => {
  const { body } = await enrolled(await fleet.add({ name: `fc-${family}`, family, version: family === 'opnsense' ? '26.7' : '1.9' }), token, customerId)
  expect(body.updateWay).toBeNull()
  const sent = { token, params: { id: String(body.id) }, body: { byEndpoint: true }, headers: { 'if-match': String(body.etag) } }
  expect((await call(firewallOperations.editUpdateWay, sent)).body.code).toBe('invalid-input')
})

it('a 401 while it starts counts as a try and stops nothing; at any other time it stops all calls', async () => {
  const firewall = await fleet.add({ name: 'fc-lab-fw1', family: 'opnsense', version: '26.7' })
  const id = String((await enrolled(firewall, token, customerId)).body.id)
  await firewall.patch({ revoke: 'key' })
  const attached = await (await connectTo(await connection(id), signal, { whileStarting: true })).firmware.reattach(signal)
  expect(attached).toMatchObject({ state: 'away', reason: expect.stringContaining('rejected') })
  expect((await connection(id)).rejectedAt).toBeNull()
  await expect((await connectTo(await connection(id), signal)).firmware.progress(signal)).rejects.toMatchObject({ code: 'firewall-credential-rejected' })
  expect((await connection(id)).rejectedAt).not.toBeNull()
  expect(firewall.counts().authenticationFailures).toBe(2)
})
