import { expect, it } from 'vitest'
import { formatCount, formatMs, formatPercent, formatRate, formatShort, plural } from './numbers'

it('groups thousands', () => expect(formatCount(1_612_000)).toBe('1,612,000'))
it('chooses one or many', () => {
  expect(plural(1, 'firewall')).toBe('1 firewall')
  expect(plural(0, 'firewall')).toBe('0 firewalls')
  expect(plural(2, 'entry', 'entries')).toBe('2 entries')
})
it.each([
  [12, '12 %'],
  [0.4, '0.4 %'],
  [0, '0 %'],
  [93.4, '93 %'],
])('writes %f as %s', (value, text) => expect(formatPercent(value)).toBe(text))
it.each([
  [10.44, '10.4 ms'],
  [41, '41 ms'],
  [250.6, '251 ms'],
  [2100, '2.1 s'],
])('writes %f ms as %s', (value, text) => expect(formatMs(value)).toBe(text))
it.each([
  [412, '412'],
  [9200, '9,200'],
  [88_100, '88.1 k'],
  [611_000, '611 k'],
  [2_410_000, '2.41 M'],
  [5e9, '5.00 G'],
])('shortens %i to %s', (value, text) => expect(formatShort(value)).toBe(text))
it.each([
  [0, '0 b/s'],
  [512, '512 b/s'],
  [38_240_000, '38.2 Mb/s'],
  [950_000, '950 kb/s'],
  [2.5e9, '2.5 Gb/s'],
  [7e15, '7000 Tb/s'],
])('writes %f bit/s as %s', (value, text) => expect(formatRate(value)).toBe(text))
