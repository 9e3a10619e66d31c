import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatClock } from '@/lib/format/dates'
import { bandPath, lastValue, linePath, niceTop, runsOf, stepAt, timeOfStep, timeTicks, type TimeAxis } from './scale'

const HOUR = 3_600_000
const axis: TimeAxis = { fromMs: 0, toMs: 4_000, startMs: 0, stepMs: 1_000, steps: 4 }
const place = { axis, width: 100, height: 10, top: 10 }

describe('values', () => {
  it('end at a figure whose half reads well', () => expect([0, 0.2, 1, 3, 4.1, 51, 99, 101, NaN].map(niceTop)).toEqual([1, 0.2, 1, 3, 5, 60, 100, 200, 1]))
  it('are never joined over a gap', () => {
    expect(runsOf([1, 2, null, 3, null, null, 4], 2)).toEqual([[0, 1, 3], [6]])
    expect(linePath([0, 10, null, 5], 1, place)).toBe('M12.5 10.0L37.5 0.0M87.5 5.0h2')
    expect(linePath([null, null], 1, place)).toBe('')
  })
  it('beyond the end of the axis stay on it', () => expect(linePath([20, -3], 1, place)).toBe('M12.5 0.0L37.5 10.0'))
  it('spread between lowest and highest', () => expect(bandPath([0, 2, null], [4, 8, null], 1, place)).toBe('M12.5 6.0L37.5 2.0L37.5 8.0L12.5 10.0Z'))
  it('have a last one', () => expect([lastValue([1, 2, null]), lastValue([null])]).toEqual([2, null]))
})

describe('times', () => {
  it('and steps are each other’s, within the axis', () => {
    for (const step of [0, 1, 2, 3]) expect(stepAt(axis, timeOfStep(axis, step))).toBe(step)
    expect([stepAt(axis, -5), stepAt(axis, 9_000)]).toEqual([0, 3])
  })
  it('are marked at round hours of the zone, before and after its clocks change', () => {
    const fromMs = Date.parse('2026-03-28T23:00:00Z')
    const { at } = timeTicks({ fromMs, toMs: fromMs + 24 * HOUR }, 'Europe/Berlin', 6)
    expect(at.map((ms) => formatClock(new Date(ms).toISOString(), 'Europe/Berlin'))).toEqual(['00:00', '04:00', '08:00', '12:00', '16:00', '20:00', '00:00'])
    expect(at.map((ms) => (ms - fromMs) / HOUR)).toEqual([0, 3, 7, 11, 15, 19, 23])
  })
  it('are marked at midnights of the zone over the year', () => {
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia')
    fc.assert(
      fc.property(zone, fc.integer({ min: 0, max: 365 * 24 }), fc.integer({ min: 8, max: 90 }), (name, hours, days) => {
        const fromMs = Date.parse('2026-01-01T00:00:00Z') + hours * HOUR
        const { at, isDays } = timeTicks({ fromMs, toMs: fromMs + days * 24 * HOUR }, name, 8)
        expect(isDays).toBe(true)
        expect(at.length).toBeLessThanOrEqual(9)
        expect(at.length).toBeGreaterThan(1)
        for (const ms of at) expect(formatClock(new Date(ms).toISOString(), name)).toBe('00:00')
      }),
      { numRuns: 100 },
    )
  })
})
