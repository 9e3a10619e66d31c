// What a gate says of how its ring stands. lib/plan-runs/plan-runs.test.ts holds that pages count as it does.
import { describe, expect, it } from 'vitest'
import type { UpdateState } from '@/lib/updates/states'
import { judgeGate, type GateJobs, type Verdict } from './gate'

type Standing = Partial<Record<UpdateState, number>>
const jobs = (standing: Standing, more: Partial<GateJobs> = {}): GateJobs[] => Object.entries(standing).map(([state, count]) => ({ state: state as UpdateState, accepted: false, retried: false, count, ...more }))
const RULE = { successPercent: 50, minimumCount: 3, soakHours: 0, noNewCriticalAlert: true }
const judge = (all: readonly GateJobs[], more: Partial<typeof RULE> = {}): Verdict => judgeGate({ ...RULE, ...more }, all, 0, false)
const says = (verdict: Verdict): string => (verdict.event === 'halted' ? verdict.reason : verdict.event)

describe('so many at least', () => {
  it('are of the firewalls that the ring had: leaving them out makes no gate easier', () => {
    expect(says(judge(jobs({ skipped: 3 })))).toBe('0 of 3 firewalls succeeded; 0 failed and 3 were left out. The gate asks for 3 at least.')
    expect(says(judge(jobs({ succeeded: 1, skipped: 2 })))).toBe('1 of 3 firewalls succeeded; 0 failed and 2 were left out. The gate asks for 3 at least.')
    expect(says(judge(jobs({ succeeded: 1, cancelled: 1 })))).toBe('1 of 2 firewalls succeeded; 0 failed and 1 was left out. The gate asks for 3 at least, or all of a smaller ring.')
    expect(says(judge(jobs({ succeeded: 3, skipped: 7 })))).toBe('passed')
  })

  it('are of no more than there were: a smaller ring passes with all, and one without firewalls at once', () => {
    expect(says(judge(jobs({ succeeded: 2 })))).toBe('passed')
    expect(says(judge([]))).toBe('passed')
  })

  it('count a firewall that is tried again once, and one whose end was accepted not at all', () => {
    expect(says(judge([...jobs({ failed: 1, skipped: 1 }, { retried: true }), ...jobs({ succeeded: 3 })], { minimumCount: 5 }))).toBe('passed')
    expect(says(judge([...jobs({ failed: 1, skipped: 1, cancelled: 1 }, { accepted: true }), ...jobs({ succeeded: 1 })]))).toBe('passed')
    expect(says(judge(jobs({ skipped: 2, cancelled: 1 }, { accepted: true })))).toBe('passed')
    // A success in spite of an alert that was accepted is a success.
    expect(says(judge([...jobs({ succeeded: 1 }, { accepted: true }), ...jobs({ succeeded: 2 })]))).toBe('passed')
  })

  it('halt at the first one too many that did not succeed, while others may still', () => {
    expect(says(judge(jobs({ failed: 1, scheduled: 9 }), { minimumCount: 10 }))).toBe('0 of 10 firewalls succeeded and 9 may still; 1 failed and 0 were left out. The gate asks for 10 at least.')
    expect(says(judge(jobs({ failed: 1, skipped: 1, scheduled: 8 }), { minimumCount: 8 }))).toBe('waits')
    expect(says(judge(jobs({ failed: 1, skipped: 2, scheduled: 7 }), { minimumCount: 8 }))).toContain('7 may still')
  })

  it('wait for what a person may still release, and are not halted by one skip that the gate can bear', () => {
    expect(says(judge(jobs({ succeeded: 2, held: 1 })))).toBe('waits')
    expect(says(judge(jobs({ succeeded: 3, held: 1 })))).toBe('passed')
    expect(says(judge(jobs({ skipped: 1, scheduled: 3 })))).toBe('waits')
    expect(says(judge(jobs({ succeeded: 1, skipped: 1 }), { minimumCount: 0 }))).toBe('passed')
  })
})

it('the rate is of those that were not left out, and halts as soon as it is out of reach', () => {
  expect(says(judge(jobs({ failed: 1, scheduled: 9 }), { successPercent: 90 }))).toBe('waits')
  expect(says(judge(jobs({ failed: 2, scheduled: 8, skipped: 5 }), { successPercent: 90 }))).toBe('2 of 10 firewalls failed, and the gate asks for 90 % success.')
})
