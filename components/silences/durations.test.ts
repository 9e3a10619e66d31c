import { expect, it } from 'vitest'
import { endOf, fromLocalField, toLocalField } from './durations'

it('ends after hours, or tomorrow at eight in the viewer’s zone', () => {
  const now = new Date(2026, 10, 24, 23, 59, 30)
  expect(endOf('1', now).getTime() - now.getTime()).toBe(3_600_000)
  expect(endOf('4', now).getTime() - now.getTime()).toBe(14_400_000)
  expect(toLocalField(endOf('t', now))).toBe('2026-11-25T08:00')
  expect(toLocalField(endOf('t', new Date(2026, 11, 31, 7)))).toBe('2027-01-01T08:00')
})

it('reads back what a field holds, and nothing else', () => {
  const at = new Date(2026, 2, 5, 4, 7)
  expect(fromLocalField(toLocalField(at))).toEqual(at)
  expect([fromLocalField(''), fromLocalField('soon')]).toEqual([null, null])
})
