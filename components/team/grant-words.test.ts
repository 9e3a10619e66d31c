import { describe, expect, it } from 'vitest'
import { grantChanges, grantWords, inOrder, reasonNotToGive, roleOver, type Grant } from './grant-words'

const ANVIL = '00000000-0000-4000-8000-000000000001'
const ORCHARD = '00000000-0000-4000-8000-000000000002'
const of = (role: Grant['role'], customerId: string | null, customerName: string | null = null): Grant => ({ role, customerId, customerName })

describe('words', () => {
  it('says the role and where', () => {
    expect(grantWords(of('admin', ANVIL, 'Anvil & Sons'))).toBe('Admin of Anvil & Sons')
    expect(grantWords(of('viewer', null))).toBe('Viewer of all customers')
    expect(grantWords(of('owner', null))).toBe('Owner')
  })
  it('puts the highest role first, all customers before one', () => {
    const sorted = inOrder([of('viewer', ORCHARD, 'Orchard'), of('viewer', ANVIL, 'Anvil'), of('viewer', null), of('admin', ORCHARD, 'Orchard')])
    expect(sorted.map(grantWords)).toEqual(['Admin of Orchard', 'Viewer of all customers', 'Viewer of Anvil', 'Viewer of Orchard'])
  })
})

describe('who gives what', () => {
  const owner = { scopes: [{ role: 'owner' as const, customerId: null }] }
  const admin = { scopes: [{ role: 'admin' as const, customerId: null }] }
  const adminOfAnvil = {
    scopes: [
      { role: 'viewer' as const, customerId: null },
      { role: 'admin' as const, customerId: ANVIL },
    ],
  }

  it('takes the highest role that covers a customer', () => {
    expect(roleOver(adminOfAnvil, ANVIL)).toBe('admin')
    expect(roleOver(adminOfAnvil, ORCHARD)).toBe('viewer')
    expect(roleOver(adminOfAnvil, null)).toBe('viewer')
    expect(roleOver({ scopes: [] }, null)).toBeNull()
  })
  it('lets nobody give more than they have', () => {
    expect(reasonNotToGive(owner, 'owner', null)).toBeNull()
    expect(reasonNotToGive(admin, 'admin', null)).toBeNull()
    expect(reasonNotToGive(admin, 'owner', null)).toBe('Only an owner makes owners.')
    expect(reasonNotToGive(adminOfAnvil, 'admin', ANVIL)).toBeNull()
    expect(reasonNotToGive(adminOfAnvil, 'viewer', ORCHARD)).toBe('Only an admin for this customer gives roles there.')
    expect(reasonNotToGive(adminOfAnvil, 'viewer', null)).toBe('Only an admin for all customers gives roles there.')
  })
  it('has owners for all customers only', () => expect(reasonNotToGive(owner, 'owner', ANVIL)).toBe('An owner always has all customers.'))
})

describe('a change', () => {
  it('names what is taken and what is given', () => {
    const before = [of('viewer', null), of('operator', ANVIL, 'Anvil')]
    const after = [of('admin', ANVIL, 'Anvil'), of('viewer', null)]
    const { taken, given } = grantChanges(before, after)
    expect(taken.map(grantWords)).toEqual(['Operator of Anvil'])
    expect(given.map(grantWords)).toEqual(['Admin of Anvil'])
    expect(grantChanges(before, [...before].reverse())).toEqual({ taken: [], given: [] })
  })
})
