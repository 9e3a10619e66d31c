import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet } from '@/e2e/fake-firewalls/fleet'
import { db } from '@/lib/db/client'
import { tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { approvedJob, jobOf, updatable, updateEngine, type Engine } from '@/lib/testing/update-world'
import type { Actor } from '@/lib/auth/actor'
import { storedChecks } from './stored-checks'

let installation: Installation
let fleet: Fleet
let engine: Engine
let who: Actor
let token: string
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  const person = await owner()
  who = person
  token = await tokenOf(person, 'owner')
  customerId = (await aCustomer('Loxley Councils')).id
  engine = updateEngine(fleet)
})
afterAll(async () => {
  engine.stop()
  await fleet.stop()
  await installation.end()
})

const tell = async (jobId: string) => JSON.stringify([await db().updateJobEvent.findMany({ where: { jobId }, orderBy: { id: 'asc' } }), (await jobOf(jobId)).checks, await jobOf(jobId)], (k, v) => (typeof v === 'bigint' ? String(v) : v), 1).slice(0, 6000)
const timeline = async (jobId: string) => (await db().updateJobEvent.findMany({ where: { jobId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(({ state }) => state)

describe('a job from its window to its verification', () => {
  it('installs, restarts, and is proven against what ran before', async () => {
    const { id, firewall } = await updatable(fleet, token, customerId, 'minor', 'opnsense')
    const jobId = await approvedJob(who, id, engine.now())
    expect(await engine.until(jobId), await tell(jobId)).toBe('succeeded')
    const job = await jobOf(jobId)
    expect(await timeline(jobId)).toEqual(['preflight', 'backing-up', 'starting', 'installing', 'rebooting', 'verifying', 'succeeded'])
    expect(storedChecks(job.checks).verification.map(({ id: check, result }) => [check, result])).toEqual(expect.arrayContaining([['version', 'pass'], ['boot', 'pass'], ['rules', 'pass']]))
    expect(firewall.counts().updateStarts).toBe(1)
    expect(await db().backup.count({ where: { id: job.backupId ?? '', keepForever: true } })).toBe(1)
    expect((await db().auditEntry.findMany({ where: { action: 'firewall.update', targetId: id }, orderBy: { entry: 'asc' } })).map(({ result }) => result)).toEqual(['intent', 'done'])
  })

  it('waits for the lost API package, finds it by itself and verifies', async () => {
    const { id, firewall } = await updatable(fleet, token, customerId, 'lost', 'pfsense-v2')
    const jobId = await approvedJob(who, id, engine.now())
    expect(await engine.until(jobId, 'package-missing'), await tell(jobId)).toBe('package-missing')
    await firewall.patch({ reinstallPackage: true })
    expect(await engine.until(jobId), await tell(jobId)).toBe('succeeded')
    expect(firewall.counts().updateStarts).toBe(1)
  })
})
