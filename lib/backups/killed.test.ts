// A worker that is killed in the middle of taking backups: nothing half-stored, nothing told twice, and each is taken in the end.
import { spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFleet, type Fleet } from '@/e2e/fake-firewalls/fleet'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { tokenOf } from '@/lib/testing/api-client'
import { enrolledId } from '@/lib/testing/backed-up'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { contentOfBackup, readContentBytes } from './contents'
import { isBackupTaskState, isFinalBackupState } from './machine'
import { requestBackup } from './request'
import { stepBackup } from './step'

const FIREWALLS = 5
let installation: Installation
let fleet: Fleet
let actor: Extract<Actor, { kind: 'operator' }>
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  actor = await owner()
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

const states = async (ids: readonly string[]) => (await db().backupTask.findMany({ where: { id: { in: [...ids] } } })).map(({ state }) => state)

/** Lets another process take them and kills it as soon as one is at each of several places. */
async function killedInTheMiddle(ids: readonly string[]): Promise<string[]> {
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'lib/testing/take-backups.ts', ...ids], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await expect.poll(async () => new Set(await states(ids)).size, { interval: 10, timeout: 30_000 }).toBeGreaterThanOrEqual(3)
  child.kill('SIGKILL')
  await ended
  return states(ids)
}

it('kill -9 in the middle of five', async () => {
  const token = await tokenOf(actor, 'owner')
  const { id: customerId } = await aCustomer('Riverside Schools')
  const firewalls = await Promise.all(Array.from({ length: FIREWALLS }, async (_, index) => enrolledId(await fleet.add({ name: `killed-${index}`, family: 'opnsense', version: '26.7' }), token, customerId)))
  // Each answers more slowly than the one before, so that they are at different places.
  await Promise.all(fleet.list().map(async ({ name }, index) => fleet.get(name)?.patch({ latencyMs: 40 + index * 150 })))
  const tasks = await Promise.all(firewalls.map(async (id) => (await requestBackup(actor, { id, reason: 'by-hand' })).id))
  const left = await killedInTheMiddle(tasks)
  process.stdout.write(`backups when the worker was killed: ${left.sort().join(', ')}\n`)
  expect(left.some((state) => !isBackupTaskState(state) || !isFinalBackupState(state))).toBe(true)
  // What was not ended has stored nothing.
  expect(await db().backup.count()).toBe(left.filter((state) => state === 'done').length)

  // Nobody carries a task on before its lease ends.
  await Promise.all(tasks.map((id) => stepBackup(id, 'too early', new Date())))
  expect((await states(tasks)).sort()).toEqual(left.sort())
  await db().backupTask.updateMany({ where: { finishedAt: null }, data: { nextStepAt: new Date(0) } })
  await Promise.all(tasks.map((id) => stepBackup(id, 'heir', new Date())))
  expect(await states(tasks)).toEqual(Array(FIREWALLS).fill('done'))
  for (const firewallId of firewalls) {
    const [backup, ...more] = await db().backup.findMany({ where: { firewallId } })
    expect(more).toEqual([])
    const content = await contentOfBackup(backup?.id ?? '')
    expect(content && (await readContentBytes(content)).toString()).toContain('</opnsense>')
    const entries = await db().auditEntry.findMany({ where: { action: 'firewall.backup', targetId: firewallId }, orderBy: { entry: 'asc' } })
    expect(entries.map(({ result }) => result)).toEqual(['intent', 'done'])
  }
}, 60_000)
