// A plan from its draft to its jobs: who may see, change and approve it, and what an approval is of.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { planOperations } from '@/lib/api/plans'
import { versionHoldOperations } from '@/lib/api/version-holds'
import { db } from '@/lib/db/client'
import { aReadyFirewall, NIGHTLY } from '@/lib/testing/a-plan'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { approverOf } from './approvals'
import { approvePlan } from './approve'
import { activeHolds } from './holds-at-work'

type Person = Awaited<ReturnType<typeof person>>
let installation: Installation
let root: string
let one: string
let two: string
beforeAll(async () => {
  installation = await startInstallation()
  root = await tokenOf(await owner(), 'owner')
})
beforeEach(async () => {
  one = (await aCustomer()).id
  two = (await aCustomer()).id
})
afterAll(() => installation.end())

const admin = async (...customers: string[]): Promise<{ who: Person; token: string }> => {
  const who = await person(customers.map((customerId) => ({ role: 'admin', customerId })))
  return { who, token: await tokenOf(who, 'admin') }
}
type Plan = { id: string; etag: string }
const draft = async (token: string, more: Record<string, unknown> = {}): Promise<Plan> => {
  const { status, body } = await call(planOperations.create, { token, body: { name: 'December', kind: 'minor', query: `customer__id__in=${one},${two}`, design: NIGHTLY, ...more } })
  expect(status).toBe(201)
  return body as Plan
}
const act = (spec: (typeof planOperations)['ask'], token: string, { id, etag }: Plan, body?: Record<string, unknown>) => call(spec, { token, params: { id }, headers: { 'if-match': etag }, ...(body && { body }) })
const shown = async (token: string, { id }: Plan): Promise<string> => String((await call(planOperations.preview, { token, params: { id } })).body.setHash)
const approve = async (token: string, plan: Plan, setHash?: string) => act(planOperations.approve, token, plan, { setHash: setHash ?? (await shown(token, plan)) })
const read = async (token: string, { id }: Plan) => (await call(planOperations.read, { token, params: { id } })).body

describe('a draft', () => {
  it('is kept once, changed by who saw it last, and discarded', async () => {
    await aReadyFirewall(one)
    const send = () => call(planOperations.create, { token: root, headers: { 'idempotency-key': `key-${one}` }, body: { name: 'December', kind: 'minor', query: `customer__id=${one}`, design: NIGHTLY } })
    const [made, again] = [(await send()).body, (await send()).body]
    expect(again.id).toBe(made.id)
    const plan = made as Plan
    expect(made).toMatchObject({ state: 'draft', customers: [{ id: one }], partial: false, jobs: { all: 0 } })
    const edited = await act(planOperations.edit, root, plan, { name: 'January', fourEyes: true })
    expect(edited).toMatchObject({ status: 200, body: { name: 'January', fourEyes: true } })
    const stale = await act(planOperations.edit, root, plan, { name: 'February' })
    expect(stale.status).toBe(412)
    expect(stale.body).toMatchObject({ code: 'stale' })
    expect((await act(planOperations.discard, root, edited.body as Plan)).body).toEqual({ removed: true })
    expect((await call(planOperations.read, { token: root, params: { id: plan.id } })).status).toBe(404)
    expect((await db().auditEntry.findMany({ where: { targetId: plan.id }, orderBy: { entry: 'asc' } })).map(({ action }) => action)).toEqual(['plan.create', 'plan.edit', 'plan.discard'])
  })

  it('with firewalls of two customers is changed by who plans for both; who sees one of them sees their part', async () => {
    await Promise.all([aReadyFirewall(one), aReadyFirewall(two)])
    const plan = await draft(root)
    const { token } = await admin(one)
    const seen = await read(token, plan)
    expect(seen).toMatchObject({ partial: true, query: null, design: null, approvals: null, customers: [{ id: one }] })
    expect(JSON.stringify(seen)).not.toContain(two)
    for (const spec of [planOperations.edit, planOperations.ask, planOperations.withdraw, planOperations.discard]) expect((await act(spec, token, plan, spec === planOperations.edit ? { name: 'Mine' } : undefined)).status).toBe(403)
    expect((await call(planOperations.preview, { token, params: { id: plan.id } })).status).toBe(403)
    expect((await approve(token, plan, 'a'.repeat(64))).status).toBe(403)
    const stranger = await admin((await aCustomer()).id)
    expect((await call(planOperations.read, { token: stranger.token, params: { id: plan.id } })).status).toBe(404)
    const listed = async (by: string) => ((await call(planOperations.list, { token: by })).body.items as { id: string }[]).map(({ id }) => id)
    expect(await listed(token)).toEqual([plan.id])
    expect(await listed(stranger.token)).toEqual([])
  })

  it('reaches no further than its maker, even where who approves sees more', async () => {
    const [own] = [await aReadyFirewall(one), await aReadyFirewall(two)]
    const maker = await admin(one)
    const plan = await draft(maker.token, { query: '' })
    const { rows } = (await call(planOperations.preview, { token: root, params: { id: plan.id } })).body as { rows: { firewall: { id: string } }[] }
    expect(rows.map(({ firewall }) => firewall.id)).toEqual([own])
  })
})

