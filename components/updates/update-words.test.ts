import { describe, expect, it } from 'vitest'
import { formatClock, formatExactBoth, formatZone } from '@/lib/format/dates'
import { UPDATE_STATES, UPDATE_TRANSITIONS } from '@/lib/updates/states'
import { eventWords, resultWord, rowNote, rowTitle, seenWords, waitsUntil } from './update-words'
import { segmentsOf } from './way'

const NOW = Date.parse('2026-11-26T02:00:00Z')
const job = (more: object) => ({ state: 'scheduled' as const, stateSince: '2026-11-26T01:56:48Z', reason: null, startsAt: null, soakUntil: null, finishedAt: null, retried: false, ...more })

describe('how far an update is', () => {
  it('has seven segments in every state; what ended shows where it stood', () => {
    for (const state of UPDATE_STATES) for (const reached of [null, 'verifying'] as const) expect(segmentsOf({ state, reached })).toHaveLength(7)
    expect(segmentsOf({ state: 'failed', reached: 'verifying' })).toEqual(['behind', 'behind', 'behind', 'behind', 'behind', 'failed', 'ahead'])
    expect(segmentsOf({ state: 'rebooting', reached: 'rebooting' }).slice(3, 6)).toEqual(['behind', 'now', 'ahead'])
    expect(segmentsOf({ state: 'held', reached: null })[0]).toBe('waits')
    expect(segmentsOf({ state: 'scheduled', reached: null })).not.toContain('now')
  })

  it('is said beside it: why, how long, or when', () => {
    expect(rowNote(job({ state: 'rebooting' }), NOW)).toBe('3 min 12 s')
    expect(rowNote(job({ state: 'soaking', soakUntil: '2026-11-26T02:18:00Z' }), NOW)).toBe('18 min left')
    expect(rowNote(job({ state: 'failed', reason: 'worse' }), NOW)).toBe('worse than before')
    expect(rowNote(job({ startsAt: '2026-11-26T02:10:00Z', reason: 'peer' }), NOW)).toBe('after its peer')
    expect(rowNote(job({ state: 'failed', retried: true }), NOW)).toBe('tried again')
    expect(rowNote(job({ startsAt: '2026-11-26T02:10:00Z' }), NOW, true)).toBe('after the lift')
    expect(rowNote(job({ state: 'succeeded', finishedAt: '2026-11-26T01:10:00Z' }), NOW)).toBe(`${formatClock('2026-11-26T01:10:00Z')} ${formatZone('2026-11-26T01:10:00Z')}`)
  })

  it('is said whole for the hover, on both clocks', () => {
    const row = (more: object) => ({ ...job(more), message: null, firewall: { id: 'f', name: 'apia', timeZone: 'Pacific/Apia' } })
    expect(rowTitle(row({ startsAt: '2026-11-26T02:10:00Z' }))).toBe(`Scheduled. Planned for ${formatExactBoth('2026-11-26T02:10:00Z', 'Pacific/Apia')}`)
    expect(rowTitle({ ...row({ state: 'held' }), message: 'It would install something else.' })).toBe('It would install something else')
  })
})

it('every event of the table has words', () => {
  for (const state of UPDATE_STATES) for (const [what, to] of Object.entries(UPDATE_TRANSITIONS[state])) expect(eventWords({ what, state: to }), what).toMatch(/^[A-Z]/)
})

it('a check that is not knowable is no pass, and one that passed tells whether anything differs', () => {
  expect(resultWord({ result: 'not-knowable', before: null, now: null })).toBe('Not knowable')
  expect(resultWord({ result: 'pass', before: '2 of 2 up', now: '2 of 2 up' })).toBe('Same')
  expect(resultWord({ result: 'pass', before: '26.1', now: '26.7' })).toBe('Well')
  expect(resultWord({ result: 'fail', before: 'online', now: 'down' })).toBe('Worse')
  expect(seenWords('18 of 18 running')).toBe('18 of 18 running')
  expect(seenWords('2026-11-26T02:14:50.000Z')).toMatch(/^Thu 26 Nov, \d\d:14:50$/)
  expect(seenWords('until 2026-11-26T02:14:50.000Z')).toMatch(/^until Thu 26 Nov, /)
  expect(seenWords(null)).toBeNull()
})

it('says until when it waits for a person', () => {
  expect(waitsUntil('package-missing', '2026-11-26T02:00:00Z')).toBe('2026-11-29T02:00:00.000Z')
  expect(waitsUntil('installing', '2026-11-26T02:00:00Z')).toBeNull()
})
