import { expect, it } from 'vitest'
import { mostOf } from './token-role'

const ME = {
  scopes: [
    { role: 'viewer', customerId: null },
    { role: 'admin', customerId: 'a' },
    { role: 'operator', customerId: 'b' },
  ] as const,
}
const me = { scopes: [...ME.scopes] }

it.each([
  // With all customers a token has, in each of them, at most what its operator has there.
  [null, 'admin'],
  [[], 'admin'],
  [['a'], 'admin'],
  [['a', 'b'], 'operator'],
  [['a', 'c'], 'viewer'],
])('for %j at most %s', (customerIds, most) => expect(mostOf(me, customerIds)).toBe(most))

it('is a viewer at most without any role', () => expect(mostOf({ scopes: [] }, null)).toBe('viewer'))
