// The lines of two configurations as rows of a page. Pure.
import type { RawHunk } from '@/lib/configuration/dto'
import { SECTION_TITLES } from '@/lib/configuration/words'

type Line = { what: 'same' | 'removed' | 'added'; number: number; text: string }
export type RawRow =
  | { kind: 'section'; key: string; section: RawHunk['section']; title: string }
  /** Equal lines that are not shown. */
  | { kind: 'gap'; key: string; lines: number }
  /** First of a stretch that differs: where `n` and `p` stop. */
  | { kind: 'unified'; key: string; first: boolean; what: Line['what']; before: number | null; after: number | null; text: string }
  | { kind: 'split'; key: string; first: boolean; left: Line | null; right: Line | null }
export type RawLook = 'unified' | 'split'

type Numbered = { what: Line['what']; before: number | null; after: number | null; text: string }

function numbered({ beforeStart, afterStart, lines }: RawHunk): Numbered[] {
  let [before, after] = [beforeStart, afterStart]
  return lines.map(({ what, text }) => ({ what, text, before: what === 'added' ? null : before++, after: what === 'removed' ? null : after++ }))
}

/** Removed lines beside those that were added in their place. */
function paired(lines: readonly Numbered[]): [left: Line | null, right: Line | null][] {
  const pairs: [Line | null, Line | null][] = []
  let [removed, added]: [Line[], Line[]] = [[], []]
  const flush = (): void => {
    for (let at = 0; at < Math.max(removed.length, added.length); at++) pairs.push([removed[at] ?? null, added[at] ?? null])
    removed = []
    added = []
  }
  for (const { what, before, after, text } of lines) {
    if (what === 'removed') removed.push({ what, number: before ?? 0, text })
    else if (what === 'added') added.push({ what, number: after ?? 0, text })
    else {
      flush()
      pairs.push([
        { what, number: before ?? 0, text },
        { what, number: after ?? 0, text },
      ])
    }
  }
  flush()
  return pairs
}

/** Sections, then their lines with what is left out between them. */
export function rawRows(hunks: readonly RawHunk[], look: RawLook): RawRow[] {
  const rows: RawRow[] = []
  let section: RawHunk['section'] | null = null
  let shownTo = 0
  for (const hunk of hunks) {
    const at = `${hunk.section} ${hunk.beforeStart} ${hunk.afterStart}`
    if (hunk.section !== section) {
      rows.push({ kind: 'section', key: `section ${hunk.section}`, section: hunk.section, title: SECTION_TITLES[hunk.section] })
      section = hunk.section
      shownTo = 0
    }
    const gap = hunk.beforeStart - shownTo - 1
    if (gap > 0) rows.push({ kind: 'gap', key: `gap ${at}`, lines: gap })
    const lines = numbered(hunk)
    shownTo = lines.reduce((last, { before }) => before ?? last, Math.max(shownTo, hunk.beforeStart - 1))
    rows.push(...(look === 'unified' ? unified(lines, at) : split(lines, at)))
  }
  return rows
}

function unified(lines: readonly Numbered[], at: string): RawRow[] {
  return lines.map((line, place) => ({
    kind: 'unified',
    key: `${at} ${place}`,
    ...line,
    first: line.what !== 'same' && (lines[place - 1]?.what ?? 'same') === 'same',
  }))
}

function split(lines: readonly Numbered[], at: string): RawRow[] {
  const differs = (pair: [Line | null, Line | null] | undefined): boolean => pair !== undefined && pair.some((side) => side?.what !== 'same')
  return paired(lines).map((pair, place, all) => ({
    kind: 'split',
    key: `${at} ${place}`,
    left: pair[0],
    right: pair[1],
    first: differs(pair) && !differs(all[place - 1]),
  }))
}

/** Rows where a stretch that differs begins, for `n` and `p`. */
export const firstRows = (rows: readonly RawRow[]): string[] =>
  rows.filter((row) => (row.kind === 'unified' || row.kind === 'split') && row.first).map(({ key }) => key)
