import { expect, it } from 'vitest'
import type { AuditEntryDto } from '@/lib/audit/dto'
import { actorWords, withDays } from './audit-rows'

const entry = (number: number, at: string): AuditEntryDto => ({
  entry: number,
  at,
  actor: { kind: 'operator', id: null, name: 'Mira' },
  sourceAddress: null,
  requestId: null,
  action: 'firewall.read',
  target: { kind: 'firewall', id: null, name: 'fw' },
  customer: null,
  result: 'done',
  intentEntry: null,
  details: {},
  before: null,
  after: null,
  previousHash: '',
  hash: '',
})

it('heads each day once', () => {
  const rows = withDays([entry(3, '2026-11-26T12:00:00Z'), entry(2, '2026-11-26T11:00:00Z'), entry(1, '2026-11-24T12:00:00Z')])
  expect(rows.map((row) => row.kind)).toEqual(['day', 'entry', 'entry', 'day', 'entry'])
  expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length)
})
it('has no heading without entries', () => expect(withDays([])).toEqual([]))
it('says what kind of actor it is when it is no person', () => {
  expect(actorWords({ kind: 'operator', id: null, name: 'Mira' })).toBe('Mira')
  expect(actorWords({ kind: 'token', id: null, name: 'grafana' })).toBe('token grafana')
  expect(actorWords({ kind: 'worker', id: null, name: '' })).toBe('worker')
})
