import { describe, expect, it } from 'vitest'
import { aheadOf, formatAge, formatClock, formatDate, formatDateTime, formatDay, formatExact, formatDayMonth, formatExactBoth, formatMoment, formatTime, formatZone, isOld, ownTimeZone, timeZones, zoneOffsetMs } from './dates'

const at = '2026-11-26T01:46:51.000Z'
const secondsLater = (seconds: number) => new Date(at).getTime() + seconds * 1000

describe('age', () => {
  it.each([
    [0, '0 s ago'],
    [41, '41 s ago'],
    [60, '1 min ago'],
    [3599, '59 min ago'],
    [3600, '1 h ago'],
    [86_399, '23 h ago'],
    [86_400, '26 Nov'],
    [40 * 86_400, '26 Nov 2026'],
    [-30, '0 s ago'],
  ])('after %i s says %s', (seconds, words) => expect(formatAge(at, secondsLater(seconds))).toBe(words))

  it('shows text that is no date as it is', () => expect(formatAge('never', 0)).toBe('never'))

  it('is old beyond twice its interval, not at it', () => {
    expect(isOld(at, secondsLater(600), 300)).toBe(false)
    expect(isOld(at, secondsLater(601), 300)).toBe(true)
  })
})

describe('exact times', () => {
  it('names the zone', () => {
    expect(formatExact(at, 'Europe/Berlin')).toBe('26 Nov 2026, 02:46:51 CET')
    expect(formatZone(at, 'UTC')).toBe('UTC')
  })
  it('writes dates, times and days', () => {
    expect(formatDate(at, 'UTC')).toBe('26 Nov 2026')
    expect(formatTime(at, 'UTC')).toBe('01:46:51')
    expect(formatClock(at, 'America/New_York')).toBe('20:46')
    expect(formatDateTime(at, 'America/New_York')).toBe('25 Nov 2026, 20:46')
    expect(formatDay(at, 'UTC')).toBe('Thursday 26 November 2026')
  })
  it('writes points and days of a time axis', () => {
    expect(formatMoment(at, 'Europe/Berlin')).toBe('Thu 26 Nov, 02:46')
    expect(formatDayMonth(at, 'America/New_York')).toBe('25 Nov')
    expect(formatDayMonth('2026-09-04T12:00:00Z', 'UTC')).toBe('4 Sep')
  })
  it('knows how far a zone is from UTC, also across a change of clocks', () => {
    expect(zoneOffsetMs(Date.parse('2026-03-29T00:59:59.5Z'), 'Europe/Berlin')).toBe(3_600_000)
    expect(zoneOffsetMs(Date.parse('2026-03-29T01:00:00Z'), 'Europe/Berlin')).toBe(7_200_000)
    expect(zoneOffsetMs(Date.parse(at), 'Asia/Kathmandu')).toBe(20_700_000)
  })
  it('says how far the own clock is ahead: plus in the east of the zone', () => {
    expect(aheadOf(at, 'Europe/London', 'Europe/Oslo')).toBe('+1 h')
    expect(aheadOf(at, 'Asia/Kolkata', 'Europe/Oslo')).toBe('−4 h 30 min')
    expect(aheadOf(at, 'Europe/Berlin', 'Europe/Oslo')).toBe('')
    expect(aheadOf(at, ownTimeZone())).toBe('')
  })
  it('says midnight as 00, not 24', () => expect(formatTime('2026-11-26T00:00:00Z', 'UTC')).toBe('00:00:00'))
  it('falls back to UTC for a zone that does not exist', () => expect(formatExact(at, 'Mars/Base')).toBe('26 Nov 2026, 01:46:51 UTC'))
  it('adds the firewall’s own time where it differs', () => {
    expect(formatExactBoth(at)).toBe(formatExact(at))
    expect(formatExactBoth(at, 'Pacific/Apia')).toContain('at the firewall')
  })
  it('offers UTC once, first', () => expect(timeZones().filter((zone) => zone === 'UTC')).toHaveLength(1))
})
