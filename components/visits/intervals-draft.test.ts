import { expect, it } from 'vitest'
import { DEFAULT_INTERVALS, intervalsInput } from '@/lib/polling/intervals'
import { choicesWith, draftOf, intervalsFrom } from './intervals-draft'

it('what is decided here comes back as it was, and what is inherited stays out', () => {
  for (const own of [{}, { status: 45, dailyCheck: false }, { vpn: 600, rules: 3_600, dailyCheck: true, quietHours: { from: '23:00', to: '01:00' } }]) {
    expect(intervalsFrom(draftOf(own, DEFAULT_INTERVALS))).toEqual(own)
    expect(intervalsInput.safeParse(intervalsFrom(draftOf(own, DEFAULT_INTERVALS))).success).toBe(true)
  }
  expect(intervalsFrom(draftOf({ status: null, quietHours: null, dailyCheck: null }, DEFAULT_INTERVALS))).toEqual({})
})

it('offers a length that was set elsewhere among the usual ones', () => {
  expect(choicesWith('45').slice(0, 3)).toEqual([30, 45, 60])
  expect(choicesWith('')).not.toContain(45)
})
