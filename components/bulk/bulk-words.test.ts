import { expect, it } from 'vitest'
import type { BulkSummary } from '@/lib/bulk/input'
import { countsOf, goneOf, inverseOf, titleOf } from './bulk-words'

const bulk = (more: Partial<BulkSummary>): BulkSummary => ({
  ...{ id: '0b6f9c1e-7c3a-4f0e-9d59-0c6f0f5a2b11', act: 'refresh', input: {}, query: null, total: 1_214, createdAt: '', cancelledAt: null, finishedAt: null },
  counts: { pending: 1_000, running: 9, done: 200, failed: 2, skipped: 0 },
  ...more,
})

it('tells what it is doing, then what it did', () => {
  expect(titleOf(bulk({}))).toBe('Refreshing 1,214 firewalls')
  expect(titleOf(bulk({ act: 'tag', input: { add: ['hq'], remove: [] }, finishedAt: 'now' }))).toBe('Tagged 200 firewalls with hq')
})
it('counts what ended, and what went away', () => {
  expect(goneOf(bulk({}))).toBe(3)
  expect(countsOf(bulk({}))).toBe('200 done · 2 failed · 3 not there any more')
  expect(countsOf(bulk({ total: 1, counts: { pending: 1, running: 0, done: 0, failed: 0, skipped: 0 } }))).toBe('Waiting for a worker')
})
it('takes back one tag only: of several it is not known who had which before', () => {
  expect(inverseOf(bulk({ act: 'tag', input: { add: ['hq'], remove: [] } }))).toEqual({ act: 'tag', input: { add: [], remove: ['hq'] } })
  expect(inverseOf(bulk({ act: 'tag', input: { add: ['hq', 'edge'], remove: [] } }))).toBeNull()
  expect(inverseOf(bulk({ act: 'pause', input: {} }))).toBeNull()
})
