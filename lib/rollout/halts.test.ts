// When a ring halts its plan and what a decision lets go on, by stored jobs; rollout.test.ts does it with firewalls.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { NIGHTLY, aPlan, aReadyFirewall } from '@/lib/testing/a-plan'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import type { UpdateState } from '@/lib/updates/states'
import { admit } from './admit'
import { retryUpdate } from './jobs'
import { pausePlan, resumePlan } from './steer'
import { stepPlan } from './tick'

let installation: Installation
let who: Actor
beforeAll(async () => {
  installation = await startInstallation()
  who = await owner()
})
afterAll(() => installation.end())
afterEach(() => db().updatePlan.deleteMany())

const FAR = new Date(Date.now() + 3_600_000)
const IS_OVER: readonly UpdateState[] = ['succeeded', 'failed', 'skipped', 'cancelled']
type Ring = { state: string; jobs: UpdateState[]; minimumCount?: number; successPercent?: number }
type Made = { planId: string; customerId: string; jobs: string[][] }

async function running(...rings: Ring[]): Promise<Made> {
  const { id: customerId } = await aCustomer()
  const planId = await aPlan(customerId, 'Halts', NIGHTLY)
  const now = new Date()
  await db().updatePlan.update({ where: { id: planId }, data: { state: 'running', approvedAt: now } })
  const jobs: string[][] = []
  for (const [position, { state, jobs: states, minimumCount = 0, successPercent = 100 }] of rings.entries()) {
    const gate = { successPercent, minimumCount, soakHours: 0, noNewCriticalAlert: false }
    const ring = await db().planRing.create({ data: { planId, position, name: `Ring ${position}`, state, gate, ...(state !== 'waiting' && { openedAt: now }), ...(state === 'passed' && { endedAt: now }) } })
    const ids: string[] = []
    for (const one of states) {
      const firewallId = await aReadyFirewall(customerId)
      ids.push((await db().updateJob.create({ data: { planId, ringId: ring.id, firewallId, customerId, state: one, stateSince: now, kind: 'minor', toVersion: '26.7.1', offer: {}, offerHash: 'n', startsAt: FAR, endsAt: FAR, nextStepAt: FAR, ...(IS_OVER.includes(one) && { finishedAt: now }) } })).id)
    }
    jobs.push(ids)
  }
  return { planId, customerId, jobs }
}

let minutes = 0
/** Looks at the plan some minutes later. */
const look = async ({ planId }: Made): Promise<boolean> => stepPlan(planId, 'worker', new Date(Date.now() + (minutes += 5) * 60_000))
const become = async (id: string | undefined, state: UpdateState): Promise<unknown> => db().updateJob.update({ where: { id: id ?? '' }, data: { state, stateSince: new Date(), finishedAt: IS_OVER.includes(state) ? new Date() : null } })
const resume = async ({ planId }: Made): Promise<unknown> => resumePlan(who, { id: planId, because: 'Looked at.' })
async function stands({ planId }: Made): Promise<{ plan: string; reason: string | null; rings: string[] }> {
  const { state, haltedReason, rings } = await db().updatePlan.findUniqueOrThrow({ where: { id: planId }, include: { rings: { orderBy: { position: 'asc' } } } })
  return { plan: state, reason: haltedReason, rings: rings.map((ring) => ring.state) }
}
/** What a job is told that asks for its turn in its window. */
const asks = async (id = ''): Promise<unknown> => db().$transaction(async (tx) => admit(tx, await tx.updateJob.findUniqueOrThrow({ where: { id } }), 'begin', FAR))
const acceptedOf = async ({ planId }: Made): Promise<string[]> => (await db().updateJobEvent.findMany({ where: { what: 'accepted', job: { planId } }, orderBy: { jobId: 'asc' } })).map(({ jobId }) => jobId)

describe('a ring whose firewalls were left out', () => {
  it('halts instead of passing with nothing updated, and goes on when a person accepts that', async () => {
    const made = await running({ state: 'open', minimumCount: 3, jobs: ['skipped', 'skipped', 'skipped'] }, { state: 'waiting', jobs: ['scheduled'] })
    await look(made)
    expect(await stands(made)).toEqual({ plan: 'halted', reason: 'Ring 0: 0 of 3 firewalls succeeded; 0 failed and 3 were left out. The gate asks for 3 at least.', rings: ['halted', 'waiting'] })
    expect(await db().notice.count({ where: { customerId: made.customerId, kind: 'plan-halted' } })).toBe(1)
    await resume(made)
    await look(made)
    expect(await stands(made)).toEqual({ plan: 'running', reason: null, rings: ['passed', 'open'] })
    expect(await acceptedOf(made)).toEqual(made.jobs[0]?.toSorted())
  })

  it('halts again when another one is left out after that, and accepts each one once', async () => {
    const made = await running({ state: 'open', minimumCount: 3, jobs: ['succeeded', 'skipped', 'held'] }, { state: 'waiting', jobs: ['scheduled'] })
    await look(made)
    await resume(made)
    await look(made)
    expect((await stands(made)).rings).toEqual(['open', 'waiting'])
    await become(made.jobs[0]?.[2], 'skipped')
    await look(made)
    expect(await stands(made)).toMatchObject({ plan: 'halted', reason: 'Ring 0: 1 of 2 firewalls succeeded; 0 failed and 1 was left out. The gate asks for 3 at least, or all of a smaller ring.' })
    await resume(made)
    await look(made)
    expect([(await stands(made)).rings, (await acceptedOf(made)).length]).toEqual([['passed', 'open'], 2])
  })

  it('goes on when one is skipped that its gate can do without', async () => {
    const made = await running({ state: 'open', minimumCount: 1, jobs: ['succeeded', 'skipped'] }, { state: 'waiting', jobs: ['scheduled'] })
    await look(made)
    expect((await stands(made)).rings).toEqual(['passed', 'open'])
  })

  it('passes at once when it never had one', async () => {
    const made = await running({ state: 'open', minimumCount: 3, jobs: [] }, { state: 'waiting', jobs: ['scheduled'] })
    await look(made)
    expect((await stands(made)).rings).toEqual(['passed', 'open'])
  })
})

