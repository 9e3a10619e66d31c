import { describe, expect, it } from 'vitest'
import type { PlanRun } from '@/lib/plan-runs/dto'
import { keepFirst, shownJob } from './shown-job'

const run = (...jobs: [id: string, state: string, retried?: boolean][]) => ({ id: 'p', rings: [{ jobs: jobs.map(([id, state, retried = false]) => ({ id, state, retried })) }] }) as unknown as PlanRun

describe('the firewall that is shown', () => {
  it('is the worst at first, and stays when another one ranks above it or its own state changes', () => {
    const first = keepFirst(null, run(['oak', 'held'], ['ash', 'installing']))
    expect(first).toBe('oak')
    expect(keepFirst(first, run(['ash', 'failed'], ['oak', 'held']))).toBe('oak')
    expect(keepFirst(first, run(['ash', 'failed'], ['oak', 'skipped']))).toBe('oak')
  })

  it('is none while nothing needs a look, and then the first that does', () => {
    expect(keepFirst(null, run(['oak', 'installing'], ['ash', 'failed', true]))).toBeNull()
    expect(keepFirst(null, run(['ash', 'failed']))).toBe('ash')
  })

  it('is what a person chose; none once it was closed, and on a phone', () => {
    expect(shownJob({ selected: 'elm', first: 'oak', closed: true }, false)).toBe('elm')
    expect(shownJob({ selected: null, first: 'oak', closed: false }, false)).toBe('oak')
    expect(shownJob({ selected: null, first: 'oak', closed: true }, false)).toBeNull()
    expect(shownJob({ selected: null, first: 'oak', closed: false }, true)).toBeNull()
  })
})
