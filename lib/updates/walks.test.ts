// Random walks over the table of states, with simulated firewalls at the other end: whatever happens in whatever order, an update
// is started at most once, every move is one of the table, and every job comes to an end by itself.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { stepBackup } from '@/lib/backups/step'
import { db } from '@/lib/db/client'
import { claimUpdates, giveUpdateBack } from '@/lib/db/updates-sql'
import { tokenOf } from '@/lib/testing/api-client'
import { approvedJob, jobOf, letAll } from '@/lib/testing/approved-job'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { updatable } from '@/lib/testing/update-world'
import type { Admit } from './admission'
import { cancelUpdate, skipUpdate } from '@/lib/rollout/jobs'
import { lookAgain, releaseUpdate, verifyByHand } from './by-hand'
import { actsOf, isFinalUpdate, nextUpdateState, UPDATE_RULES, UPDATE_STATES, updateStateOf, type UpdateAct, type UpdateEvent, type UpdateState } from './states'
import { stepUpdate } from './step'

const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 30))
let word = SEED
/** From 0 to 1; the same for the same seed (mulberry32). */
function random(): number {
  word = (word + 0x6d2b79f5) | 0
  let mixed = Math.imul(word ^ (word >>> 15), 1 | word)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}
const oneOf = <T>(choices: readonly [T, ...T[]]): T => choices[Math.floor(random() * choices.length)] ?? choices[0]
const chance = (of: number): boolean => random() < of

const WALKS = 15
const STEPS_MAX = 400
const LEASE_SECONDS = 60
/** Beyond the longest time that a family may be away. */
const AWAY_MINUTES = 180
const visited = new Set<UpdateState>()

let installation: Installation
let fleet: Fleet
let who: Awaited<ReturnType<typeof owner>>
let token: string
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  who = await owner()
  token = await tokenOf(who, 'owner')
  customerId = (await aCustomer()).id
})
afterAll(async () => {
  process.stdout.write(`walks of updates: ${visited.size} of ${UPDATE_STATES.length} states, seed ${SEED}\n`)
  await fleet.stop()
  await installation.end()
})

async function takeBackups(): Promise<void> {
  for (const { id } of await db().backupTask.findMany({ where: { finishedAt: null } })) {
    await db().backupTask.updateMany({ where: { id, finishedAt: null }, data: { nextStepAt: new Date(0) } })
    await stepBackup(id, 'backups', new Date())
  }
}

/** `dies`: at the moment of its start the worker ends between what it stored and the call. */
async function step(jobId: string, dies: boolean): Promise<void> {
  const lost = new AbortController()
  const admit: Admit = (tx, job, moment, now) => {
    if (dies && moment === 'start') lost.abort()
    return chance(0.1) ? Promise.resolve({ go: false, event: oneOf(['waits', 'waits', 'held'] as const), until: new Date(now.getTime() + 60_000), reason: 'window', message: 'Not now.' } as Awaited<ReturnType<Admit>>) : letAll(tx, job, moment, now)
  }
  const now = new Date(fleet.clock.nowMs())
  for (const claim of await claimUpdates('walker', now, 5, LEASE_SECONDS)) {
    await stepUpdate(claim, { workerId: 'walker', clock: () => now, admit, signal: lost.signal })
    await giveUpdateBack(claim)
  }
  await takeBackups()
  const state = updateStateOf((await jobOf(jobId)).state)
  if (state) visited.add(state)
}

const PEOPLE: Record<UpdateAct, (id: string) => Promise<unknown>> = {
  release: (id) => releaseUpdate(who, { id, because: 'Looked at it.' }),
  skip: (id) => skipUpdate(who, { id, because: 'Not this one.' }),
  cancel: (id) => cancelUpdate(who, { id, because: 'Not now.' }),
  'look-again': (id) => lookAgain(who, { id, because: 'It answers.' }),
  'verify-by-hand': (id) => verifyByHand(who, { id, because: 'Seen on the console.' }),
}

/** Something happens at the firewall. */
const happens = (firewall: FleetFirewall): Promise<unknown> =>
  oneOf([
    () => firewall.patch({ scenario: 'dead' }),
    () => firewall.patch({ scenario: 'none' }),
    () => firewall.patch({ scenario: 'none' }),
    () => firewall.patch({ update: { failure: oneOf(['fails', 'old-version', 'gateway-down', 'rules-not-loaded'] as const) } }),
    () => firewall.patch({ update: { failure: null } }),
    () => firewall.patch({ health: { diskFull: chance(0.5) } }),
  ])()

async function walk(jobId: string, firewall: FleetFirewall): Promise<void> {
  for (let steps = 0; steps < STEPS_MAX; steps += 1) {
    const job = await jobOf(jobId)
    const state = updateStateOf(job.state)
    if (state === null) throw new Error(`There is no state ${job.state}.`)
    if (isFinalUpdate(state)) return
    if (chance(0.12)) await happens(firewall)
    const acts = actsOf(state)
    const [first, ...others] = acts
    if (first !== undefined && chance(state === 'held' || state === 'blocked' || state === 'unknown' ? 0.3 : 0.02)) {
      await PEOPLE[oneOf([first, ...others])](jobId)
      continue
    }
    const minutes = UPDATE_RULES[state].minutesMax ?? 0
    const to = chance(0.04) ? job.stateSince.getTime() + (minutes + 1) * 60_000 : job.nextStepAt.getTime()
    if (to > fleet.clock.nowMs()) fleet.clock.set(to)
    await step(jobId, chance(0.15))
  }
  throw new Error(`Not over after ${STEPS_MAX} steps: ${(await jobOf(jobId)).state}`)
}