it('a ring halts at the first failure that its gate cannot bear, before another one begins', async () => {
  const made = await running({ state: 'open', successPercent: 50, minimumCount: 4, jobs: ['failed', 'scheduled', 'scheduled', 'scheduled'] })
  await look(made)
  expect(await stands(made)).toMatchObject({ plan: 'halted', rings: ['halted'] })
  expect(await asks(made.jobs[0]?.[1])).toMatchObject({ go: false, message: 'Its plan is halted.' })
})

describe('a ring that is behind', () => {
  it('halts the plan when one of it fails late; told, audited, and gone on with as at any halt', async () => {
    const made = await running({ state: 'passed', jobs: ['succeeded', 'held'] }, { state: 'open', jobs: ['scheduled'] }, { state: 'waiting', jobs: ['scheduled'] })
    await look(made)
    expect((await stands(made)).rings).toEqual(['passed', 'open', 'waiting'])
    await become(made.jobs[0]?.[1], 'failed')
    await look(made)
    expect(await stands(made)).toEqual({ plan: 'halted', reason: 'Ring 0: 1 of 2 firewalls failed, and the gate asks for 100 % success.', rings: ['halted', 'open', 'waiting'] })
    expect((await db().planRing.findFirstOrThrow({ where: { planId: made.planId, position: 0 } })).endedAt).toBeNull()
    await look(made)
    expect([await db().notice.count({ where: { customerId: made.customerId, kind: 'plan-halted' } }), await db().auditEntry.count({ where: { targetId: made.planId, action: 'plan.halt' } })]).toEqual([1, 1])
    expect(await asks(made.jobs[1]?.[0])).toMatchObject({ go: false, message: 'Its plan is halted.' })
    await resume(made)
    await look(made)
    expect(await stands(made)).toEqual({ plan: 'running', reason: null, rings: ['passed', 'open', 'waiting'] })
  })

  it('bears what its gate bears, and what was left out or is tried again of it', async () => {
    const made = await running({ state: 'passed', successPercent: 50, minimumCount: 2, jobs: ['succeeded', 'succeeded', 'failed', 'skipped', 'scheduled'] }, { state: 'open', jobs: ['scheduled'] })
    await look(made)
    expect(await stands(made)).toEqual({ plan: 'running', reason: null, rings: ['passed', 'open'] })
  })

  it('is the last one too, while the plan is not over', async () => {
    const made = await running({ state: 'done', jobs: ['succeeded', 'failed', 'held'] })
    await look(made)
    expect(await stands(made)).toMatchObject({ plan: 'halted', rings: ['halted'] })
  })

  it('does not keep the one that is open from being judged while it tries one again', async () => {
    const made = await running({ state: 'passed', jobs: ['succeeded', 'failed'] }, { state: 'open', jobs: ['succeeded', 'scheduled'] }, { state: 'waiting', jobs: ['scheduled'] })
    await look(made)
    await retryUpdate(who, { id: made.jobs[0]?.[1] ?? '', because: 'Its disk was replaced.' })
    await resume(made)
    await look(made)
    expect((await stands(made)).rings).toEqual(['open', 'open', 'waiting'])
    await become(made.jobs[1]?.[1], 'failed')
    await look(made)
    expect(await stands(made)).toMatchObject({ plan: 'halted', reason: 'Ring 1: 1 of 2 firewalls failed, and the gate asks for 100 % success.', rings: ['open', 'halted', 'waiting'] })
  })
})

describe('going on', () => {
  it('accepts failures of every ring that has opened, so that only more of them halt it', async () => {
    const made = await running({ state: 'passed', successPercent: 50, jobs: ['succeeded', 'failed'] }, { state: 'open', jobs: ['failed', 'scheduled'] }, { state: 'waiting', jobs: ['failed'] })
    await look(made)
    await resume(made)
    expect(await acceptedOf(made)).toEqual([made.jobs[0]?.[1], made.jobs[1]?.[0]].toSorted())
  })

  it('decides nothing about failures when the plan was only paused', async () => {
    const made = await running({ state: 'open', successPercent: 50, jobs: ['failed', 'scheduled', 'scheduled'] })
    await pausePlan(who, { id: made.planId })
    await resume(made)
    expect(await acceptedOf(made)).toEqual([])
    await become(made.jobs[0]?.[1], 'failed')
    await look(made)
    expect((await stands(made)).plan).toBe('halted')
  })
})
