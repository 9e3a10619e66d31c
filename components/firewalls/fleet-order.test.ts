import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keepOrder } from './fleet-order'

const same = (text: string) => text

it('keeps the order that was seen', () => expect(keepOrder(['c', 'a', 'b'], ['a', 'b', 'c'], same)).toEqual(['a', 'b', 'c']))
it('puts new rows after it, as the server has them', () => expect(keepOrder(['z', 'c', 'y', 'a'], ['a', 'b', 'c'], same)).toEqual(['a', 'c', 'z', 'y']))
it('never loses or doubles a row', () =>
  fc.assert(
    fc.property(fc.uniqueArray(fc.string()), fc.uniqueArray(fc.string()), (rows, seen) => {
      expect(keepOrder(rows, seen, same).sort()).toEqual([...rows].sort())
    }),
  ))
