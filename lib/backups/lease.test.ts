// The lease of a backup that waits for the thread that reads configurations.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { claimBackupTask } from '@/lib/db/backups-sql'
import { findConnection } from '@/lib/db/sql'
import { aCustomer, startInstallation, type Installation } from '@/lib/testing/installation'
import { aStoredFirewall } from '@/lib/testing/stored-configuration'
import { TaskLost, whileKept, type Run } from './run'

const LEASE_SECONDS = 0.3
let installation: Installation
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  customerId = (await aCustomer('Ash Dairies')).id
}, 120_000)
afterAll(() => installation.end())

async function storing(name: string): Promise<Run> {
  const firewallId = await aStoredFirewall(customerId, 'opnsense', name)
  const now = new Date()
  const { id } = await db().backupTask.create({ data: { firewallId, state: 'storing', reason: 'daily', actor: { kind: 'worker', id: null, name: 'worker' }, createdAt: now, nextStepAt: new Date(0) } })
  const [task, row] = [await claimBackupTask(id, 60), await findConnection(firewallId, 'all')]
  if (!task || !row) throw new Error('The task was not claimed.')
  return { task, row, workerId: 'one' }
}
const leaseOf = async ({ task }: Run) => (await db().backupTask.findUniqueOrThrow({ where: { id: task.id } })).nextStepAt.getTime()

it('is renewed for as long as the work takes', async () => {
  const run = await storing('waits')
  const leases = new Set<number>()
  expect(await whileKept(run, LEASE_SECONDS, async (signal) => {
    await expect.poll(async () => leases.add(await leaseOf(run)).size, { interval: 20, timeout: 60_000 }).toBeGreaterThan(3)
    return signal.aborted
  })).toBe(false)
  expect(await leaseOf(run)).toBe(run.task.nextStepAt.getTime())
}, 120_000)

it('that somebody else took ends the work', async () => {
  const run = await storing('lost')
  const work = whileKept(run, LEASE_SECONDS, (signal) => new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason instanceof Error ? signal.reason : new Error('It was told nothing.')))
    void db().backupTask.update({ where: { id: run.task.id }, data: { state: 'queued' } }).catch(reject)
  }))
  await expect(work).rejects.toBeInstanceOf(TaskLost)
}, 120_000)
