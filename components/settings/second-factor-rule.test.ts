import { expect, it } from 'vitest'
import { missingUnder, ruleConsequence } from './second-factor-rule'

const person = (role: 'viewer' | 'admin' | 'owner', more: { state?: 'invited' | 'active' | 'disabled'; secondFactor?: boolean; isYou?: boolean } = {}) => ({
  state: 'active' as const,
  secondFactor: false,
  isYou: false,
  grants: [{ role, customerId: null, customerName: null }],
  ...more,
})

const people = [
  person('owner', { isYou: true }),
  person('admin'),
  person('admin', { secondFactor: true }),
  person('admin', { state: 'invited' }),
  person('admin', { state: 'disabled' }),
  person('viewer'),
]

it('counts whom a rule concerns and who has none', () => {
  expect(missingUnder('nobody', people)).toEqual({ active: 0, invited: 0, you: false })
  expect(missingUnder('admins', people)).toEqual({ active: 2, invited: 1, you: true })
  expect(missingUnder('everyone', people)).toEqual({ active: 3, invited: 1, you: true })
})

it('says what follows', () => {
  expect(ruleConsequence('everyone', people)).toBe(
    '3 operators will be asked to set one up at their next page; you are one of them. 1 invited operator will set one up when joining.',
  )
  expect(ruleConsequence('admins', [person('owner', { isYou: true })])).toBe('You will be asked to set one up at your next page.')
  expect(ruleConsequence('admins', [person('viewer')])).toBe('All of them who work here have one already.')
  expect(ruleConsequence('nobody', people)).toBe('Nobody is asked to set one up. Who has one still signs in with it.')
})
