import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fitColumns } from './fleet-fit'

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const column = (id: string, min: number, priority: number, grow = 1) => ({ id, min, grow, priority })

it('shows all that fits, and shares what is left', () => {
  const { widths, leftOut } = fitColumns([column('name', 100, 9, 3), column('state', 100, 8, 1)], 400)
  expect([...widths]).toEqual([['name', 250], ['state', 150]])
  expect(leftOut.size).toBe(0)
})
it('leaves out what matters least, of two alike the later one', () => {
  expect(fitColumns([column('name', 100, 9), column('a', 100, 1), column('b', 100, 1), column('c', 100, 2)], 310).leftOut).toEqual(new Set(['b']))
})
it(`never is wider than the place, and never leaves out more than it must (seed ${SEED})`, () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 30, max: 200 }), fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 20 }), fc.integer({ min: 250, max: 2_500 }), (given, width) => {
      const columns = given.map(([min, priority], at) => column(String(at), min, priority))
      const { widths, leftOut } = fitColumns(columns, width)
      expect([...widths.values()].reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(width)
      const last = columns.filter(({ id }) => leftOut.has(id)).toSorted((one, other) => other.priority - one.priority)[0]
      const shown = columns.filter(({ id }) => !leftOut.has(id)).reduce((sum, { min }) => sum + min, 0)
      if (last) expect(shown + Math.max(...columns.filter(({ id, priority }) => leftOut.has(id) && priority === last.priority).map(({ min }) => min))).toBeGreaterThan(width)
    }),
    { seed: SEED },
  ))
