import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { workerActor, type Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { aReadyFirewall } from '@/lib/testing/a-plan'
import { tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { approvedJob, jobOf, letAll, type JobOptions } from '@/lib/testing/approved-job'
import { claimUpdates, giveUpdateBack } from '@/lib/db/updates-sql'
import { updatable, updateEngine, type Engine } from '@/lib/testing/update-world'
import type { Admit } from './admission'
import { advance } from './machine'
import type { UpdateState } from './states'
import { stepUpdate } from './step'
import { storedChecks } from './stored-checks'

let installation: Installation
let fleet: Fleet
let engine: Engine
let who: Actor
let token: string
let customerId: string
/** A plan that another one took the place of lets nothing begin. */
const admitOpenPlans: Admit = async (tx, job, moment, now) => {
  const { state } = await tx.updatePlan.findUniqueOrThrow({ where: { id: job.planId }, select: { state: true } })
  return state === 'superseded' ? { go: false, event: 'cancelled', reason: 'plan-over', message: 'Another plan took its place.' } : letAll(tx, job, moment, now)
}
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  const person = await owner()
  who = person
  token = await tokenOf(person, 'owner')
  customerId = (await aCustomer('Loxley Councils')).id
  engine = updateEngine(fleet, admitOpenPlans)
})
afterAll(async () => {
  engine.stop()
  await fleet.stop()
  await installation.end()
})

