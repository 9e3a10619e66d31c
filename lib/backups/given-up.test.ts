// A backup that kills its worker each time it is taken: it ends, the others go on, and the next daily one starts anew.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { workerActor, type Actor } from '@/lib/auth/actor'
import { claimBackupTask } from '@/lib/db/backups-sql'
import { db } from '@/lib/db/client'
import { tokenOf } from '@/lib/testing/api-client'
import { backUp, enrolledId } from '@/lib/testing/backed-up'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { requestBackup } from './request'
import { stepBackup } from './step'

let installation: Installation
let fleet: Fleet
let actor: Actor
let firewall: FleetFirewall
let id: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  actor = await owner()
  firewall = await fleet.add({ name: 'given-up', family: 'opnsense', version: '26.7' })
  id = await enrolledId(firewall, await tokenOf(actor, 'owner'), (await aCustomer('Elm Surgeries')).id)
}, 120_000)
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

const due = (taskId: string) => db().backupTask.update({ where: { id: taskId }, data: { nextStepAt: new Date(0) } })
/** A worker claims it, goes as far as storing, and is gone. */
async function killed(taskId: string): Promise<void> {
  await due(taskId)
  expect(await claimBackupTask(taskId, 60)).not.toBeNull()
  await db().backupTask.update({ where: { id: taskId }, data: { state: 'storing', startedAt: new Date() } })
}
const heir = async (taskId: string, now = new Date()) => {
  await due(taskId)
  await stepBackup(taskId, 'heir', now)
  return db().backupTask.findUniqueOrThrow({ where: { id: taskId } })
}

it('is given up after five tries, with a sentence and an end in the audit log; the next daily one is taken', async () => {
  const { id: taskId } = await requestBackup(actor, { id, reason: 'by-hand' })
  for (let tries = 0; tries < 5; tries += 1) await killed(taskId)
  firewall.resetCounts()
  expect(await heir(taskId)).toMatchObject({ state: 'failed', errorCode: 'internal', message: expect.stringMatching(/begun 5 times .+ memory/) as unknown, finishedAt: expect.any(Date) as unknown })
  expect(firewall.counts().requests).toBe(0)
  expect(await db().firewall.findUniqueOrThrow({ where: { id } })).toMatchObject({ backupError: expect.stringContaining('not begun again') as unknown })
  expect((await db().auditEntry.findMany({ where: { action: 'firewall.backup', targetId: id }, orderBy: { entry: 'asc' } })).map(({ result }) => result)).toEqual(['intent', 'failed'])
  expect(await backUp(workerActor('schedule'), id, 'daily')).toMatchObject({ state: expect.stringMatching(/^(?:done|unchanged)$/) as unknown, attempts: 1 })
}, 120_000)

it('four of them do not end it', async () => {
  const { id: taskId } = await requestBackup(actor, { id, reason: 'by-hand' })
  for (let tries = 0; tries < 4; tries += 1) await killed(taskId)
  expect((await heir(taskId)).errorCode).toBeNull()
}, 120_000)

it('is given up after three hours, unless its first try is still to come', async () => {
  const { id: taskId } = await requestBackup(actor, { id, reason: 'by-hand' })
  const later = new Date(Date.now() + 3 * 3_600_000 + 1_000)
  await killed(taskId)
  expect(await heir(taskId, later)).toMatchObject({ state: 'failed', message: expect.stringContaining('begun once') as unknown })
  const { id: waiting } = await requestBackup(actor, { id, reason: 'by-hand' })
  expect((await heir(waiting, later)).errorCode).toBeNull()
}, 120_000)

it('a firewall that is away is no such try, and who asks for one before a change starts anew', async () => {
  const { id: taskId } = await requestBackup(actor, { id, reason: 'before-change' })
  await firewall.patch({ scenario: '502', scenarioPath: '/api/core/backup/download' })
  for (let tries = 0; tries < 2; tries += 1) expect(await heir(taskId)).toMatchObject({ state: 'queued', attempts: 0 })
  for (let tries = 0; tries < 5; tries += 1) await killed(taskId)
  await firewall.patch({ scenario: 'none' })
  await requestBackup(actor, { id, reason: 'before-change' })
  expect(await heir(taskId)).toMatchObject({ errorCode: null, finishedAt: expect.any(Date) as unknown, reason: 'before-change' })
}, 120_000)
