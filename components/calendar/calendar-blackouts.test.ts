import { describe, expect, it } from 'vitest'
import type { BlackoutDto, CalendarDto } from '@/lib/windows/dto'
import { blackoutLabel, blackoutsOn, blackoutTitle, isShut } from './calendar-blackouts'

const loxley = { id: 'loxley', name: 'Loxley Councils' }
const mistral = { id: 'mistral', name: 'Mistral Foods' }
const blackout = (name: string, customer: BlackoutDto['customer'], site: BlackoutDto['site'] = null, more: Partial<BlackoutDto> = {}): BlackoutDto => ({ id: name, name, customer, site, firstDay: '2026-11-26', lastDay: '2026-12-03', createdAt: '2026-11-01T00:00:00Z', etag: '"1"', ...more })
const row = ({ id, name }: typeof loxley): CalendarDto['customers'][number] => ({ id, name, firewallCount: 3, timeZones: [], items: [] })
const calendar = (...blackouts: BlackoutDto[]) => ({ customers: [row(loxley), row(mistral)], blackouts })
const fair = blackout('Fair', loxley, { id: 'hall', name: 'Market Hall' })
const election = blackout('Election', loxley)

describe('blackouts of a day', () => {
  it('are those of the customer, of its sites and of all customers, while they last', () => {
    const all = calendar(fair, election, blackout('Audit', mistral), blackout('Christmas', null))
    const names = (customerId: string | null, day: string) => blackoutsOn(all, customerId, day).map(({ name }) => name)
    expect(names('loxley', '2026-11-26')).toEqual(['Fair', 'Election', 'Christmas'])
    expect(names('mistral', '2026-12-03')).toEqual(['Audit', 'Christmas'])
    expect(names(null, '2026-11-30')).toEqual(['Fair', 'Election', 'Audit', 'Christmas'])
    expect([names(null, '2026-11-25'), names(null, '2026-12-04')]).toEqual([[], []])
  })
  it('shut a customer only as a whole, and all only when everyone is shut', () => {
    const day = '2026-11-27'
    expect(isShut(calendar(fair), 'loxley', day)).toBe(false)
    expect(isShut(calendar(fair, election), 'loxley', day)).toBe(true)
    expect(isShut(calendar(election), 'mistral', day)).toBe(false)
    expect(isShut(calendar(election), null, day)).toBe(false)
    expect(isShut(calendar(election, blackout('Audit', mistral)), null, day)).toBe(true)
    expect(isShut(calendar(blackout('Christmas', null)), null, day)).toBe(true)
    expect(isShut({ customers: [], blackouts: [] }, null, day)).toBe(false)
  })
  it('say whom they are for', () => {
    expect([fair, election, blackout('Christmas', null)].map(blackoutLabel)).toEqual(['Market Hall: blackout to 3 Dec', 'Loxley Councils: blackout to 3 Dec', 'All customers: blackout to 3 Dec'])
    expect(blackoutTitle(fair)).toBe('Fair: nothing starts at Market Hall of Loxley Councils from 26 Nov to 3 Dec')
    expect(blackoutTitle(blackout('Count', null, null, { lastDay: '2026-11-26' }))).toBe('Count: nothing starts at all customers on 26 Nov')
  })
})
