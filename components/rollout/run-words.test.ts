import { describe, expect, it } from 'vitest'
import { formatMoment, formatZone } from '@/lib/format/dates'
import type { PlanRun, RunRing } from '@/lib/plan-runs/dto'
import { currentRing, firstStartExact, footSentence, gateWords, percentWords, ringLine, runSentence } from './run-words'
import { reasonWithoutEverywhere, stopSentence } from './stop-words'

const RULE = { successPercent: 95, minimumCount: 3, soakHours: 12, noNewCriticalAlert: true }
const counts = { all: 24, waiting: 2, active: 3, stopped: 1, soaking: 0, succeeded: 17, failed: 1, leftOut: 0 }
const ring = (more: Partial<RunRing> = {}): RunRing => ({ id: 'r', position: 1, name: 'Early', state: 'open', openedAt: null, endedAt: null, reason: null, counts, sites: 3, gate: { rule: RULE, counted: 24, ended: 18, succeeded: 17, needed: 3, failuresLeft: 0 }, firstStartAt: null, lastStartAt: null, soakUntil: null, jobs: [], nights: [], more: 0, ...more })
const passed = ring({ position: 0, name: 'Canary', state: 'passed' })
const broad = ring({ position: 2, name: 'Broad', state: 'waiting', gate: { rule: RULE, counted: 55, ended: 0, succeeded: 0, needed: 3, failuresLeft: 2 }, counts: { ...counts, waiting: 55 }, sites: 41, firstStartAt: '2026-11-27T02:00:00Z' })
const run = (...rings: RunRing[]): PlanRun => ({ id: 'p', rings })
const plan = (more: object = {}) => ({ state: 'running' as const, jobs: { all: 84, waiting: 60, active: 3, stopped: 0, succeeded: 22, failed: 1, leftOut: 0 }, haltedReason: null, finishedAt: null, ...more })

describe('the sentence of a run', () => {
  it('says which ring runs, how close it is to a halt, and what opens if the others succeed', () => {
    const { head, text } = runSentence(plan(), run(passed, ring(), broad))
    expect(head).toBe('Ring 2 of 3 runs. One more failure halts it.')
    expect(text).toMatch(/^17 of 18 finished in Early succeeded: 94\.4 %\. The gate asks for 95 % and 3 at least, of 24\. If the others succeed it is 95\.8 %, and Broad opens; its first start is planned for Fri 27 Nov, /)
  })

  it('says how many have to succeed though some were left out', () => {
    expect(runSentence(plan(), run(ring({ gate: { rule: RULE, counted: 2, ended: 0, succeeded: 0, needed: 3, failuresLeft: -1 } }), broad)).text).toContain('The gate asks for 95 % and 3 at least, of 2.')
  })

  it('names a halt with its reason, and who has to decide', () => {
    expect(runSentence(plan({ state: 'halted', haltedReason: 'Early: 2 of 24 firewalls failed.', jobs: { ...plan().jobs, stopped: 2 } }), run(passed, ring({ state: 'halted' }), broad))).toEqual({
      head: 'Halted in Early. Nothing more starts until somebody decides.',
      text: 'Early: 2 of 24 firewalls failed. What is under way on a firewall goes on. Look at what failed, then resume or cancel. 2 firewalls wait for a person.',
    })
  })

  it('has words for what has not begun, is paused, soaks, and is over', () => {
    expect(runSentence(plan(), run(broad)).head).toBe('It has not begun.')
    expect(runSentence(plan({ state: 'paused' }), run(passed, ring())).head).toBe('Paused. 3 firewalls still finish.')
    expect(runSentence(plan(), run(passed, ring({ state: 'soaking' }))).head).toBe('Ring 2 of 2 soaks.')
    expect(runSentence(plan({ state: 'done' }), run(passed)).head).toBe('It is over: 22 of 84 firewalls updated, 1 failed.')
    expect(runSentence(plan({ state: 'cancelled' }), run(passed)).head).toBe('It was cancelled: 22 of 84 firewalls updated.')
  })

  it('says while all firmware work is stopped that this is, and tells of no gate and no start', () => {
    const { head, text } = runSentence(plan(), run(passed, ring(), broad), true)
    expect(head).toBe('Stopped with all firmware work.')
    expect(text).toBe('3 firewalls still finish. 60 firewalls wait for the emergency stop to be lifted.')
    const halted = runSentence(plan({ state: 'halted', haltedReason: 'Early: 2 of 24 firewalls failed.' }), run(passed, ring({ state: 'halted' }), broad), true)
    expect(halted.head).toBe('Halted in Early, and stopped with all firmware work.')
    expect(halted.text).toMatch(/^Early: 2 of 24 firewalls failed\. .* It stays halted then: look at what failed, then resume or cancel\.$/)
    expect(runSentence(plan({ state: 'paused' }), run(passed, ring()), true).head).toBe('Paused, and stopped with all firmware work.')
    expect(runSentence(plan({ state: 'done' }), run(passed), true).head).toBe('It is over: 22 of 84 firewalls updated, 1 failed.')
    expect(gateWords(broad, true).words).toBe('Waits for the lift')
  })

  it('tells no figure of a gate to who does not see the whole ring', () => {
    expect(runSentence(plan(), run(ring({ gate: null }))).text).toBe('')
    expect(gateWords(ring({ gate: null })).words).toBe('Open')
  })
})

