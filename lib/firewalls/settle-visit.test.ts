import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startFleet, type Fleet } from '@/e2e/fake-firewalls/fleet'
import { workerActor } from '@/lib/auth/actor'
import { firewallError, type ErrorCode } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { findVisit, type VisitRow } from '@/lib/db/visits-sql'
import type { Observed } from '@/lib/facts/observed'
import { DEFAULT_INTERVALS } from '@/lib/polling/intervals'
import { tokenOf } from '@/lib/testing/api-client'
import { enrolled } from '@/lib/testing/enrolled'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { noteFailedCall } from './note-failure'
import type { Visited } from './read-kinds'
import { settleVisit } from './settle-visit'

// Two calls to one firewall are under way; one is stopped, and the other ends after it.

let installation: Installation
let fleet: Fleet
let row: VisitRow
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
  const found = await findVisit(String(id))
  if (!found) throw new Error('The enrolled firewall is not there.')
  row = found
})

const stored = () => db().firewall.findUniqueOrThrow({ where: { id: row.id } })
const state = async () => (await stored()).state
const worker = workerActor('test')
const fail = (code: Extract<ErrorCode, `firewall-${string}`>) => firewallError(code)
const CARP: Observed<'carp'> = { kind: 'carp', reading: { enabled: null, maintenanceMode: null, demotion: null, items: [], notReported: [] }, observedAt: new Date() }
const answered: Visited = { asked: ['carp'], read: [CARP], failures: [], stopped: null, firstReply: null }
const silent: Visited = { asked: ['status'], read: [], failures: [], stopped: fail('firewall-unreachable'), firstReply: null }
const end = async (visited: Visited, leaseTerm: number | null = null) => {
  const now = await findVisit(row.id)
  // What it knew when it began, but for what counts answers.
  await settleVisit({ ...row, misses: now?.misses ?? 0, returns: now?.returns ?? 0 }, visited, DEFAULT_INTERVALS, worker, { leaseTerm, holder: null, scale: 1 })
}

it('a refused credential stays refused when a visit that began before it ends', async () => {
  await noteFailedCall(row, worker, fail('firewall-credential-rejected'))
  await end(answered)
  expect(await state()).toBe('credential-rejected')
  await end(silent)
  await end(silent)
  await noteFailedCall(row, worker, fail('firewall-unreachable'))
  expect(await state()).toBe('credential-rejected')
})

it('a cleared credential and a pause stay too', async () => {
  await db().firewall.update({ where: { id: row.id }, data: { state: 'credential-missing' } })
  await end(answered)
  expect(await state()).toBe('credential-missing')
  await db().firewall.update({ where: { id: row.id }, data: { state: 'paused', pausedAt: new Date() } })
  await end(answered)
  expect(await state()).toBe('paused')
})

it('unreachable takes two visits without an answer, reachable again two with one; the first already tells', async () => {
  await end(answered)
  expect(await state()).toBe('reachable')
  await end(silent)
  expect(await stored()).toMatchObject({ state: 'reachable', lastErrorCode: 'firewall-unreachable' })
  await end(silent)
  expect(await state()).toBe('unreachable')
  const visitedBefore = (await stored()).visitedAt
  await end(answered)
  expect(await stored()).toMatchObject({ state: 'unreachable', lastErrorCode: null })
  expect((await stored()).visitedAt?.getTime()).toBeGreaterThan(visitedBefore?.getTime() ?? 0)
  await end(answered)
  expect(await state()).toBe('reachable')
})

it('a failed call beside the visits says why, leaves the state, and makes a visit due at once', async () => {
  await end(answered)
  await noteFailedCall(row, worker, fail('firewall-timed-out'))
  expect(await stored()).toMatchObject({ state: 'reachable', lastErrorCode: 'firewall-timed-out' })
  expect((await db().firewallVisit.findUniqueOrThrow({ where: { firewallId: row.id } })).dueAt.getTime()).toBeLessThanOrEqual(Date.now())
})

it('a visit whose claim is lost changes nothing but the readings that are newer', async () => {
  await end(answered)
  await db().firewallVisit.update({ where: { firewallId: row.id }, data: { leaseTerm: 8 } })
  const before = [await stored(), await db().firewallVisit.findMany({ where: { firewallId: row.id } }), await db().reading.findMany({ where: { firewallId: row.id } })]
  const older = { ...CARP, reading: { ...CARP.reading, demotion: 240 }, observedAt: new Date(CARP.observedAt.getTime() - 1) }
  await settleVisit(row, { ...answered, read: [older] }, DEFAULT_INTERVALS, worker, { leaseTerm: 7, holder: null, scale: 1 })
  expect([await stored(), await db().firewallVisit.findMany({ where: { firewallId: row.id } }), await db().reading.findMany({ where: { firewallId: row.id } })]).toEqual(before)
})
