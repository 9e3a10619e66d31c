// Who asks while a backup is under way: one task, the strongest reason, and before a change nothing that was read earlier.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { workerActor, type Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { tokenOf } from '@/lib/testing/api-client'
import { enrolledId } from '@/lib/testing/backed-up'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { contentOfBackup, readContentBytes } from './contents'
import { requestBackup } from './request'
import type { BackupReason } from './states'
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
  firewall = await fleet.add({ name: 'asked-twice', family: 'opnsense', version: '26.7' })
  id = await enrolledId(firewall, await tokenOf(actor, 'owner'), (await aCustomer('Beech Optics')).id)
}, 120_000)
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

const task = (taskId: string) => db().backupTask.findUniqueOrThrow({ where: { id: taskId } })

describe('asked again while one is open', () => {
  const soon = new Date(Date.now() + 600_000)
  /** `bySchedule`: it was a schedule's so far, which has written no intent. */
  async function open(state: string, reason: BackupReason, bySchedule: boolean): Promise<string> {
    await db().backupTask.updateMany({ where: { firewallId: id, finishedAt: null }, data: { state: 'failed', finishedAt: new Date() } })
    const { id: taskId } = await db().backupTask.create({ data: { firewallId: id, state, reason, actor: { kind: 'worker', id: null, name: 'worker' }, createdAt: new Date(), nextStepAt: soon, attempts: 2, ...(!bySchedule && { intentEntry: 1 }) } })
    return taskId
  }

  it.each<[open: BackupReason, bySchedule: boolean, asked: BackupReason, becomes: BackupReason]>([
    ['by-hand', false, 'before-change', 'before-change'],
    ['by-hand', false, 'before-update', 'before-update'],
    ['before-change', false, 'by-hand', 'before-change'],
    ['before-change', false, 'before-update', 'before-update'],
    ['before-update', false, 'before-change', 'before-update'],
    ['before-update', false, 'by-hand', 'before-update'],
    ['daily', true, 'by-hand', 'by-hand'],
    ['daily', true, 'before-change', 'before-change'],
  ])('%s (of a schedule: %s), asked for %s it is %s', async (reason, bySchedule, asked, becomes) => {
    const taskId = await open('fetching', reason, bySchedule)
    expect((await requestBackup(actor, { id, reason: asked })).id).toBe(taskId)
    const isBeforeAct = asked !== 'by-hand'
    expect(await task(taskId)).toMatchObject({ reason: becomes, state: isBeforeAct ? 'queued' : 'fetching', attempts: isBeforeAct ? 0 : 2 })
    expect((await task(taskId)).nextStepAt < soon).toBe(isBeforeAct)
  }, 60_000)

  it('by a schedule nothing of it changes', async () => {
    const taskId = await open('queued', 'by-hand', false)
    await requestBackup(workerActor('schedule'), { id, reason: 'daily' })
    expect(await task(taskId)).toMatchObject({ reason: 'by-hand', nextStepAt: soon, attempts: 2 })
    await db().backupTask.update({ where: { id: taskId }, data: { state: 'failed', finishedAt: new Date() } })
  }, 60_000)
})

it('before a change while one is fetched: that one stores nothing, and what is there now is read', async () => {
  await firewall.patch({ scenario: 'slow', scenarioPath: '/api/core/backup/download', slowMs: 15_000 })
  const { id: taskId } = await requestBackup(actor, { id, reason: 'by-hand' })
  const first = stepBackup(taskId, 'first', new Date())
  await expect.poll(async () => (await task(taskId)).state, { interval: 20, timeout: 60_000 }).toBe('fetching')
  expect((await requestBackup(actor, { id, reason: 'before-change' })).id).toBe(taskId)
  expect(await task(taskId)).toMatchObject({ state: 'queued', reason: 'before-change', finishedAt: null })
  await first
  expect(await task(taskId)).toMatchObject({ state: 'queued', finishedAt: null, backupId: null })
  expect(await db().backup.count({ where: { firewallId: id } })).toBe(0)
  await firewall.patch({ scenario: 'none', configuration: { edits: [{ path: 'system.hostname', value: 'meanwhile' }] } })
  await stepBackup(taskId, 'second', new Date())
  const { state, backupId } = await task(taskId)
  expect([state, (await db().backup.findUniqueOrThrow({ where: { id: backupId ?? '' } })).reason]).toEqual(['done', 'before-change'])
  const content = await contentOfBackup(backupId ?? '')
  expect(content && (await readContentBytes(content)).toString()).toContain('meanwhile')
}, 120_000)
