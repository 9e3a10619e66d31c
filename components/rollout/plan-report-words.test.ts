import { expect, it } from 'vitest'
import { notOver, reportSentence } from './plan-report-words'

const counts = { all: 84, waiting: 57, active: 3, stopped: 1, soaking: 16, succeeded: 6, failed: 1, leftOut: 0 }
const report = (more: object = {}) => ({ counts: { ...counts, ...more }, kind: 'minor' as const, customers: [], customer: null })

it('the report counts each firewall once, and those that soak as a part of those that were verified', () => {
  const sentence = reportSentence(report())
  expect(sentence).toBe('22 of 84 firewalls updated and verified (16 of them still soak); 1 failed, 1 waits for a person, 3 are under way, 57 wait for their start.')
  const [updated = 0, all, soaking, ...rest] = [...sentence.matchAll(/\d+/g)].map(([figure]) => Number(figure))
  expect([soaking, updated + rest.reduce((sum, each) => sum + each, 0)]).toEqual([16, all])
  expect(notOver(counts)).toBe(61)
})

it('says no more of a plan that went well', () => {
  expect(reportSentence(report({ all: 22, waiting: 0, active: 0, stopped: 0, soaking: 0, succeeded: 22, failed: 0 }))).toBe('22 of 22 firewalls updated and verified.')
})
