import { structuredPatch } from 'diff'
import type { RawHunk } from './dto'
import { matchItems, type Placed } from './match-items'
import { sectionLines, type SectionLines } from './raw-lines'
import { holdsSecret, shown, type TreeSection } from './tree'

const CONTEXT_LINES = 3
/** Beyond these, lines are not compared with each other any more, but item by item. */
const EDITS_MAX = 4_000
const TIME_MS = 400
/** A longer stretch is several, so that a page of them has a bound. */
const HUNK_LINES_MAX = 400
const LINE_CHARS_MAX = 4_000

type Line = RawHunk['lines'][number]
type Hunk = Omit<RawHunk, 'section'>

const shownLine = (text: string): string => {
  const plain = shown(text)
  return (plain.length > LINE_CHARS_MAX ? `${plain.slice(0, LINE_CHARS_MAX)}…` : plain).toWellFormed()
}

/** Marks go, but of a secret that changed it is said: both of its lines would read the same. */
function withoutMarks(lines: readonly Line[]): Line[] {
  const gone = new Set(lines.flatMap(({ what, text }) => (what === 'removed' && holdsSecret(text) ? [shownLine(text)] : [])))
  return lines.map(({ what, text }) => {
    const plain = shownLine(text)
    return { what, text: what === 'added' && holdsSecret(text) && gone.has(plain) ? plain.replaceAll('[secret]', '[secret, changed]') : plain }
  })
}

function inParts({ beforeStart, afterStart, lines }: Hunk): Hunk[] {
  const parts: Hunk[] = []
  let [before, after] = [beforeStart, afterStart]
  for (let at = 0; at < lines.length; at += HUNK_LINES_MAX) {
    const part = lines.slice(at, at + HUNK_LINES_MAX)
    parts.push({ beforeStart: before, afterStart: after, lines: part })
    before += part.filter(({ what }) => what !== 'added').length
    after += part.filter(({ what }) => what !== 'removed').length
  }
  return parts
}

const WHAT: Readonly<Record<string, Line['what']>> = { '+': 'added', '-': 'removed', ' ': 'same' }

/** Hunks of two lists of lines; null when they differ too much. Equal beginnings and ends cost nothing. */
function lineHunks(before: readonly string[], after: readonly string[]): Hunk[] | null {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  const from = Math.max(0, start - CONTEXT_LINES)
  const till = Math.max(0, end - CONTEXT_LINES)
  const text = (lines: readonly string[]) => lines.slice(from, lines.length - till).map((line) => `${line}\n`).join('')
  const patch = structuredPatch('', '', text(before), text(after), '', '', { context: CONTEXT_LINES, timeout: TIME_MS, maxEditLength: EDITS_MAX })
  if (!patch) return null
  return patch.hunks.map(({ oldStart, newStart, lines }) => ({
    beforeStart: from + oldStart,
    afterStart: from + newStart,
    lines: lines.flatMap((line) => (WHAT[line[0] ?? ''] ? [{ what: WHAT[line[0] ?? ''] ?? 'same', text: line.slice(1) }] : [])),
  }))
}

/** Each item that differs, whole. */
function itemHunks(before: TreeSection | null, after: TreeSection | null, old: SectionLines, now: SectionLines): Hunk[] {
  const { pairs, removed, added } = matchItems(before?.items ?? [], after?.items ?? [])
  const linesOf = ({ lines, starts }: SectionLines, { index }: Placed, what: Line['what']): Line[] => lines.slice(starts[index] ?? 0, starts[index + 1] ?? lines.length).map((text) => ({ what, text }))
  const hunk = (was: Placed | null, is: Placed | null): Hunk => ({
    beforeStart: (old.starts[was?.index ?? 0] ?? 0) + 1,
    afterStart: (now.starts[is?.index ?? 0] ?? 0) + 1,
    lines: [...(was ? linesOf(old, was, 'removed') : []), ...(is ? linesOf(now, is, 'added') : [])],
  })
  return [
    ...pairs.filter((pair) => pair.before.item.hash !== pair.after.item.hash).map((pair) => ({ at: pair.after.index, hunk: hunk(pair.before, pair.after) })),
    ...added.map((placed) => ({ at: placed.index, hunk: hunk(null, placed) })),
    ...removed.map((placed) => ({ at: placed.index - 0.5, hunk: hunk(placed, null) })),
  ]
    .sort((a, b) => a.at - b.at)
    .map(({ hunk: one }) => one)
}

/**
 * What differs between two sections as lines of XML, masked. `coarse`: they differ so much that each item that differs is
 * shown whole. Takes at most about half a second of computing.
 */
export function compareRaw(before: TreeSection | null, after: TreeSection | null): { hunks: RawHunk[]; coarse: boolean } {
  const section = after?.name ?? before?.name
  if (section === undefined) return { hunks: [], coarse: false }
  const [old, now] = [sectionLines(before?.items ?? []), sectionLines(after?.items ?? [])]
  const fine = lineHunks(old.lines, now.lines)
  const hunks = fine ?? itemHunks(before, after, old, now)
  return { hunks: hunks.map((hunk) => ({ ...hunk, lines: withoutMarks(hunk.lines) })).flatMap(inParts).map((hunk) => ({ section, ...hunk })), coarse: fine === null }
}
