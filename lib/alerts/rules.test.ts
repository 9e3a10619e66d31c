import { describe, expect, it } from 'vitest'
import { ALERT_RULES, effectiveRule, ruleOf } from './rules'
import { ALERT_EVENTS, ALERT_STATES, ALERT_TRANSITIONS, nextAlertState } from './states'
import { ALERT_KINDS, factsWith } from './words'

describe('states', () => {
  it('every state is reached, every one that waits can end, and nothing leaves the table', () => {
    const reached = new Set<string>(['pending', ...ALERT_STATES.flatMap((state) => Object.values(ALERT_TRANSITIONS[state]))])
    expect(ALERT_STATES.filter((state) => !reached.has(state))).toEqual([])
    for (const state of ['pending', 'open', 'acknowledged'] as const) expect(['gone', 'resolved']).toContain(nextAlertState(state, 'ended'))
    expect(nextAlertState('resolved', 'ended')).toBeNull()
    expect(nextAlertState('pending', 'acknowledged')).toBeNull()
    expect(new Set(ALERT_EVENTS).size).toBe(ALERT_EVENTS.length)
  })
})

describe('rules', () => {
  it.each(ALERT_KINDS)('%s says what is wrong and what to do, within its bounds', (kind) => {
    const rule = ruleOf(kind)
    const text = rule.says({ firewallName: 'kl-rtm-fw1', subject: 'WAN2', facts: factsWith({ value: 12.4, place: 'fw2', names: ['a', 'b'], count: 2, name: 'to Lyon' }) })
    expect(text).toMatch(/^[A-Za-z0-9].*[^.]$/)
    expect(text).not.toMatch(/undefined|null|NaN/)
    expect(rule.nextStep).toMatch(/^[A-Z].+\.$/)
    if (rule.threshold) expect(rule.threshold.default >= rule.threshold.min && rule.threshold.default <= rule.threshold.max).toBe(true)
    if (rule.opensAfterMinutes === 'threshold') expect(rule.threshold?.unit).toBe('minutes')
  })
  it('a cause stands before what follows from it, so that it is decided first', () => {
    for (const kind of ALERT_KINDS) for (const cause of ruleOf(kind).swallowedBy) expect(ALERT_KINDS.indexOf(cause)).toBeLessThanOrEqual(ALERT_KINDS.indexOf(kind))
    expect(Object.keys(ALERT_RULES)).toEqual([...ALERT_KINDS])
  })
  it('the most specific decision wins, column by column, within the bounds', () => {
    const none = { kind: 'unreachable', enabled: null, severity: null, threshold: null }
    const installation = { ...none, customerId: null, severity: 'warning', threshold: 10 }
    expect(effectiveRule('unreachable', undefined, undefined)).toMatchObject({ enabled: true, severity: null, threshold: 5, opensAfterMinutes: 5 })
    expect(effectiveRule('unreachable', { ...none, customerId: 'c', threshold: 20 }, installation)).toMatchObject({ severity: 'warning', threshold: 20, opensAfterMinutes: 20 })
    expect(effectiveRule('unreachable', { ...none, customerId: 'c', enabled: false, threshold: 1e9 }, installation)).toMatchObject({ enabled: false, threshold: 1_440 })
    expect(effectiveRule('cpu-high', undefined, { ...none, customerId: null, severity: 'loud' })).toMatchObject({ severity: null, threshold: 95, opensAfterMinutes: 15 })
  })
})
