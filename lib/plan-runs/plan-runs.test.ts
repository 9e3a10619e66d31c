// How a plan runs and went, as its page and its report are told: figures of gates, nights to come, and nothing of strangers.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planRunOperations } from '@/lib/api/plan-runs'
import { planOperations } from '@/lib/api/plans'
import { db } from '@/lib/db/client'
import { judgeGate } from '@/lib/rollout/gate'
import { aPlan, aReadyFirewall } from '@/lib/testing/a-plan'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { UPDATE_STATES, type UpdateState } from '@/lib/updates/states'
import { countsOf, gateOf, type Standing } from './counts'
import type { PlanReport, PlanRun } from './dto'
import { nightsOf } from './nights'

const RULE = { successPercent: 95, minimumCount: 3, soakHours: 12, noNewCriticalAlert: false }
const standing = (state: UpdateState, count: number, more: Partial<Standing> = {}): Standing => ({ state, accepted: false, retried: false, count, ...more })

describe('the figures of a gate', () => {
  it('count each firewall once: a retry in the place of what it tries again', () => {
    const counts = countsOf([standing('failed', 1, { retried: true }), standing('scheduled', 1), ...UPDATE_STATES.map((state) => standing(state, 1))])
    expect(counts).toEqual({ all: UPDATE_STATES.length + 1, waiting: 2, active: 6, stopped: 4, soaking: 1, succeeded: 1, failed: 1, leftOut: 2 })
  })

  it('say how many more may fail as the gate itself judges it', () => {
    for (const [all, percent, minimumCount, leftOut] of [[24, 95, 3, 3], [40, 95, 3, 0], [5, 100, 3, 3], [100, 90, 0, 3], [100, 90, 95, 4], [7, 80, 6, 0], [10, 50, 10, 0], [10, 50, 10, 1], [1, 50, 3, 3], [0, 95, 3, 2], [0, 95, 3, 0]] as const) {
      const rule = { ...RULE, successPercent: percent, minimumCount }
      const standings = (failed: number) => [standing('failed', failed), standing('scheduled', all - failed), standing('failed', 2, { accepted: true }), standing('skipped', 1, { retried: true }), standing('cancelled', leftOut)]
      const halts = (failed: number): boolean => judgeGate(rule, standings(failed), 0, false).event === 'halted'
      for (let failed = 0; failed <= all; failed += 1) {
        const { failuresLeft, needed } = gateOf(rule, standings(failed))
        const word = `${failed} of ${all} at ${percent} % and ${minimumCount}, ${leftOut} left out`
        expect([failuresLeft < 0, needed], word).toEqual([halts(failed), Math.min(minimumCount, all + leftOut)])
        if (failuresLeft >= 0) expect([halts(failed + failuresLeft), failed + failuresLeft >= all || halts(failed + failuresLeft + 1)], word).toEqual([false, true])
      }
    }
  })
})

it('nights are those at the firewalls, also over midnight of UTC and where zones differ', () => {
  const at = (startsAt: string, timeZone: string) => ({ startsAt: new Date(startsAt), timeZone })
  expect(nightsOf([at('2026-11-28T23:30:00Z', 'Europe/Oslo'), at('2026-11-27T02:00:00Z', 'Europe/Oslo'), at('2026-11-29T04:00:00Z', 'America/New_York')])).toEqual([
    { day: '2026-11-27', count: 1, firstStartAt: '2026-11-27T02:00:00.000Z', lastStartAt: '2026-11-27T02:00:00.000Z', timeZone: 'Europe/Oslo' },
    { day: '2026-11-28', count: 1, firstStartAt: '2026-11-29T04:00:00.000Z', lastStartAt: '2026-11-29T04:00:00.000Z', timeZone: 'America/New_York' },
    { day: '2026-11-29', count: 1, firstStartAt: '2026-11-28T23:30:00.000Z', lastStartAt: '2026-11-28T23:30:00.000Z', timeZone: 'Europe/Oslo' },
  ])
})

