import { describe, expect, it } from 'vitest'
import { boundsOf, datesWithin, isMonth, monthAfter, monthAt, monthsUpTo, zoneOfMost } from './month'

const iso = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => [new Date(fromMs).toISOString(), new Date(toMs).toISOString()]

describe('months', () => {
  it('begin and end where the customer is, also when the clocks were set in between', () => {
    expect(iso(boundsOf('2026-11', 'UTC'))).toEqual(['2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'])
    expect(iso(boundsOf('2026-10', 'Europe/Vienna'))).toEqual(['2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'])
    expect(iso(boundsOf('2026-03', 'America/New_York'))).toEqual(['2026-03-01T05:00:00.000Z', '2026-04-01T04:00:00.000Z'])
    // The clock of this zone skips midnight on the first day of a month.
    expect(iso(boundsOf('2018-12', 'America/Sao_Paulo'))[0]).toBe('2018-12-01T02:00:00.000Z')
  })
  it('follow one another without a gap in every zone', () => {
    for (const zone of ['UTC', 'Europe/Vienna', 'America/St_Johns', 'Pacific/Kiritimati', 'Australia/Lord_Howe', 'Africa/Casablanca'])
      for (let month = '2024-01'; month < '2027-01'; month = monthAfter(month, 1)) {
        const { fromMs, toMs } = boundsOf(month, zone)
        expect([zone, month, toMs]).toEqual([zone, month, boundsOf(monthAfter(month, 1), zone).fromMs])
        expect([monthAt(fromMs, zone), monthAt(toMs - 1, zone), monthAt(toMs, zone)]).toEqual([month, month, monthAfter(month, 1)])
      }
  })
  it('are offered from the newest back to the first firewall, at most so many', () => {
    expect(monthsUpTo(Date.parse('2027-01-15'), Date.parse('2026-11-20'), 'UTC', 12)).toEqual(['2027-01', '2026-12', '2026-11'])
    expect(monthsUpTo(Date.parse('2027-01-15'), 0, 'UTC', 3)).toEqual(['2027-01', '2026-12', '2026-11'])
  })
  it('are read in the zone that most firewalls stand in', () => {
    expect(zoneOfMost(['Europe/Vienna', 'UTC', 'UTC'])).toBe('UTC')
    expect(zoneOfMost(['UTC', 'Europe/Vienna'])).toBe('Europe/Vienna')
    expect(zoneOfMost([])).toBe('UTC')
  })
  it('have dates as a calendar has them, with clocks that are set and days that are begun', () => {
    const days = (from: string, to: string, zone: string) => datesWithin(Date.parse(from), Date.parse(to), zone)
    const october = boundsOf('2026-10', 'Europe/Vienna')
    expect(datesWithin(october.fromMs, october.toMs, 'Europe/Vienna')).toBe(31)
    // Half an hour of the 30th, and the 31st with its 24 hours.
    expect(days('2026-10-30T22:30:00Z', '2026-10-31T23:00:00Z', 'Europe/Vienna')).toBe(2)
    expect(days('2026-10-30T22:30:00Z', '2026-10-31T23:00:00Z', 'Pacific/Kiritimati')).toBe(2)
    expect([days('2026-11-05T12:00:00Z', '2026-11-05T12:00:00Z', 'UTC'), days('2026-11-05T12:00:00Z', '2026-11-04T12:00:00Z', 'UTC')]).toEqual([0, 0])
  })
  it('have a name', () => expect(['2026-11', '2026-13', '26-11', '2026-1'].map(isMonth)).toEqual([true, false, false, false]))
})
