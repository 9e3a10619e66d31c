import { describe, expect, it } from 'vitest'
import type { RawHunk } from '@/lib/configuration/dto'
import { firstRows, rawRows } from './raw-rows'

const same = (text: string) => ({ what: 'same', text }) as const
const removed = (text: string) => ({ what: 'removed', text }) as const
const added = (text: string) => ({ what: 'added', text }) as const

const HUNKS: readonly RawHunk[] = [
  { section: 'rules', beforeStart: 11, afterStart: 11, lines: [same('a'), removed('b'), removed('c'), added('B'), same('d')] },
  { section: 'rules', beforeStart: 21, afterStart: 20, lines: [same('e'), added('f')] },
  { section: 'users', beforeStart: 1, afterStart: 1, lines: [added('g')] },
]

describe('lines one below the other', () => {
  const rows = rawRows(HUNKS, 'unified')
  it('say what is left out between them', () => {
    expect(rows.map((row) => (row.kind === 'gap' ? row.lines : row.kind === 'section' ? row.title : row.kind === 'unified' ? row.text : ''))).toEqual([
      'Rules',
      10,
      'a',
      'b',
      'c',
      'B',
      'd',
      6,
      'e',
      'f',
      'Users and authentication',
      'g',
    ])
  })
  it('are numbered on their own side', () => {
    expect(rows.flatMap((row) => (row.kind === 'unified' ? [[row.before, row.after]] : []))).toEqual([
      [11, 11],
      [12, null],
      [13, null],
      [null, 12],
      [14, 13],
      [21, 20],
      [null, 21],
      [null, 1],
    ])
  })
  it('stop n and p once for each stretch', () => expect(firstRows(rows)).toHaveLength(3))
  it('have keys of their own', () => expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length))
})

describe('lines side by side', () => {
  it('put what was added beside what was removed', () => {
    const rows = rawRows(HUNKS.slice(0, 1), 'split')
    expect(rows.flatMap((row) => (row.kind === 'split' ? [[row.left?.text ?? null, row.right?.text ?? null]] : []))).toEqual([
      ['a', 'a'],
      ['b', 'B'],
      ['c', null],
      ['d', 'd'],
    ])
    expect(firstRows(rows)).toHaveLength(1)
  })
  it('go on without a gap where a page ends in the middle', () => {
    const [first] = HUNKS
    if (first === undefined) throw new Error('no hunk')
    const rows = rawRows([first, { section: 'rules', beforeStart: 15, afterStart: 14, lines: [same('x'), added('y')] }], 'split')
    expect(rows.filter(({ kind }) => kind === 'gap')).toHaveLength(1)
  })
})
