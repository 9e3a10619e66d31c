import { describe, expect, it } from 'vitest'
import type { MeDto } from '@/lib/auth/input'
import type { Role } from '@/lib/auth/roles'
import type { VersionHoldDto } from '@/lib/plans/dto'
import { holdOf, placeWords, reasonNotToHold, reasonNotToLift } from './held-words'

const named = (name: string) => ({ id: name, name })
const hold = (more: Partial<VersionHoldDto> = {}): VersionHoldDto => ({ id: 'h', family: 'opnsense', familyLabel: 'OPNsense', version: '26.1.10', customer: null, plan: null, fromPosition: null, fromRing: null, note: 'breaks WAN2', createdAt: '2026-11-25T10:00:00Z', createdBy: 'Mira Holm', liftedAt: null, liftedBy: null, mayLift: true, ...more })
const me = (...scopes: { role: Role; customerId: string | null }[]): MeDto => ({ kind: 'operator', id: 'o', name: 'O', email: null, role: scopes[0]?.role ?? 'viewer', owes: null, stepUp: null, scopes })

describe('held versions in words', () => {
  it('say where: the fleet, a customer, or from a ring of a plan on', () => {
    expect(placeWords(hold())).toBe('the whole fleet')
    expect(placeWords(hold({ customer: named('Varde') }))).toBe('Varde')
    expect(placeWords(hold({ plan: named('November'), fromPosition: 1, fromRing: 'Early' }))).toBe('from Early outward')
    expect(placeWords(hold({ plan: named('November'), fromPosition: 1 }))).toBe('from ring 2 outward')
  })

  it('say who could lift it', () => {
    expect(reasonNotToLift(hold())).toBeNull()
    expect(reasonNotToLift(hold({ mayLift: false }))).toBe('This needs an admin of all customers.')
    expect(reasonNotToLift(hold({ mayLift: false, customer: named('Varde') }))).toBe('This needs an admin of Varde.')
    expect(reasonNotToLift(hold({ mayLift: false, plan: named('November') }))).toBe('This needs an admin of all customers of November.')
  })

  it('say why a version cannot be held here', () => {
    expect(reasonNotToHold(me({ role: 'operator', customerId: null }), null)).toBeNull()
    expect(reasonNotToHold(me({ role: 'operator', customerId: 'Varde' }), 'Varde')).toBeNull()
    expect(reasonNotToHold(me({ role: 'operator', customerId: 'Varde' }), null)).toBe('This needs an operator of all customers. Choose a customer to hold it for that one alone.')
    expect(reasonNotToHold(me({ role: 'viewer', customerId: null }), null)).toBe('This needs an operator. You are a viewer here.')
  })

  it('find the hold that is there already, however the family writes its version', () => {
    const holds = [hold({ version: '2.8.1', family: 'pfsense-v2', customer: named('Varde') }), hold({ plan: named('November') })]
    expect(holdOf(holds, 'pfsense-v2', '2.8.1-RELEASE', 'Varde')).toBe(holds[0])
    expect(holdOf(holds, 'pfsense-v2', '2.8.1', null)).toBeUndefined()
    expect(holdOf(holds, 'opnsense', '26.1.10', null)).toBeUndefined()
  })
})