describe('an approval', () => {
  it('freezes what was shown into jobs, each with its offer, window and pair, and leaves out what cannot run', async () => {
    const id = await aReadyFirewall(one)
    await aReadyFirewall(one, { state: 'unreachable' })
    const plan = await draft(root)
    const asked = await act(planOperations.ask, root, plan)
    expect(asked.body).toMatchObject({ state: 'waiting-approval' })
    const done = await approve(root, asked.body as Plan)
    expect(done).toMatchObject({ status: 200, body: { state: 'running', jobs: { all: 1, waiting: 1 }, nextStartZone: 'UTC' } })
    const jobs = await db().updateJob.findMany({ where: { planId: plan.id }, include: { ring: true } })
    expect(jobs).toMatchObject([{ firewallId: id, customerId: one, state: 'scheduled', fromVersion: '26.7', toVersion: '26.7.1', ring: { position: 0, name: 'Broad', state: 'waiting' }, offer: { version: '26.7.1' } }])
    expect(jobs[0]?.offerHash).toMatch(/^[0-9a-f]{64}$/)
    expect((jobs[0]?.endsAt?.getTime() ?? 0) > (jobs[0]?.startsAt?.getTime() ?? 0)).toBe(true)
    expect((await act(planOperations.edit, root, done.body as Plan, { name: 'Late' })).status).toBe(409)
  })

  it('is refused when what would be installed, or the plan, is another than what was shown', async () => {
    const id = await aReadyFirewall(one)
    const plan = await draft(root)
    const before = await shown(root, plan)
    await db().firewall.update({ where: { id }, data: { offeredVersion: '26.7.2' } })
    expect(await approve(root, plan, before)).toMatchObject({ status: 412, body: { code: 'stale' } })
    const now = await shown(root, plan)
    await act(planOperations.edit, root, plan, { holdIfReboot: true })
    expect((await approve(root, plan, now)).status).toBe(412)
    expect(await db().updateJob.count({ where: { planId: plan.id } })).toBe(0)
  })

  it('is wanted of an admin of each customer, with a fresh proof, and of nobody below', async () => {
    await Promise.all([aReadyFirewall(one), aReadyFirewall(two)])
    const plan = await draft(root)
    const setHash = await shown(root, plan)
    const half = await person([{ role: 'admin', customerId: one }, { role: 'operator', customerId: two }])
    const below = await person([{ role: 'operator', customerId: one }, { role: 'operator', customerId: two }])
    await expect(approvePlan(below, { id: plan.id, setHash }, 1)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(approvePlan({ ...half, proof: { method: 'code', at: null, owes: null } }, { id: plan.id, setHash }, 1)).rejects.toMatchObject({ code: 'step-up-required' })
    expect(await approvePlan(half, { id: plan.id, setHash }, 1)).toMatchObject({ state: 'draft', approvals: { missing: [{ id: two }], given: [{ name: half.name }] } })
    const other = await person([{ role: 'operator', customerId: one }, { role: 'admin', customerId: two }])
    expect(await approvePlan(other, { id: plan.id, setHash }, 1)).toMatchObject({ state: 'running', jobs: { all: 2 } })
    expect((await approverOf(plan.id, one))?.id).toBe(half.id)
    await db().grant.deleteMany({ where: { operatorId: half.id, role: 'admin' } })
    expect(await approverOf(plan.id, one)).toBeNull()
    expect((await approverOf(plan.id, two))?.id).toBe(other.id)
    await db().operator.update({ where: { id: other.id }, data: { disabledAt: new Date() } })
    expect(await approverOf(plan.id, two)).toBeNull()
  })

  it('with four eyes is not of who changed the plan last, and one of an older set is dropped', async () => {
    const id = await aReadyFirewall(one)
    const [maker, second] = [await admin(one), await admin(one)]
    const plan = await draft(maker.token, { fourEyes: true, query: '' })
    const refused = await approve(maker.token, plan)
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await read(maker.token, plan)).toMatchObject({ approvals: { mine: { counts: false }, people: expect.arrayContaining([{ id: second.who.id, name: second.who.name }]) as unknown } })
    await db().planApproval.create({ data: { planId: plan.id, operatorId: second.who.id, name: 'N', actor: { kind: 'operator', id: second.who.id, name: 'N' }, at: new Date(), setHash: 'f'.repeat(64) } })
    await db().firewall.update({ where: { id }, data: { offeredVersion: '26.7.2' } })
    expect((await approve(second.token, plan)).body).toMatchObject({ state: 'running', approvals: { given: [{ operatorId: second.who.id }] } })
    expect(await db().planApproval.count({ where: { planId: plan.id } })).toBe(1)
  })

  it('of two at once, one freezes the plan', async () => {
    await aReadyFirewall(one)
    const plan = await draft(root)
    const setHash = await shown(root, plan)
    const others = await Promise.all([admin(one, two), admin(one, two)])
    const answers = await Promise.all(others.map(({ token }) => approve(token, plan, setHash)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    expect(await db().updateJob.count({ where: { planId: plan.id } })).toBe(1)
  })

  it('is taken back while nothing has begun, and not afterwards', async () => {
    await aReadyFirewall(one)
    const plan = await draft(root)
    const first = (await approve(root, plan)).body as Plan
    const back = await act(planOperations.withdraw, root, first)
    expect(back.body).toMatchObject({ state: 'draft', approvedAt: null, jobs: { all: 0 } })
    const second = (await approve(root, back.body as Plan)).body as Plan
    await db().updateJob.updateMany({ where: { planId: plan.id }, data: { state: 'preflight' } })
    expect((await act(planOperations.withdraw, root, second)).status).toBe(409)
    expect(await db().updateJob.count({ where: { planId: plan.id } })).toBe(1)
  })

  it('of a plan that supersedes another cancels what that has not started; what runs goes on', async () => {
    const [, running] = [await aReadyFirewall(one), await aReadyFirewall(one)]
    const old = (await approve(root, await draft(root))).body as Plan
    await db().updateJob.updateMany({ where: { planId: old.id, firewallId: running }, data: { state: 'installing', intentAt: new Date() } })
    const copy = (await call(planOperations.duplicate, { token: root, params: { id: old.id }, body: { supersede: true } })).body as Plan
    expect(await approve(root, copy)).toMatchObject({ status: 200, body: { state: 'running', supersedes: { id: old.id }, jobs: { all: 1 } } })
    expect(await read(root, old)).toMatchObject({ state: 'superseded', jobs: { all: 2, active: 1, leftOut: 1 } })
    expect(await db().updateJobEvent.count({ where: { job: { planId: old.id }, what: 'cancelled' } })).toBe(1)
  })
})

describe('a held version', () => {
  it('holds for the fleet, a customer, or in a plan from a ring outward, until it is lifted by who may approve', async () => {
    await aReadyFirewall(one)
    const plan = await draft(root, { query: `customer__id=${one}` })
    const hold = async (body: Record<string, unknown>) => (await call(versionHoldOperations.create, { token: root, body: { family: 'opnsense', note: 'breaks', ...body } })).body as { id: string }
    const held = async (customerId: string, version: string, planId: string | null = null, position = 0) => (await activeHolds(planId))({ family: 'opnsense', customerId }, version, position) !== null
    const fleet = await hold({ version: '1.0' })
    await hold({ version: '2.0', customerId: one })
    await hold({ version: '3.0', planId: plan.id, fromPosition: 1 })
    expect([await held(two, '1.0'), await held(one, '2.0'), await held(two, '2.0'), await held(one, '3.0')]).toEqual([true, true, false, false])
    expect([await held(one, '3.0', plan.id, 0), await held(one, '3.0', plan.id, 1), await held(one, '3.0', plan.id, 2)]).toEqual([false, true, true])
    const operator = await tokenOf(await person([{ role: 'operator', customerId: null }]), 'operator')
    expect((await call(versionHoldOperations.lift, { token: operator, params: { id: fleet.id } })).status).toBe(403)
    expect((await call(versionHoldOperations.lift, { token: root, params: { id: fleet.id } })).body).toMatchObject({ liftedBy: expect.any(String) as unknown })
    expect(await held(two, '1.0')).toBe(false)
    expect((await call(versionHoldOperations.lift, { token: root, params: { id: fleet.id } })).status).toBe(409)
  })

  it('of a customer is told to nobody else', async () => {
    await call(versionHoldOperations.create, { token: root, body: { family: 'opnsense', version: '4.0', customerId: two, note: 'breaks' } })
    const { token } = await admin(one)
    expect(JSON.stringify((await call(versionHoldOperations.list, { token })).body)).not.toContain('4.0')
  })

  it('is told where it concerns somebody: a plan, a customer, and no longer once the plan is over', async () => {
    await Promise.all([aReadyFirewall(one), aReadyFirewall(two)])
    const plan = (await approve(root, await draft(root))).body as Plan
    const { toVersion } = await db().updateJob.findFirstOrThrow({ where: { planId: plan.id } })
    const hold = (body: Record<string, unknown>) => call(versionHoldOperations.create, { token: root, body: { family: 'opnsense', note: 'breaks', ...body } })
    await hold({ version: toVersion, customerId: one })
    await hold({ version: '5.0' })
    await hold({ version: '6.0', planId: plan.id, fromPosition: 0 })
    const listed = async (token: string, query: Record<string, string>) => ((await call(versionHoldOperations.list, { token, query })).body.items as { version: string; fromRing: string | null; mayLift: boolean }[]).map(({ version, fromRing, mayLift }) => [version, fromRing, mayLift])
    const ring = NIGHTLY.rings[0]?.name
    expect(await listed(root, { concerning: plan.id })).toEqual([['6.0', ring, true], [toVersion, null, true]])
    const partial = await admin(one)
    expect(await listed(partial.token, { concerning: plan.id })).toEqual([['6.0', ring, false], [toVersion, null, true]])
    const stranger = (await admin((await aCustomer()).id)).token
    expect(await listed(stranger, { concerning: plan.id })).toEqual([])
    const versions = async (query: Record<string, string>) => (await listed(root, query)).map(([version]) => version)
    expect(await versions({ customerId: two })).toEqual(expect.arrayContaining(['6.0', '5.0']))
    expect(await versions({ customerId: two })).not.toContain(toVersion)
    expect(await versions({ customerId: (await aCustomer()).id })).not.toContain('6.0')
    await db().updatePlan.update({ where: { id: plan.id }, data: { state: 'cancelled' } })
    expect(await versions({})).not.toContain('6.0')
    expect(await versions({ lifted: 'true' })).toContain('6.0')
  })
})