describe(`random walks, seed ${SEED}`, () => {
  it.each(Array.from({ length: WALKS }, (_, at) => at))('walk %i ends, by moves of the table, with at most one start', async (at) => {
    const family = (['opnsense', 'pfsense-v2', 'pfsense-v1'] as const)[at % 3] ?? 'opnsense'
    const { id, firewall } = await updatable(fleet, token, customerId, `walk-${at}`, family)
    const jobId = await approvedJob(who, id, new Date(fleet.clock.nowMs()), { soakHours: at % 2, minutes: 60 * 24 * 30 })
    visited.add('scheduled')
    await walk(jobId, firewall)
    const [{ intentAt }, events] = [await jobOf(jobId), await db().updateJobEvent.findMany({ where: { jobId }, orderBy: { id: 'asc' } })]
    expect(firewall.counts().updateStarts).toBeLessThanOrEqual(1)
    if (intentAt === null) expect(firewall.counts().updateStarts).toBe(0)
    expect((await db().auditEntry.findMany({ where: { action: 'firewall.update', targetId: id, result: 'intent' } })).length).toBe(intentAt === null ? 0 : 1)
    let state: UpdateState = 'scheduled'
    for (const { what, state: to } of events) {
      const next = nextUpdateState(state, what as UpdateEvent)
      expect([what, next]).toEqual([what, to])
      state = next ?? state
      visited.add(state)
    }
  })
})

describe('states that walks seldom see', () => {
  /** Steps until the job is there. */
  async function until(jobId: string, wanted: UpdateState, pass: 'next' | 'over' = 'next', dies = false): Promise<void> {
    for (let steps = 0; steps < 100; steps += 1) {
      const job = await jobOf(jobId)
      if (job.state === wanted) return void visited.add(wanted)
      const state = updateStateOf(job.state) ?? 'failed'
      const to = pass === 'over' ? job.stateSince.getTime() + ((UPDATE_RULES[state].minutesMax ?? 0) + AWAY_MINUTES) * 60_000 : job.nextStepAt.getTime()
      if (to > fleet.clock.nowMs()) fleet.clock.set(to)
      visited.add(state)
      await stepCalm(dies)
    }
    throw new Error(`Never ${wanted}, but ${(await jobOf(jobId)).state}: ${(await jobOf(jobId)).message ?? ''}`)
  }
  async function stepCalm(dies: boolean): Promise<void> {
    const now = new Date(fleet.clock.nowMs())
    const lost = new AbortController()
    const admit: Admit = (tx, job, moment, at) => {
      if (dies && moment === 'start') lost.abort()
      return letAll(tx, job, moment, at)
    }
    for (const claim of await claimUpdates('walker', now, 5, LEASE_SECONDS)) {
      await stepUpdate(claim, { workerId: 'walker', clock: () => now, admit, signal: lost.signal })
      await giveUpdateBack(claim)
    }
    await takeBackups()
  }

  it('API package missing waits 72 hours and fails, with one start', async () => {
    const { id, firewall } = await updatable(fleet, token, customerId, 'lost-for-good', 'pfsense-v2')
    const jobId = await approvedJob(who, id, new Date(fleet.clock.nowMs()), { minutes: 60 * 24 * 30 })
    await until(jobId, 'package-missing')
    await until(jobId, 'failed', 'over')
    expect([(await jobOf(jobId)).reason, firewall.counts().updateStarts]).toEqual(['package-missing', 1])
  })

  it('soaks, is left out, and is not known; then every state of the table was seen', async () => {
    const jobOn = async (name: string, more: object = {}, soakHours = 0) => {
      const { id, firewall } = await updatable(fleet, token, customerId, name, 'opnsense', more)
      return { id, firewall, jobId: await approvedJob(who, id, new Date(fleet.clock.nowMs()), { soakHours, minutes: 60 * 24 * 30 }) }
    }
    const soaks = await jobOn('soaked', { durationsMs: { check: 0, install: 15_000, reboot: 120_000 } }, 1)
    for (const state of ['rebooting', 'soaking', 'succeeded'] as const) await until(soaks.jobId, state)
    const full = await jobOn('full')
    await full.firewall.patch({ health: { diskFull: true } })
    await until(full.jobId, 'blocked')
    await until(full.jobId, 'skipped', 'over')
    const paused = await jobOn('paused')
    await db().firewall.update({ where: { id: paused.id }, data: { pausedAt: new Date() } })
    await until(paused.jobId, 'held')
    await cancelUpdate(who, { id: paused.jobId, because: 'It stays paused.' })
    visited.add('cancelled')
    const lost = await jobOn('lost')
    await until(lost.jobId, 'backing-up')
    await until(lost.jobId, 'starting', 'next', true)
    await lost.firewall.patch({ scenario: 'dead' })
    await until(lost.jobId, 'unknown', 'over')
    await until(lost.jobId, 'failed', 'over')
    expect([soaks, full, paused, lost].map(({ firewall }) => firewall.counts().updateStarts)).toEqual([1, 0, 0, 0])
    expect(UPDATE_STATES.filter((state) => !visited.has(state))).toEqual([])
  })
})
