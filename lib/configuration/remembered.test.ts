import { expect, it } from 'vitest'
import { Remembered, weightOf } from './remembered'

it('few values of many characters weigh as much as they take', () => {
  const lately = new Remembered<{ values: string[] }>(10_000)
  const long = (letter: string) => ({ values: [letter.repeat(6_000)] })
  lately.keep('one', long('a'))
  lately.keep('two', long('b'))
  expect([lately.find('one'), lately.find('two')]).toEqual([undefined, long('b')])
  lately.keep('huge', { values: ['c'.repeat(20_000)] })
  expect([lately.find('huge'), lately.find('two')]).toEqual([undefined, long('b')])
  // The same again takes its own place, not another one.
  for (let times = 0; times < 5; times += 1) lately.keep('two', long('b'))
  lately.keep('small', { values: ['d'] })
  expect([lately.find('two'), lately.find('small')]).toEqual([long('b'), { values: ['d'] }])
})

it('keeps a copy, so that nothing larger is held on to', () => {
  const lately = new Remembered<string[]>(1_000)
  const value = ['text']
  lately.keep('key', value)
  expect(lately.find('key')).toEqual(value)
  expect(lately.find('key')).not.toBe(value)
})

it('counts every text, however deep, and stops when it is enough', () => {
  expect(weightOf([{ a: 'x'.repeat(100), b: [null, { c: 'y'.repeat(50) }] }])).toBeGreaterThan(150)
  expect(weightOf(Array(1_000).fill('z'.repeat(1_000)), 5_000)).toBeLessThan(20_000)
})
