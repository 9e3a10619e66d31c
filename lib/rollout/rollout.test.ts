import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { LOCKS } from '@/lib/db/locks'
import { onOneConnection } from '@/lib/db/statements'
import { stopFirmware, liftStop } from '@/lib/emergency-stop/stop'
import type { PlanDesign, RingDesign } from '@/lib/plans/words'
import { createVersionHold } from '@/lib/plans/version-holds'
import { NIGHTLY } from '@/lib/testing/a-plan'
import { tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { approvedPlan, planEngine, visitAll, type PlanEngine } from '@/lib/testing/plan-world'
import { updatable } from '@/lib/testing/update-world'
import { releaseUpdate } from '@/lib/updates/by-hand'
import { retryUpdate, skipUpdate } from './jobs'
import { cancelPlan, pausePlan, resumePlan } from './steer'
import { stepPlan } from './tick'

let installation: Installation
let fleet: Fleet
let engine: PlanEngine
let who: Actor
let token: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  const person = await owner()
  who = person
  token = await tokenOf(person, 'owner')
  engine = planEngine(fleet)
})
afterAll(async () => {
  engine.stop()
  await fleet.stop()
  await installation.end()
})
// Plans and firewalls of one test do not take part in the next.
afterEach(async () => {
  await db().updatePlan.deleteMany()
  await db().versionHold.deleteMany()
  await db().firewall.deleteMany()
})

const gate = (more: Partial<RingDesign['gate']> = {}): RingDesign['gate'] => ({ successPercent: 100, minimumCount: 0, soakHours: 0, noNewCriticalAlert: false, ...more })
const DESIGN: PlanDesign = { ...NIGHTLY, randomStartMinutes: 30, haGapMinutes: 20, concurrency: { perSite: 5, perCustomer: 5, fleet: 5 } }
const rings = (first: readonly string[], more: Partial<RingDesign['gate']> = {}): PlanDesign => ({ ...DESIGN, rings: [{ name: 'Canary', who: { by: 'hand', firewallIds: [...first] }, gate: gate(more) }, { name: 'Broad', who: { by: 'rest' }, gate: gate({ successPercent: 0 }) }] })

/** Days of simulated time are many steps, which a busy machine takes slowly. */
const MINUTES_MS = 180_000

