import { describe, expect, it } from 'vitest'
import type { ProbeResult, TestResult } from '@/lib/firewalls/dto'
import { currentStep, enrolmentAfter, NOTHING_YET, type Enrolment, type EnrolmentEvent } from './enrolment'

const probe: ProbeResult = {
  origin: 'https://198.51.100.61',
  answeredInMs: 34,
  certificate: null,
  plainHttp: false,
  ownAddress: '203.0.113.200',
  remoteAddress: '198.51.100.61',
  family: 'pfsense-v2',
  familyNote: '',
  triesLeft: 2,
  retryAt: null,
}
const test: TestResult = {
  test: { version: '2.8.1', hostname: null, features: [], warnings: [], requestCount: 16 },
  durationMs: 2100,
  notice: null,
  triesLeft: 2,
  retryAt: null,
}
const events: EnrolmentEvent[] = [
  { kind: 'probed', probe },
  { kind: 'trusted', trust: { mode: 'pin', sha256: 'a'.repeat(64) }, at: '2026-11-24T16:00:00Z' },
  { kind: 'credential-entered', credential: { input: { method: 'api-key', key: 'planted-secret' }, methodLabel: 'API key', fromFile: false } },
  { kind: 'tested', test },
  { kind: 'test-accepted' },
]
const after = (list: readonly EnrolmentEvent[]): Enrolment => list.reduce(enrolmentAfter, NOTHING_YET)
const complete = after(events)

describe('enrolment', () => {
  it('goes through its steps in order; a family that was found needs no step', () => {
    expect(events.map((_, index) => currentStep(after(events.slice(0, index + 1))))).toEqual(['certificate', 'credential', 'test', 'test', 'place'])
  })

  it('asks for the family when it was not found', () => {
    const undecided = after([{ kind: 'probed', probe: { ...probe, family: null } }, ...events.slice(1, 2)])
    expect(currentStep(undecided)).toBe('family')
    expect(currentStep(enrolmentAfter(undecided, { kind: 'family-chosen', family: 'opnsense' }))).toBe('credential')
  })

  it.each(['address', 'certificate', 'family', 'credential'] as const)('forgets the credential and its test when %s is changed', (step) => {
    const changed = enrolmentAfter(complete, { kind: 'changing', step })
    expect(JSON.stringify(changed)).not.toContain('planted-secret')
    expect(changed.test).toBeNull()
    expect(currentStep(changed)).toBe(step)
  })

  it('forgets everything when another address answered', () => {
    expect(JSON.stringify(enrolmentAfter(complete, { kind: 'probed', probe }))).not.toContain('planted-secret')
  })

  it('goes back to the test without forgetting the credential', () => {
    const changed = enrolmentAfter(complete, { kind: 'changing', step: 'test' })
    expect(currentStep(changed)).toBe('test')
    expect(changed.credential).not.toBeNull()
  })

  it('cannot accept a test that was never made', () => {
    expect(currentStep(enrolmentAfter(after(events.slice(0, 3)), { kind: 'test-accepted' }))).toBe('test')
  })
})