const timeline = async (jobId: string) => (await db().updateJobEvent.findMany({ where: { jobId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(({ state }) => state)

describe('a job from its window to its verification', () => {
  it('installs, restarts, and is proven against what ran before', async () => {
    const { id, firewall } = await updatable(fleet, token, customerId, 'minor', 'opnsense', { durationsMs: { check: 0, install: 15_000, reboot: 120_000 } })
    const jobId = await approvedJob(who, id, engine.now())
    expect(await engine.until(jobId)).toBe('succeeded')
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
    expect(await engine.until(jobId, 'package-missing')).toBe('package-missing')
    await firewall.patch({ reinstallPackage: true })
    expect(await engine.until(jobId)).toBe('succeeded')
    expect(firewall.counts().updateStarts).toBe(1)
  })
})

const aRevert = (firewallId: string, state: string) => {
  const now = new Date()
  const entry = { id: 'config-1.xml', at: null, by: null, description: null, bytes: null }
  return { firewallId, revision: entry.id, entry, sha256: 'a'.repeat(64), runningSha256: 'b'.repeat(64), state, stateAt: now, actor: { kind: 'operator', name: 'N' }, createdAt: now, nextStepAt: new Date(now.getTime() + 86_400_000) }
}

type Flip = (at: { id: string; firewall: FleetFirewall; approver: Actor; jobId: string }) => Promise<unknown>
const flips: [string, UpdateState, string, Flip, JobOptions?][] = [
  ['its approver was disabled', 'held', 'approver-gone', ({ approver }) => db().operator.update({ where: { id: approver.id ?? '' }, data: { disabledAt: new Date() } })],
  ['its approver lost the role', 'held', 'approver-gone', ({ approver }) => db().grant.updateMany({ where: { operatorId: approver.id ?? '' }, data: { role: 'operator' } })],
  ['the firewall was moved', 'held', 'firewall-moved', async ({ id }) => db().firewall.update({ where: { id }, data: { customerId: (await aCustomer()).id } })],
  ['it shows another certificate', 'blocked', 'certificate-changed', ({ firewall }) => firewall.patch({ certificate: 'new-key' })],
  ['another certificate was accepted', 'held', 'certificate-changed', ({ id }) => db().firewall.update({ where: { id }, data: { trustConfirmedAt: new Date(Date.now() + 1_000) } })],
  ['it offers something else', 'held', 'offer-changed', ({ firewall }) => firewall.patch({ offer: { version: '26.7.3', needsReboot: true }, checked: true })],
  ['the plan was superseded', 'cancelled', 'plan-over', async ({ jobId }) => db().updatePlan.update({ where: { id: (await jobOf(jobId)).planId }, data: { state: 'superseded' } })],
  ['its window is nearly over', 'scheduled', 'window', ({ jobId }) => db().updateJob.update({ where: { id: jobId }, data: { endsAt: new Date(engine.now().getTime() + 60_000) } })],
  ['no backup can be taken', 'blocked', 'backup', ({ firewall }) => firewall.patch({ scenario: 'empty', scenarioPath: '/api/core/backup/download' })],
  ['the disk is full', 'blocked', 'disk', ({ firewall }) => firewall.patch({ health: { diskFull: true } })],
  ['an earlier configuration was stored on it', 'held', 'pending-changes', ({ id }) => db().configRevert.create({ data: aRevert(id, 'stored') })],
  ['it is going back to an earlier configuration', 'blocked', 'other-update', ({ id }) => db().configRevert.create({ data: aRevert(id, 'checking') })],
  ['it was paused', 'held', 'paused-firewall', ({ id }) => db().firewall.update({ where: { id }, data: { pausedAt: new Date() } })],
]
/** While its backup is taken, which may last half an hour, when all looks of the preflight are behind. */
const LATE = flips.filter(([, state]) => state === 'held')

describe('what changed since the approval', () => {
  it.each(flips)('%s: %s', async (what, state, reason, flip, options) => {
    const approver = await person([{ role: 'admin', customerId: null }])
    const { id, firewall } = await updatable(fleet, token, customerId, what, 'opnsense')
    const jobId = await approvedJob(approver, id, engine.now(), options)
    await flip({ id, firewall, approver, jobId })
    await engine.step()
    expect(await engine.until(jobId, state)).toBe(state)
    expect((await jobOf(jobId)).reason).toBe(reason)
    expect([firewall.counts().updateStarts, (await jobOf(jobId)).intentAt]).toEqual([0, null])
    // The next test has the clock to itself.
    await db().updateJob.updateMany({ where: { id: jobId, finishedAt: null }, data: { state: 'cancelled', finishedAt: new Date() } })
  })

  it.each(LATE)('%s while it is backed up: %s', async (what, state, reason, flip, options) => {
    const approver = await person([{ role: 'admin', customerId: null }])
    const { id, firewall } = await updatable(fleet, token, customerId, `late, ${what}`, 'opnsense')
    const jobId = await approvedJob(approver, id, engine.now(), options)
    expect(await engine.until(jobId, 'backing-up')).toBe('backing-up')
    await flip({ id, firewall, approver, jobId })
    expect(await engine.until(jobId, state)).toBe(state)
    expect((await jobOf(jobId)).reason).toBe(reason)
    expect([firewall.counts().updateStarts, (await jobOf(jobId)).intentAt]).toEqual([0, null])
    await db().updateJob.updateMany({ where: { id: jobId, finishedAt: null }, data: { state: 'cancelled', finishedAt: new Date() } })
  })

  it('its check fails, so what was offered before says nothing: asked again, then blocked', async () => {
    const { id, firewall } = await updatable(fleet, token, customerId, 'cannot check', 'pfsense-v2')
    const jobId = await approvedJob(who, id, engine.now())
    const [check = ''] = firewall.counts().commandsRun.filter((command) => command.includes('pfSense-upgrade'))
    await firewall.patch({ commands: { [check]: { output: 'Another instance of pfSense-upgrade is running.', resultCode: 75 } } })
    expect(await engine.until(jobId, 'blocked')).toBe('blocked')
    expect(await jobOf(jobId)).toMatchObject({ reason: 'not-knowable', message: expect.stringContaining('could not look for updates') as unknown, intentAt: null })
    expect(firewall.counts().commandsRun.filter((command) => command === check).length).toBeGreaterThan(3)
    expect(firewall.counts().updateStarts).toBe(0)
  })

  it('looks that last longer than its window is open: it waits for the next one', async () => {
    const { id, firewall } = await updatable(fleet, token, customerId, 'slow', 'opnsense')
    const jobId = await approvedJob(who, id, engine.now())
    expect(await engine.until(jobId, 'backing-up')).toBe('backing-up')
    await db().updateJob.update({ where: { id: jobId }, data: { memory: { withoutBackup: true } } })
    const { nextStepAt, endsAt } = await jobOf(jobId)
    let asked = 0
    const clock = () => ((asked += 1) === 1 ? nextStepAt : (endsAt ?? nextStepAt))
    for (const claim of await claimUpdates('slow', nextStepAt, 1, 60)) {
      await stepUpdate(claim, { workerId: 'slow', clock, admit: letAll, signal: AbortSignal.timeout(60_000) })
      await giveUpdateBack(claim)
    }
    expect(await jobOf(jobId)).toMatchObject({ state: 'scheduled', reason: 'window', intentAt: null })
    expect(firewall.counts().updateStarts).toBe(0)
    await db().updateJob.updateMany({ where: { id: jobId }, data: { state: 'cancelled', finishedAt: new Date() } })
  })

  it('its peer does not answer: held', async () => {
    const [one, other] = [await updatable(fleet, token, customerId, 'one of two', 'opnsense'), await updatable(fleet, token, customerId, 'other of two', 'opnsense')]
    await db().firewall.update({ where: { id: one.id }, data: { haPeerId: other.id } })
    const jobId = await approvedJob(who, one.id, engine.now())
    await other.firewall.patch({ scenario: 'dead' })
    expect(await engine.until(jobId, 'held')).toBe('held')
    expect([(await jobOf(jobId)).reason, one.firewall.counts().updateStarts]).toEqual(['peer', 0])
  })
})

describe('nobody looked for hours', () => {
  it.each(['installing', 'rebooting', 'verifying'] as const)('while %s: what it shows then decides, not the clock', async (state) => {
    const { id, firewall } = await updatable(fleet, token, customerId, `alone, ${state}`, 'opnsense', { durationsMs: { check: 0, install: 15_000, reboot: 120_000 } })
    const jobId = await approvedJob(who, id, engine.now())
    expect(await engine.until(jobId, state)).toBe(state)
    engine.pass(180)
    expect(await engine.until(jobId)).toBe('succeeded')
    expect(firewall.counts().updateStarts).toBe(1)
  })
})

describe('a firewall that is worse', () => {
  it.each([['rules-not-loaded', 'rules-not-loaded']] as const)('%s: failed, with the finding', async (failure, reason) => {
    const { id, firewall } = await updatable(fleet, token, customerId, failure, 'opnsense', { update: { failure } })
    const jobId = await approvedJob(who, id, engine.now())
    expect(await engine.until(jobId)).toBe('failed')
    const job = await jobOf(jobId)
    expect([job.reason, firewall.counts().updateStarts]).toEqual([reason, 1])
    expect(storedChecks(job.checks).verification.some(({ result, finding }) => result === 'fail' && finding !== null)).toBe(true)
  })
})

it('what a firewall said is kept, told and put on record without secrets', async () => {
  const firewallId = await aReadyFirewall(customerId)
  const jobId = await approvedJob(who, firewallId, engine.now(), { kind: 'reboot' })
  const job = await db().updateJob.update({ where: { id: jobId }, data: { state: 'installing' } })
  const said = 'pkg: https://user:s3cret@mirror.example/repo failed'
  const step = { actor: workerActor('w'), now: new Date(), byWorker: true } as const
  const verifying = await advance({ ...step, job }, 'installed', { message: `It says: ${said}`, detail: `The log of the firewall says: ${said}` })
  if (!verifying) throw new Error('It did not move.')
  await advance({ ...step, job: verifying }, 'worse', { message: `The firewall reports: ${said}` })
  const kept = JSON.stringify([
    await db().updateJob.findUniqueOrThrow({ where: { id: jobId }, select: { message: true, events: { select: { detail: true } } } }),
    await db().notice.findMany({ where: { firewallId }, select: { facts: true } }),
    await db().auditEntry.findMany({ where: { targetId: firewallId, action: 'firewall.update' }, select: { canonical: true } }),
  ])
  expect(kept).not.toContain('s3cret')
  // The timeline twice, the job, the notice, the audit log.
  expect(kept.split('https://user:(hidden)@mirror.example/repo failed')).toHaveLength(6)
})

it('channels of the customer of a job are not told where its firewall was moved meanwhile', async () => {
  const firewallId = await aReadyFirewall(customerId)
  const jobId = await approvedJob(who, firewallId, engine.now(), { kind: 'reboot' })
  const job = await db().updateJob.update({ where: { id: jobId }, data: { state: 'verifying' } })
  await db().firewall.update({ where: { id: firewallId }, data: { customerId: (await aCustomer('Cedar')).id } })
  await advance({ actor: workerActor('w'), now: new Date(), byWorker: true, job }, 'worse', { message: 'Its rules are not loaded.' })
  expect(await db().notice.findFirst({ where: { firewallId } })).toMatchObject({ customerId, facts: { customerName: null, siteName: null } })
})
