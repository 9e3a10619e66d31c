import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, csvRows } from './csv'

/** A reader of RFC 4180 that shares nothing with the writer. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    if (text[at] !== '"') throw new Error(`cell without quote at ${at}`)
    let cell = ''
    at += 1
    for (;;) {
      if (text[at] === '"' && text[at + 1] === '"') (cell += '"'), (at += 2)
      else if (text[at] === '"') break
      else cell += text[at++]
    }
    row.push(cell)
    at += 1
    if (text[at] === ',') at += 1
    else if (text.startsWith('\r\n', at)) {
      rows.push(row)
      row = []
      at += 2
    } else throw new Error(`neither comma nor line end at ${at}`)
  }
  return rows
}

describe('CSV export', () => {
  it('gives back every cell, and none is a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.oneof(fc.string(), fc.constantFrom('=1+1', '+1', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =cmd', '＝1', '＋1', '|calc'))), { minLength: 1, maxLength: 8 }), (rows) => {
        const read = readCsv(csvRows(rows))
        expect(read).toEqual(rows.map((row) => row.map(csvCell)))
        for (const cell of read.flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠|]/u)
      }),
      { numRuns: 1000 },
    )
  })
  it('leaves ordinary text as it is', () => {
    expect(csvCell('pw-elm-fw2')).toBe('pw-elm-fw2')
    expect(csvCell(null)).toBe('')
    expect(csvCell({ a: 1 })).toBe('{"a":1}')
  })
})
