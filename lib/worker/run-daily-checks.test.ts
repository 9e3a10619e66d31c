import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startFleet, type Fleet } from '@/e2e/fake-firewalls/fleet'
import { db } from '@/lib/db/client'
import { tokenOf } from '@/lib/testing/api-client'
import { enrolled } from '@/lib/testing/enrolled'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { runDailyChecks } from './run-daily-checks'

// Whose night it is, and who is left in peace. The night of Oslo, in winter one hour ahead of UTC.

const NIGHT = new Date('2026-11-25T02:30:00Z')
const DAY = new Date('2026-11-25T12:00:00Z')
let installation: Installation
let fleet: Fleet
let id: string
let permissionless: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  const token = await tokenOf(await owner(), 'owner')
  const customerId = (await aCustomer()).id
  const add = async (name: string, family: 'opnsense' | 'pfsense-v2', version: string) => String((await enrolled(await fleet.add({ name, family, version }), token, customerId, { timeZone: 'Europe/Oslo' })).body.id)
  id = await add('night', 'opnsense', '26.7')
  permissionless = await add('no-command', 'pfsense-v2', '2.10')
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})
beforeEach(async () => {
  await db().firmwareCheck.deleteMany({})
  await db().firewallVisit.updateMany({ data: { checkDueAt: new Date(0) } })
  await db().firewall.updateMany({ data: { state: 'reachable', pausedAt: null, intervals: {} } })
})

const run = (at: Date) => runDailyChecks('test', at, new AbortController().signal)
const checks = async () => (await db().firmwareCheck.findMany({ select: { firewallId: true } })).map(({ firewallId }) => firewallId)
const nextHour = async () => {
  const { checkDueAt } = await db().firewallVisit.findUniqueOrThrow({ where: { firewallId: id } })
  return { hour: new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Oslo', hour: '2-digit', hourCycle: 'h23' }).format(checkDueAt), aheadHours: (checkDueAt.getTime() - NIGHT.getTime()) / 3_600_000 }
}

it('looks once in the quiet hours, where no permission is lacking, with an entry in the audit log, and again the next night', async () => {
  await run(NIGHT)
  expect(await checks()).toEqual([id])
  expect(await db().auditEntry.count({ where: { action: 'firewall.check', targetId: id, actorKind: 'worker' } })).toBe(1)
  expect(Number((await nextHour()).hour)).toBeGreaterThanOrEqual(2)
  expect(Number((await nextHour()).hour)).toBeLessThan(5)
  expect((await nextHour()).aheadHours).toBeGreaterThan(20)
  await db().firewallVisit.updateMany({ data: { checkDueAt: new Date(0) } })
  await run(NIGHT)
  expect(await checks()).toEqual([id])
  await db().firewall.update({ where: { id: permissionless }, data: { commandsAllowed: true } })
  await db().firewallVisit.updateMany({ data: { checkDueAt: new Date(0) } })
  await run(NIGHT)
  expect((await checks()).sort()).toEqual([id, permissionless].sort())
})

it('by day nothing; what was missed waits for the night', async () => {
  await run(DAY)
  expect(await checks()).toEqual([])
  expect((await nextHour()).aheadHours).toBeLessThan(28)
})

it.each([
  ['a check was asked for an hour ago', () => db().firmwareCheck.create({ data: { firewallId: id, state: 'done', actor: {}, createdAt: new Date(NIGHT.getTime() - 3_600_000), nextStepAt: NIGHT, finishedAt: NIGHT } }), 1],
  ['visits are paused', () => db().firewall.update({ where: { id }, data: { pausedAt: NIGHT } }), 0],
  ['it does not answer', () => db().firewall.update({ where: { id }, data: { state: 'unreachable' } }), 0],
  ['a person has to decide first', () => db().firewall.update({ where: { id }, data: { state: 'certificate-changed' } }), 0],
  ['it is switched off', () => db().firewall.update({ where: { id }, data: { intervals: { dailyCheck: false } } }), 0],
  ['its quiet hours are others', () => db().firewall.update({ where: { id }, data: { intervals: { quietHours: { from: '22:00', to: '01:00' } } } }), 0],
] as const)('in peace: %s', async (_, prepare, count) => {
  await prepare()
  await db().firewall.update({ where: { id: permissionless }, data: { commandsAllowed: false } })
  await run(NIGHT)
  expect(await checks()).toHaveLength(count)
})
