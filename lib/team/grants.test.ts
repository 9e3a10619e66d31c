import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor, RoleGrant } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { planGrants } from './grants'
import type { GrantInput } from './input'
import { outranks } from './reach'

const PLACES = [null, '00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b', '00000000-0000-4000-8000-00000000000c'] as const
const [, A, B] = PLACES
const ORDER = ['viewer', 'operator', 'admin', 'owner']
const role = fc.constantFrom('viewer', 'operator', 'admin', 'owner' as const)
/** As the use cases store them: one role for each place, an owner only over all. */
const grants = fc.uniqueArray(fc.record({ role, customerId: fc.constantFrom(...PLACES) }), { maxLength: 4, selector: ({ customerId }) => customerId }).map((list) => list.filter((grant) => grant.role !== 'owner' || grant.customerId === null))

const actorWith = (held: readonly RoleGrant[]): Actor => ({ kind: 'operator', id: 'x', name: 'x', email: 'x@nordwall.example', sessionId: '', grants: held, source: { address: null, requestId: 'x', userAgent: null }, proof: { method: 'password', at: null, owes: null } })
const scopeOf = (held: readonly RoleGrant[]) => authoriseScope(actorWith(held), 'operator:manage')
/** The height of someone in a place, written apart from the product: -1 is nothing. */
const height = (held: readonly RoleGrant[], place: string | null) => Math.max(-1, ...held.filter(({ customerId }) => customerId === null || customerId === place).map((grant) => ORDER.indexOf(grant.role)))
const manages = (held: readonly RoleGrant[]) => held.some((grant) => ORDER.indexOf(grant.role) >= 2)
const key = (grant: RoleGrant) => `${grant.role} ${grant.customerId}`

function tried(held: readonly RoleGrant[], before: readonly RoleGrant[], wanted: readonly GrantInput[]) {
  try {
    return planGrants(scopeOf(held), before, wanted)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

describe('who may give which role', () => {
  it('nobody gives or takes away more than they have there, whatever they ask for', () => {
    fc.assert(
      fc.property(grants.filter(manages), grants, grants, (held, before, wanted) => {
        const plan = tried(held, before, wanted)
        if (plan instanceof AppError) return
        for (const grant of [...plan.added, ...plan.removed]) {
          expect(height(held, grant.customerId)).toBeGreaterThanOrEqual(ORDER.indexOf(grant.role))
          expect(height(held, grant.customerId)).toBeGreaterThanOrEqual(ORDER.indexOf('admin'))
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('an allowed plan makes exactly the wanted roles within the scope and touches nothing outside', () => {
    fc.assert(
      fc.property(grants.filter(manages), grants, grants, (held, before, wanted) => {
        const plan = tried(held, before, wanted)
        if (plan instanceof AppError) return
        const after = [...before.filter((grant) => !plan.removed.map(key).includes(key(grant))), ...plan.added]
        const all = height(held, null) >= 2
        const inside = (grant: RoleGrant) => all || (grant.customerId !== null && held.some(({ role, customerId }) => customerId === grant.customerId && ORDER.indexOf(role) >= 2))
        expect(after.filter(inside).map(key).sort()).toEqual(wanted.map(key).sort())
        expect(after.filter((grant) => !inside(grant))).toEqual(before.filter((grant) => !inside(grant)))
      }),
      { numRuns: 3000 },
    )
  })

  it('whoever outranks an operator has at least their height everywhere', () => {
    fc.assert(
      fc.property(grants, grants, (held, other) => {
        if (outranks(held, other)) for (const place of PLACES) expect(height(held, place)).toBeGreaterThanOrEqual(height(other, place))
      }),
      { numRuns: 3000 },
    )
  })

  it('answers like for like: a customer outside the scope is one that does not exist', () => {
    const held: RoleGrant[] = [{ role: 'admin', customerId: A }, { role: 'viewer', customerId: B }]
    const foreign = tried(held, [], [{ role: 'viewer', customerId: PLACES[3] }])
    const seen = tried(held, [], [{ role: 'viewer', customerId: B }])
    const unknown = tried(held, [], [{ role: 'viewer', customerId: '00000000-0000-4000-8000-0000000000ff' }])
    for (const error of [foreign, seen, unknown]) expect(error).toMatchObject({ code: 'invalid-input', details: { issues: [{ field: 'grants.0.customerId', message: 'There is no such customer.' }] } })
  })

  it.each([
    ['an owner of one customer', [{ role: 'owner', customerId: A }], 'grants.0.role'],
    ['two roles for one customer', [{ role: 'viewer', customerId: A }, { role: 'admin', customerId: A }], 'grants.1.customerId'],
  ] as const)('%s is refused, naming the field', (_, wanted, field) => {
    expect(tried([{ role: 'owner', customerId: null }], [], wanted)).toMatchObject({ code: 'invalid-input', details: { issues: [{ field }] } })
  })

  it('an admin of all customers leaves an owner an owner', () => {
    const admin: RoleGrant[] = [{ role: 'admin', customerId: null }]
    expect(tried(admin, [{ role: 'owner', customerId: null }], [{ role: 'admin', customerId: null }])).toMatchObject({ code: 'forbidden' })
    expect(tried(admin, [{ role: 'owner', customerId: null }], [{ role: 'owner', customerId: null }])).toEqual({ removed: [], added: [] })
    expect(tried(admin, [], [{ role: 'owner', customerId: null }])).toMatchObject({ code: 'forbidden', details: { issues: [{ field: 'grants.0.role' }] } })
  })
})
