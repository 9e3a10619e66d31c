// Whose night it is, who is left in peace, and when the first one is taken. The night of Oslo, in winter one hour ahead of UTC.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { overdueBackups, stepBackup } from '@/lib/backups/step'
import { db } from '@/lib/db/client'
import { tokenOf } from '@/lib/testing/api-client'
import { enrolled } from '@/lib/testing/enrolled'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { runDailyBackups } from './run-daily-backups'

const NIGHT = new Date('2026-11-25T02:30:00Z')
const DAY = new Date('2026-11-25T12:00:00Z')
const HOUR_MS = 3_600_000
let installation: Installation
let fleet: Fleet
let firewall: FleetFirewall
let id: string
let permissionless: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  const token = await tokenOf(await owner(), 'owner')
  const customerId = (await aCustomer()).id
  const add = async (name: string, family: 'opnsense' | 'pfsense-v2', version: string) => {
    const added = await fleet.add({ name, family, version })
    return { added, id: String((await enrolled(added, token, customerId, { timeZone: 'Europe/Oslo' })).body.id) }
  }
  const night = await add('night', 'opnsense', '26.7')
  firewall = night.added
  id = night.id
  permissionless = (await add('no-command', 'pfsense-v2', '2.10')).id
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})
const due = () => db().firewallVisit.updateMany({ data: { backupDueAt: new Date(0) } })
beforeEach(async () => {
  await db().backupTask.deleteMany({})
  await due()
  await db().firewall.updateMany({ data: { state: 'reachable', pausedAt: null, createdAt: new Date(NIGHT.getTime() - 24 * HOUR_MS), backupAt: new Date(NIGHT.getTime() - 24 * HOUR_MS) } })
})

const run = (at: Date) => runDailyBackups('test', at, new AbortController().signal)
const asked = async () => (await db().backupTask.findMany({ select: { firewallId: true } })).map(({ firewallId }) => firewallId)
const aheadHours = async (from: Date) => ((await db().firewallVisit.findUniqueOrThrow({ where: { firewallId: id } })).backupDueAt.getTime() - from.getTime()) / HOUR_MS
const carryOut = async () => {
  for (const taskId of await overdueBackups(new Date(Date.now() + 10_000))) await stepBackup(taskId, 'test', new Date())
}

it('once in the quiet hours, where no permission is lacking, and again the next night; what is not fetched leaves no entry', async () => {
  await run(NIGHT)
  expect(await asked()).toEqual([id])
  expect(await aheadHours(NIGHT)).toBeGreaterThan(20)
  await carryOut()
  const entries = () => db().auditEntry.findMany({ where: { action: 'firewall.backup', targetId: id }, orderBy: { entry: 'asc' } })
  expect((await entries()).map(({ result, actorKind }) => [result, actorKind])).toEqual([['intent', 'worker'], ['done', 'worker']])
  await db().firewall.updateMany({ data: { backupAt: new Date(NIGHT.getTime() - 24 * HOUR_MS) } })
  await due()
  firewall.resetCounts()
  await run(NIGHT)
  await carryOut()
  expect(firewall.counts().byPath).toEqual({ 'GET /api/core/backup/backups/this': 1 })
  expect(await entries()).toHaveLength(2)
  await db().firewall.update({ where: { id: permissionless }, data: { commandsAllowed: true } })
  await due()
  await run(NIGHT)
  expect((await asked()).sort()).toEqual([id, id, permissionless].sort())
  await db().firewall.update({ where: { id: permissionless }, data: { commandsAllowed: false } })
})

it('by day nothing; what was missed waits for the night', async () => {
  await run(DAY)
  expect(await asked()).toEqual([])
  expect(await aheadHours(DAY)).toBeLessThan(17)
})

it('the first one by day as well, ten minutes after it was enrolled', async () => {
  await db().firewall.update({ where: { id }, data: { backupAt: null, createdAt: new Date(DAY.getTime() - 60_000) } })
  await run(DAY)
  expect(await asked()).toEqual([])
  expect(await aheadHours(DAY)).toBeCloseTo(9 / 60, 2)
  await run(new Date(DAY.getTime() + 10 * 60_000))
  expect(await asked()).toEqual([id])
})

it('one that does not answer is tried again the same night, and not for ever', async () => {
  await db().firewall.update({ where: { id }, data: { state: 'unreachable' } })
  await run(NIGHT)
  expect(await asked()).toEqual([])
  expect(await aheadHours(NIGHT)).toBeLessThan(1)
  await due()
  await run(new Date('2026-11-25T03:50:00Z'))
  expect(await aheadHours(NIGHT)).toBeGreaterThan(20)
})

it.each([
  ['it has one of an hour ago', () => db().firewall.update({ where: { id }, data: { backupAt: new Date(NIGHT.getTime() - HOUR_MS) } })],
  ['visits are paused', () => db().firewall.update({ where: { id }, data: { pausedAt: NIGHT } })],
  ['a person has to decide first', () => db().firewall.update({ where: { id }, data: { state: 'certificate-changed' } })],
])('not when %s', async (_, prepare) => {
  await prepare()
  await run(NIGHT)
  expect(await asked()).toEqual([])
  expect(await aheadHours(NIGHT)).toBeGreaterThan(20)
})