describe('a plan of two customers', () => {
  let installation: Installation
  let [root, half, planId, one, two] = ['', '', '', '', '']
  const soon = new Date(Date.now() + 3_600_000)
  const far = new Date(Date.now() + 3 * 86_400_000)

  async function job(ringId: string, customerId: string, state: UpdateState, more: Record<string, unknown> = {}): Promise<string> {
    const firewallId = await aReadyFirewall(customerId)
    const row = { planId, ringId, firewallId, customerId, state, stateSince: new Date(), kind: 'minor', toVersion: '26.7.1', offer: {}, offerHash: 'n', startsAt: soon, nextStepAt: soon }
    return (await db().updateJob.create({ data: { ...row, ...more } })).id
  }
  beforeAll(async () => {
    installation = await startInstallation()
    root = await tokenOf(await owner(), 'owner')
    ;[one, two] = [(await aCustomer('Anvil')).id, (await aCustomer('Bright')).id]
    half = await tokenOf(await person([{ role: 'operator', customerId: one }]), 'operator')
    planId = await aPlan(one, 'December')
    await db().updatePlan.update({ where: { id: planId }, data: { state: 'running', customerIds: [one, two] } })
    const ring = async (position: number, state: string) => (await db().planRing.create({ data: { planId, position, name: `Ring ${position}`, state, gate: RULE } })).id
    const [first, second] = [await ring(0, 'open'), await ring(1, 'waiting')]
    await job(first, one, 'soaking', { soakUntil: far })
    const failed = await job(first, one, 'failed', { message: 'It runs 26.7, not 26.7.1.', finishedAt: new Date(), checks: { preflight: [], verification: [{ id: 'version', label: 'Version', result: 'fail', before: '26.7', now: '26.7', source: 'core/firmware/status', finding: 'It runs 26.7.' }] } })
    await db().updateJobEvent.createMany({ data: (['preflight', 'backing-up', 'starting', 'verifying', 'failed'] as const).map((state, at) => ({ jobId: failed, at: new Date(Date.now() + at), what: 'n', state })) })
    await job(first, two, 'scheduled')
    for (const state of ['held', 'scheduled'] as const) await job(second, two, state, { startsAt: far })
  })
  afterAll(() => installation.end())
  const run = async (token: string, query: Record<string, string> = {}) => (await call(planRunOperations.read, { token, params: { id: planId }, query })).body as unknown as PlanRun
  const report = async (token: string, query: Record<string, string> = {}) => (await call(planRunOperations.report, { token, params: { id: planId }, query })).body as unknown as PlanReport

  it('shows the worst first, how far each came, and later starts night by night', async () => {
    const [first, second] = (await run(root)).rings
    expect(first).toMatchObject({ state: 'open', counts: { all: 3, waiting: 1, soaking: 1, failed: 1 }, gate: { counted: 3, ended: 2, succeeded: 1, needed: 3, failuresLeft: -1 }, soakUntil: far.toISOString(), more: 0 })
    expect(first?.jobs.map(({ state, reached }) => [state, reached])).toEqual([['failed', 'verifying'], ['scheduled', null], ['soaking', null]])
    expect(second).toMatchObject({ state: 'waiting', sites: 1, jobs: [{ state: 'held' }], nights: [{ count: 1, timeZone: 'UTC' }], more: 0 })
    expect((await run(root, { rows: '1', each: 'true' })).rings.map(({ jobs, nights, more }) => [jobs.length, nights.length, more])).toEqual([[1, 0, 2], [1, 0, 1]])
  })

  it('tells who sees one customer their firewalls alone, and no figure of a gate', async () => {
    const seen = await run(half)
    expect(seen.rings.map(({ counts, gate }) => [counts.all, gate])).toEqual([[2, null], [0, null]])
    const part = await report(half)
    expect(part).toMatchObject({ partial: true, approvals: null, counts: { all: 2 }, customers: [{ name: 'Anvil' }] })
    expect(JSON.stringify([seen, part])).not.toContain(two)
    expect((await call(planRunOperations.report, { token: half, params: { id: planId }, query: { customerId: two } })).status).toBe(404)
  })

  it('reports what was compared before and after, of all or of one customer', async () => {
    const whole = await report(root)
    expect(whole).toMatchObject({ name: 'December', counts: { all: 5, failed: 1 }, rings: [{ counts: { all: 3 } }, { counts: { all: 2 } }] })
    expect(whole.jobs.find(({ state }) => state === 'failed')?.verification).toMatchObject([{ label: 'Version', result: 'fail', source: 'core/firmware/status' }])
    expect(await report(root, { customerId: two })).toMatchObject({ customer: { name: 'Bright' }, counts: { all: 3 } })
  })

  it('says why it halted to who sees all of its customers, and that it halted to the others', async () => {
    const FIGURES = '3 of 40 firewalls failed, and the gate asks for 95 % success.'
    await db().updatePlan.update({ where: { id: planId }, data: { state: 'halted', haltedReason: `Ring 0: ${FIGURES}` } })
    await db().planRing.updateMany({ where: { planId, position: 0 }, data: { state: 'halted', reason: FIGURES } })
    const plan = async (token: string) => (await call(planOperations.read, { token, params: { id: planId } })).body
    const list = async (token: string) => (await call(planOperations.list, { token })).body
    for (const told of [await plan(root), await list(root), await run(root), await report(root)]) expect(JSON.stringify(told)).toContain(FIGURES)
    // A report of one customer is for that customer, whoever makes it.
    for (const told of [await plan(half), await list(half), await run(half), await report(half), await report(half, { customerId: one }), await report(root, { customerId: one })]) {
      expect(JSON.stringify(told)).toContain('Its gate counts firewalls of all customers of the plan.')
      expect(JSON.stringify(told)).not.toMatch(/3 of 40|95 %/)
    }
    expect(await report(half)).toMatchObject({ haltedReason: 'A ring halted. Its gate counts firewalls of all customers of the plan. Someone who sees all of them can say why.', rings: [{ reason: 'Its gate counts firewalls of all customers of the plan.' }, { reason: null }] })
    expect(await plan(half)).toMatchObject({ partial: true, haltedReason: 'A ring halted. Its gate counts firewalls of all customers of the plan. Someone who sees all of them can say why.' })
  })

  it('shows where a firewall was moved since to who sees that customer alone', async () => {
    const { id: cedar } = await aCustomer('Cedar')
    const { id: depot } = await db().site.create({ data: { customerId: cedar, name: 'Depot', timeZone: 'UTC' } })
    const { firewallId } = await db().updateJob.findFirstOrThrow({ where: { planId, customerId: one, state: 'failed' } })
    await db().firewall.update({ where: { id: firewallId }, data: { customerId: cedar, siteId: depot } })
    const moved = async (token: string, query: Record<string, string> = {}) => (await report(token, query)).jobs.find(({ firewall }) => firewall.id === firewallId)
    expect(await moved(root)).toMatchObject({ customer: { name: 'Cedar' }, site: { name: 'Depot' } })
    for (const told of [await moved(half), await moved(root, { customerId: one })]) {
      expect(told).toMatchObject({ customer: { id: one, name: 'Anvil' }, site: null, state: 'failed' })
      expect(JSON.stringify(told)).not.toMatch(/Cedar|Depot/)
    }
    const both = await tokenOf(await person([{ role: 'operator', customerId: one }, { role: 'operator', customerId: cedar }]), 'operator')
    expect(await moved(both)).toMatchObject({ customer: { name: 'Cedar' }, site: { name: 'Depot' } })
  })
})
