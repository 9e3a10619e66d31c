import { expect, it } from 'vitest'
import type { TokenDto } from '@/lib/tokens/input'
import { inOrder, tokenSentence, tokenStand } from './token-state'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const token = (name: string, days: number, state: TokenDto['state'] = 'live'): TokenDto => ({
  id: '0b7b4a53-6d2f-4f35-8f1b-0d7e5e1c2a10',
  name,
  operatorId: '0b7b4a53-6d2f-4f35-8f1b-0d7e5e1c2a11',
  operatorName: 'Ida',
  role: 'viewer',
  customers: null,
  state,
  createdAt: '2026-11-01T00:00:00Z',
  expiresAt: new Date(NOW + days * 86_400_000).toISOString(),
  lastUsedAt: null,
})

it.each([
  [30, 'live', 'plain', 'Works', null],
  [14, 'live', 'plain', 'Works', null],
  [13.9, 'live', 'warn', 'Ends soon', 'in 13 days'],
  [1.5, 'live', 'warn', 'Ends soon', 'in 1 day'],
  [0.5, 'live', 'warn', 'Ends soon', 'in less than a day'],
  // The server said live a moment ago.
  [-0.1, 'live', 'none', 'Expired', null],
  [-3, 'expired', 'none', 'Expired', null],
  [30, 'revoked', 'none', 'Revoked', null],
] as const)('%d days left and %s: %s, %s', (days, state, tone, word, reason) =>
  expect(tokenStand(token('x', days, state), NOW)).toEqual({ tone, word, reason }),
)

it('puts what ends soon first and what has ended last', () => {
  const tokens = [token('gone', -40, 'expired'), token('year', 300), token('revoked', -1, 'revoked'), token('week', 7), token('month', 30), token('day', 1)]
  expect(inOrder(tokens, NOW).map(({ name }) => name)).toEqual(['day', 'week', 'month', 'year', 'revoked', 'gone'])
})

it.each([
  [[], 'No token works in your name.'],
  [[token('a', -1, 'expired')], 'No token works in your name.'],
  [[token('a', 90)], 'One token works in your name.'],
  [[token('a', 9)], 'One token works in your name; it ends within 14 days.'],
  [[token('a', 9), token('b', 90)], '2 tokens work in your name; one ends within 14 days.'],
  [[token('a', 9), token('b', 3)], '2 tokens work in your name; all end within 14 days.'],
  [[token('a', 9), token('b', 3), token('c', 90)], '3 tokens work in your name; 2 end within 14 days.'],
])('says it in a sentence', (tokens, sentence) => expect(tokenSentence(tokens, NOW)).toBe(sentence))