it('a percentage is never rounded up to a gate that it has not passed', () => {
  expect(percentWords(1999, 2000)).toBe('99.9 %')
  expect(percentWords(0, 0)).toBe('0 %')
})

it('a ring says how its gate stands, or how much of it is to come', () => {
  expect(gateWords(ring())).toEqual({ tone: 'warn', words: 'Gate 94.4 %, needs 95 %' })
  expect(gateWords(ring({ counts: { ...counts, failed: 0 }, gate: { rule: RULE, counted: 24, ended: 18, succeeded: 18, needed: 3, failuresLeft: 1 } })).tone).toBe('plain')
  // All that ended did so well, and too many were left out.
  expect(gateWords(ring({ state: 'halted', gate: { rule: RULE, counted: 1, ended: 1, succeeded: 1, needed: 3, failuresLeft: -2 } })).words).toBe('Halted with 1, needs 3')
  expect(gateWords(ring({ state: 'halted', gate: { rule: RULE, counted: 24, ended: 20, succeeded: 18, needed: 3, failuresLeft: -1 } })).words).toBe('Halted at 90 %')
  expect(gateWords(passed)).toEqual({ tone: 'good', words: 'Gate open' })
  expect(ringLine(ring())).toBe('95 % of 24, at least 3, soaks 12 h, no new critical alert')
  expect(ringLine({ ...broad, nights: [{ day: '2026-11-27', count: 55, firstStartAt: '2026-11-27T02:00:00Z', lastStartAt: '2026-11-27T03:00:00Z', timeZone: 'Europe/Oslo' }] })).toBe('41 sites, 1 night')
  expect(currentRing(run(passed, ring({ state: 'halted' }), broad))?.name).toBe('Early')
})

it('a time that stands alone names its clock, and the clock at the firewall for who asks', () => {
  expect(gateWords(broad).words).toBe(`Not before ${formatMoment('2026-11-27T02:00:00Z')} ${formatZone('2026-11-27T02:00:00Z')}`)
  expect(gateWords(ring({ state: 'soaking', soakUntil: '2026-11-27T02:00:00Z' })).words).toContain(formatZone('2026-11-27T02:00:00Z'))
  const nights = [{ day: '2026-11-27', count: 55, firstStartAt: '2026-11-27T02:00:00Z', lastStartAt: '2026-11-27T03:00:00Z', timeZone: 'Pacific/Apia' }]
  expect(firstStartExact({ ...broad, nights })).toContain('at the firewall')
  expect(firstStartExact(passed)).toBeUndefined()
})

it('says that nothing stops what has begun, and names it', () => {
  const job = (name: string, state: 'installing' | 'scheduled') => ({ id: name, firewall: { id: name, name, timeZone: 'UTC' }, state, stateSince: '', reason: null, message: null, startsAt: null, soakUntil: null, finishedAt: null, reached: null, retried: false })
  expect(footSentence(run(ring({ jobs: [job('hull', 'installing'), job('york', 'installing'), job('lyon', 'scheduled')] })), false)).toBe('Nothing stops an installation that has begun. An emergency stop now lets hull and york finish and starts nothing else.')
  expect(footSentence(run(ring()), false)).toBe('Nothing stops an installation that has begun. An emergency stop now starts nothing more.')
  expect(footSentence(run(ring()), true)).toContain('waits for the emergency stop to be lifted')
  expect(stopSentence({ finishing: 1, waiting: 0 })).toBe('1 update that had begun still finishes: nothing stops an installation. Nothing waits.')
})

it('the emergency stop takes a role over all customers', () => {
  const me = (customerId: string | null) => ({ scopes: [{ role: 'admin', customerId, customerName: null }] }) as unknown as Parameters<typeof reasonWithoutEverywhere>[0]
  expect(reasonWithoutEverywhere(me('one'), 'update:stop', 'an operator')).toBe('It concerns all customers, so it takes an operator of all of them.')
  expect(reasonWithoutEverywhere(me(null), 'update:stop', 'an operator')).toBeNull()
})
