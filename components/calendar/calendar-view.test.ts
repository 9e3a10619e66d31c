import { describe, expect, it } from 'vitest'
import { dayName, daysOf, readCalendarView, stepOf, timesOf, titleOf, weekNumber, writeCalendarView } from './calendar-view'

describe('the address', () => {
  it('reads what it wrote, and leaves the rest', () => {
    const query = writeCalendarView('?customer=1', { span: 'month', clock: 'own', on: '2026-11-26' })
    expect(query).toContain('customer=1')
    expect(readCalendarView(new URLSearchParams(query))).toEqual({ span: 'month', clock: 'own', on: '2026-11-26' })
    expect(writeCalendarView(query, { span: 'week', clock: 'site', on: null })).toBe('?customer=1')
  })
  it('takes what it does not know as not said', () => expect(readCalendarView(new URLSearchParams('span=year&clock=moon&on=2026-13-40'))).toEqual({ span: 'week', clock: 'site', on: null }))
})

describe('what is shown', () => {
  it('is the week of a day, Monday first', () => {
    expect(daysOf({ span: 'week' }, '2026-11-26')).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'])
    expect(titleOf({ span: 'week' }, '2026-11-26')).toBe('23 to 29 November 2026')
    expect(titleOf({ span: 'week' }, '2027-01-01')).toBe('28 December 2026 to 3 January 2027')
    expect([weekNumber('2026-11-26'), weekNumber('2027-01-01'), weekNumber('2027-01-04'), dayName('2026-11-26')]).toEqual([48, 53, 1, 'Thu 26'])
  })
  it('or the whole weeks of a month', () => {
    expect(daysOf({ span: 'month' }, '2027-02-28')).toHaveLength(28)
    expect([daysOf({ span: 'month' }, '2026-11-26')[0], daysOf({ span: 'month' }, '2026-11-26').at(-1)]).toEqual(['2026-10-26', '2026-12-06'])
  })
  it('goes on and back by one', () => {
    expect([stepOf({ span: 'week' }, '2026-12-28', 1), stepOf({ span: 'month' }, '2026-12-31', 1), stepOf({ span: 'month' }, '2027-01-31', -1), stepOf({ span: 'month' }, '2026-11-30', 1)]).toEqual(['2027-01-04', '2027-01-01', '2026-12-01', '2026-12-01'])
  })
  it('marks what stands on the own clock among times of sites', () => {
    const own = { opensAt: '2026-11-26T01:00:00Z', endsAt: '2026-11-26T03:00:00Z', window: null }
    expect([timesOf(own, 'site').ahead, timesOf(own, 'own').ahead]).toEqual(['your clock', ''])
  })
})
