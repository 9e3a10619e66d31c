// What must hold when several change the team at once.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OperatorActor, RoleGrant } from '@/lib/auth/actor'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { disableOperator } from './disable'
import { editOperator } from './edit'
import { inviteOperator } from './invite'
import { removeOperator } from './remove'

let installation: Installation
beforeAll(async () => void (installation = await startInstallation()))
afterAll(() => installation.end())

const ROUNDS = 20
const lower = [{ role: 'viewer' as const, customerId: null }]
const demote = (by: OperatorActor, whom: OperatorActor) => editOperator(by, { id: whom.id, grants: lower }, 1)
const disable = (by: OperatorActor, whom: OperatorActor) => disableOperator(by, { id: whom.id, disabled: true }, 1)
const remove = (by: OperatorActor, whom: OperatorActor) => removeOperator(by, { id: whom.id, confirmEmail: whom.email }, 1)
const ableOwners = () => db().operator.count({ where: { joinedAt: { not: null }, disabledAt: null, grants: { some: { role: 'owner', customerId: null } } } })

describe('the last owner', () => {
  it.each([
    ['each demotes the other', demote, demote],
    ['one disables, the other demotes', disable, demote],
    ['one removes, the other demotes', remove, demote],
    ['each removes the other', remove, remove],
    ['each demotes themself', (by: OperatorActor) => demote(by, by), (by: OperatorActor) => demote(by, by)],
  ])(`two at once, %s: exactly one owner is left, in ${ROUNDS} rounds`, async (_, first, second) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await db().operator.deleteMany({})
      const [one, two] = [await owner(), await owner()]
      const outcomes = await Promise.allSettled([first(one, two), second(two, one)])
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await ableOwners()).toBe(1)
      const refused = outcomes.find((outcome) => outcome.status === 'rejected')
      expect(['forbidden', 'conflict']).toContain(refused?.reason instanceof AppError ? refused.reason.code : String(refused?.reason))
    }
  })

  it('is who can sign in: an invited and a disabled owner do not count', async () => {
    await db().operator.deleteMany({})
    const [one, two, three] = [await owner(), await owner(), await owner()]
    await db().operator.update({ where: { id: two.id }, data: { joinedAt: null } })
    await db().operator.update({ where: { id: three.id }, data: { disabledAt: new Date() } })
    await expect(demote(one, one)).rejects.toMatchObject({ code: 'conflict', message: 'This is the last owner who can sign in.' })
    await expect(disable(one, one)).rejects.toMatchObject({ code: 'conflict' })
    await db().operator.update({ where: { id: two.id }, data: { joinedAt: new Date() } })
    await expect(demote(one, one)).resolves.toMatchObject({ grants: [{ role: 'viewer' }] })
  })

  it('a change that a demoted owner began is not finished', async () => {
    await db().operator.deleteMany({})
    const [one, two, three] = [await owner(), await owner(), await person(lower)]
    await demote(one, two)
    // The request of `two` began while they were an owner: the actor still says so.
    await expect(editOperator(two, { id: three.id, grants: [{ role: 'admin', customerId: null }] }, 1)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(inviteOperator(two, { email: 'late@nordwall.example', name: 'Late', grants: lower }, { actorId: two.id, route: 'x', idempotencyKey: null, body: {} })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await db().grant.findMany({ where: { operatorId: three.id }, select: { role: true } })).toEqual([{ role: 'viewer' }])
  })
})

const ORDER = ['viewer', 'operator', 'admin', 'owner']
const height = (held: readonly { role: string; customerId: string | null }[], place: string | null) => Math.max(-1, ...held.filter(({ customerId }) => customerId === null || customerId === place).map(({ role }) => ORDER.indexOf(role)))
const rows = async () => (await db().grant.findMany()).map(({ operatorId, role, customerId }) => ({ operatorId, role, customerId }))

describe('no act of anyone', () => {
  it('makes or ends a grant above their own, in any order of acts', async () => {
    const places = [null, ...(await Promise.all([aCustomer(), aCustomer(), aCustomer()])).map(({ id }) => id)]
    const grants = fc.uniqueArray(fc.record({ role: fc.constantFrom('viewer', 'operator', 'admin', 'owner' as const), customerId: fc.constantFrom(...places) }), { minLength: 1, maxLength: 3, selector: ({ customerId }) => customerId })
    const act = fc.record({ kind: fc.constantFrom('edit', 'edit', 'invite', 'disable', 'remove'), by: fc.nat(3), whom: fc.nat(3), wanted: grants })
    let done = 0
    await fc.assert(
      fc.asyncProperty(fc.array(grants, { minLength: 4, maxLength: 4 }), fc.array(act, { minLength: 6, maxLength: 12 }), async (team, acts) => {
        await db().operator.deleteMany({})
        const people = [await owner()]
        for (const held of team.slice(1)) people.push(await person(held.filter(({ role, customerId }) => role !== 'owner' || customerId === null)))
        for (const { kind, by, whom, wanted } of acts) {
          const [actor, target] = [people[by], people[whom]]
          if (!actor || !target) continue
          const before = await rows()
          const held: RoleGrant[] = before.filter(({ operatorId }) => operatorId === actor.id) as RoleGrant[]
          const revision = (await db().operator.findUnique({ where: { id: target.id } }))?.revision ?? 0
          const now = { ...actor, grants: held }
          const attempt =
            kind === 'invite' ? inviteOperator(now, { email: `${crypto.randomUUID()}@nordwall.example`, name: 'New', grants: wanted }, { actorId: actor.id, route: 'x', idempotencyKey: null, body: {} })
            : kind === 'disable' ? disableOperator(now, { id: target.id, disabled: true }, revision)
            : kind === 'remove' ? removeOperator(now, { id: target.id, confirmEmail: target.email }, revision)
            : editOperator(now, { id: target.id, grants: wanted }, revision)
          const outcome = await attempt.then(() => 'done', (error: unknown) => (error instanceof AppError ? 'refused' : Promise.reject(error)))
          const after = await rows()
          const has = (list: typeof before, grant: (typeof before)[number]) => list.some((other) => JSON.stringify(other) === JSON.stringify(grant))
          const touched = [...after.filter((grant) => !has(before, grant)), ...before.filter((grant) => !has(after, grant))]
          if (outcome === 'refused') expect(touched).toEqual([])
          else done += 1
          for (const grant of touched) expect(height(held, grant.customerId), `${kind} by ${JSON.stringify(held)}: ${JSON.stringify(grant)}`).toBeGreaterThanOrEqual(Math.max(2, ORDER.indexOf(grant.role)))
          expect(await ableOwners()).toBeGreaterThanOrEqual(1)
        }
      }),
      { numRuns: 40 },
    )
    // Most acts are refused; the property means nothing unless many are not.
    expect(done).toBeGreaterThan(40)
  }, 120_000)
})