let count = 0
type Firewall = { id: string; firewall: FleetFirewall }
async function some(howMany: number, more: object = {}): Promise<{ customerId: string; made: Firewall[] }> {
  const { id: customerId } = await aCustomer()
  const made: Firewall[] = []
  for (let at = 0; at < howMany; at += 1) made.push(await updatable(fleet, token, customerId, `rollout-${(count += 1)}`, 'opnsense', { durationsMs: { check: 0, install: 60_000, reboot: 60_000 }, ...more }))
  await visitAll()
  // Certificates are accepted by the real clock.
  engine.moveTo(Date.now())
  return { customerId, made }
}
const starts = (made: readonly Firewall[]): number[] => made.map(({ firewall }) => firewall.counts().updateStarts)
const states = async (planId: string): Promise<string[]> => (await db().updateJob.findMany({ where: { planId }, orderBy: { firewall: { name: 'asc' } } })).map(({ state }) => state)
const ringStates = async (planId: string): Promise<string[]> => (await db().planRing.findMany({ where: { planId }, orderBy: { position: 'asc' } })).map(({ state }) => state)
const planIs = (id: string, ...wanted: string[]) => async (): Promise<boolean> => wanted.includes((await db().updatePlan.findUniqueOrThrow({ where: { id } })).state)
const told = async (customerId: string): Promise<string[]> => (await db().notice.findMany({ where: { customerId }, orderBy: { id: 'asc' } })).map(({ kind }) => kind)
const localHour = (at: Date | null): number => Number(new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Oslo', hour: '2-digit', hour12: false }).format(at ?? new Date(0)))

describe('a plan from its approval to its end', { timeout: MINUTES_MS }, () => {
  it('opens rings in order, starts inside the window, soaks, and tells the customer before, at start and at the end', async () => {
    const { customerId, made } = await some(3)
    const [canary, ...others] = made
    const id = await approvedPlan(who, rings([canary?.id ?? ''], { soakHours: 6 }), engine.now())
    await engine.run(async () => (await ringStates(id))[0] === 'soaking')
    expect([starts(made), await ringStates(id)]).toEqual([[1, 0, 0], ['soaking', 'waiting']])
    await engine.run(planIs(id, 'done'))
    expect([starts(made), await ringStates(id), await states(id)]).toEqual([[1, 1, 1], ['passed', 'done'], ['succeeded', 'succeeded', 'succeeded']])
    const jobs = await db().updateJob.findMany({ where: { planId: id } })
    const [first, ...rest] = [canary, ...others].map((one) => jobs.find(({ firewallId }) => firewallId === one?.id)?.intentAt?.getTime() ?? 0)
    expect(Math.min(...rest) - (first ?? 0)).toBeGreaterThan(6 * 3_600_000)
    for (const { intentAt } of jobs) expect([1, 2, 3]).toContain(localHour(intentAt))
    expect(await told(customerId)).toEqual(['plan-announced', 'plan-started', 'plan-ended'])
    expect((await db().auditEntry.findMany({ where: { targetId: id, action: 'plan.end' } })).length).toBe(1)
  })

  it('halts at a failed gate, starts nothing more, and goes on when an admin accepts it', async () => {
    const { customerId, made } = await some(3)
    await made[0]?.firewall.patch({ update: { failure: 'rules-not-loaded' } })
    const id = await approvedPlan(who, rings([made[0]?.id ?? '']), engine.now())
    await engine.run(planIs(id, 'halted'))
    expect([starts(made), await ringStates(id)]).toEqual([[1, 0, 0], ['halted', 'waiting']])
    expect(await told(customerId)).toEqual(['plan-announced', 'plan-started', 'update-failed', 'plan-halted'])
    await resumePlan(who, { id, because: 'It is replaced tomorrow.' }, engine.now())
    await engine.run(planIs(id, 'done'))
    expect([starts(made), await states(id)]).toEqual([[1, 1, 1], ['failed', 'succeeded', 'succeeded']])
  })

  it('halts when one that was released after its ring had passed loses its rules; nothing of the next ring starts', async () => {
    const { customerId, made } = await some(3)
    const [well, late, next] = made
    await late?.firewall.patch({ update: { failure: 'rules-not-loaded' } })
    const id = await approvedPlan(who, rings([well?.id ?? '', late?.id ?? '']), engine.now())
    const jobOf = (firewallId = '') => db().updateJob.findFirstOrThrow({ where: { planId: id, firewallId } })
    const [held, waiting] = [await jobOf(late?.id), await jobOf(next?.id)]
    await db().updateJob.update({ where: { id: held.id }, data: { state: 'held', stateSince: engine.now() } })
    // The next ring has its turn two nights later.
    const laterOn = new Date((waiting.startsAt?.getTime() ?? 0) + 2 * 24 * 3_600_000)
    await db().updateJob.update({ where: { id: waiting.id }, data: { startsAt: laterOn, nextStepAt: laterOn } })
    await engine.run(async () => (await ringStates(id))[0] === 'passed')
    await releaseUpdate(who, { id: held.id, because: 'It was looked at.' })
    await engine.run(planIs(id, 'halted', 'done'))
    expect([starts(made), await ringStates(id)]).toEqual([[1, 1, 0], ['halted', 'open']])
    expect((await told(customerId)).filter((kind) => kind === 'plan-halted' || kind === 'update-failed')).toEqual(['update-failed', 'plan-halted'])
    await resumePlan(who, { id, because: 'It is replaced tomorrow.' }, engine.now())
    await engine.run(planIs(id, 'done'))
    expect([starts(made), await ringStates(id)]).toEqual([[1, 1, 1], ['passed', 'done']])
  })

  it('tries one again with a job of its own; the ring then passes without the failure', async () => {
    const { made } = await some(2)
    await made[0]?.firewall.patch({ update: { failure: 'fails' } })
    const id = await approvedPlan(who, rings([made[0]?.id ?? '']), engine.now())
    await engine.run(planIs(id, 'halted'))
    await made[0]?.firewall.patch({ update: { failure: null } })
    const failed = await db().updateJob.findFirstOrThrow({ where: { planId: id, state: 'failed' } })
    const again = await retryUpdate(who, { id: failed.id, because: 'The rules load now.' }, engine.now())
    await resumePlan(who, { id, because: 'Tried again.' }, engine.now())
    await engine.run(planIs(id, 'done'))
    expect((await db().updateJob.findUniqueOrThrow({ where: { id: again.id } })).retryOfId).toBe(failed.id)
    expect(await ringStates(id)).toEqual(['passed', 'done'])
  })

  it('starts nothing while it is paused, and nothing of what was cancelled or skipped', async () => {
    const { made } = await some(3)
    const id = await approvedPlan(who, { ...DESIGN, rings: [{ name: 'All', who: { by: 'rest' }, gate: gate() }], concurrency: { perSite: 1, perCustomer: 1, fleet: 1 } }, engine.now())
    await pausePlan(who, { id }, engine.now())
    engine.pass(3 * 24 * 60)
    for (let round = 0; round < 4; round += 1) await engine.step()
    expect(starts(made)).toEqual([0, 0, 0])
    await resumePlan(who, { id, because: 'Everything is well.' }, engine.now())
    const skipped = await db().updateJob.findFirstOrThrow({ where: { planId: id, firewallId: made[0]?.id ?? '' } })
    await skipUpdate(who, { id: skipped.id, because: 'It moves to another site.' })
    await engine.run(async () => (await db().updateJob.count({ where: { planId: id, state: 'succeeded' } })) > 0)
    await cancelPlan(who, { id, because: 'Another version came out.' }, engine.now())
    await expect(stepPlan(id, 'other', new Date(engine.now().getTime() + 60_000))).resolves.toBe(false)
    engine.pass(24 * 60)
    await engine.step()
    expect([starts(made)[0], starts(made).reduce((sum, one) => sum + one), (await states(id)).sort()]).toEqual([0, 1, ['cancelled', 'skipped', 'succeeded']])
  })
})

describe('what keeps a start back', { timeout: MINUTES_MS }, () => {
  it('never more at once than the plan allows', async () => {
    const { made } = await some(4)
    const id = await approvedPlan(who, { ...DESIGN, randomStartMinutes: 0, rings: [{ name: 'All', who: { by: 'rest' }, gate: gate() }], concurrency: { perSite: 2, perCustomer: 2, fleet: 2 } }, engine.now())
    let most = 0
    await engine.run(async () => {
      most = Math.max(most, await db().updateJob.count({ where: { state: { in: ['preflight', 'backing-up', 'starting', 'installing', 'rebooting', 'verifying'] } } }))
      return planIs(id, 'done')()
    })
    expect([most, starts(made)]).toEqual([2, [1, 1, 1, 1]])
  })

  it('a held version: held with the reason, and no call', async () => {
    const { made } = await some(1)
    const id = await approvedPlan(who, { ...DESIGN, rings: [{ name: 'All', who: { by: 'rest' }, gate: gate() }] }, engine.now())
    await createVersionHold(who, { family: 'opnsense', version: '26.7.2', customerId: null, planId: null, fromPosition: null, note: 'It breaks tunnels.' }, { actorId: 'n', route: 'n', idempotencyKey: null, body: null })
    await engine.run(async () => (await states(id))[0] === 'held')
    expect([(await db().updateJob.findFirstOrThrow({ where: { planId: id } })).reason, starts(made)]).toEqual(['version-held', [0]])
  })

  it('the emergency stop, until it is lifted; a clock set back opens no window again', async () => {
    const { made } = await some(1)
    const id = await approvedPlan(who, { ...DESIGN, rings: [{ name: 'All', who: { by: 'rest' }, gate: gate() }] }, engine.now())
    await stopFirmware(who, { reason: 'The new version breaks gateways.' }, engine.now())
    await engine.run(async () => (await db().updateJob.count({ where: { planId: id, reason: 'stopped' } })) === 1)
    for (let round = 0; round < 5; round += 1) {
      engine.pass(15)
      await engine.step()
    }
    expect(starts(made)).toEqual([0])
    await liftStop(who, engine.now())
    await engine.run(planIs(id, 'done'))
    expect(starts(made)).toEqual([1])
  })

  it('the stop stands at once, also while a worker that is about to begin one stands still', async () => {
    const inForce = () => db().emergencyStop.count({ where: { liftedAt: null } })
    await onOneConnection(async (client) => {
      await client.query('BEGIN')
      await client.query('SELECT pg_advisory_xact_lock_shared($1)', [LOCKS.emergencyStop])
      const stopping = stopFirmware(who, { reason: 'Wrong version.' }, engine.now())
      await expect.poll(inForce).toBe(1)
      await client.query('COMMIT')
      await stopping
    })
    await liftStop(who, engine.now())
    expect(await inForce()).toBe(0)
  })

  it('a clock that was fast opens no window before its time', async () => {
    const { made } = await some(1)
    const noon = new Date(engine.now().getTime() + 86_400_000).setUTCHours(12, 0, 0, 0)
    engine.moveTo(noon)
    const id = await approvedPlan(who, { ...DESIGN, rings: [{ name: 'All', who: { by: 'rest' }, gate: gate() }] }, engine.now())
    await engine.run(async () => (await ringStates(id))[0] === 'open')
    const { id: jobId, startsAt } = await db().updateJob.findFirstOrThrow({ where: { planId: id } })
    expect(startsAt?.getTime()).toBeGreaterThan(noon)
    await db().updateJob.update({ where: { id: jobId }, data: { stateSince: startsAt ?? new Date(noon), startsAt: engine.now(), nextStepAt: engine.now() } })
    await engine.step()
    expect(await db().updateJob.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({ state: 'scheduled', reason: 'window' })
    await engine.run(planIs(id, 'done'))
    expect(starts(made)).toEqual([1])
  })
})

describe('a pair', { timeout: MINUTES_MS }, () => {
  it('updates the backup first, and the other after it was verified and the gap is over; never both at once', async () => {
    const { made } = await some(2)
    const [one, other] = made
    if (!one || !other) throw new Error('There is no pair.')
    await one.firewall.patch({ health: { carpRole: 'master' } })
    await other.firewall.patch({ health: { carpRole: 'backup' } })
    await db().firewall.update({ where: { id: one.id }, data: { haPeerId: other.id, haRole: 'master' } })
    await db().firewall.update({ where: { id: other.id }, data: { haPeerId: one.id, haRole: 'backup' } })
    const id = await approvedPlan(who, { ...DESIGN, rings: [{ name: 'All', who: { by: 'rest' }, gate: gate() }] }, engine.now())
    let most = 0
    await engine.run(async () => {
      most = Math.max(most, await db().updateJob.count({ where: { activePair: { not: null } } }))
      return planIs(id, 'done')()
    })
    const at = async (firewallId: string) => db().updateJob.findFirstOrThrow({ where: { planId: id, firewallId } })
    const [first, second] = [await at(other.id), await at(one.id)]
    expect([most, starts([one, other])]).toEqual([1, [1, 1]])
    expect((second.intentAt?.getTime() ?? 0) - (first.finishedAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(20 * 60_000)
  })
})
