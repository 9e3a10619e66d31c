import { structuredPatch } from 'diff'
import type { RawHunk } from './dto'
import { matchItems, type Placed } from './match-items'
import { itemLines, lineStarts, sectionLines } from './raw-lines'
import { holdsSecret, shown, type TreeItem, type TreeSection } from './tree'

const CONTEXT_LINES = 3
/** Sections of more lines, and those that differ more, are compared item by item: the time is that of what differs. */
const SECTION_LINES_MAX = 60_000
const EDITS_MAX = 4_000
const TIME_MS = 300
const ITEM_TIME_MS = 20
/** For all items together; those after it are shown as the whole of both. */
const ITEMS_TIME_MS = 400
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
function lineHunks(before: readonly string[], after: readonly string[], timeout: number): Hunk[] | null {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  const from = Math.max(0, start - CONTEXT_LINES)
  const till = Math.max(0, end - CONTEXT_LINES)
  const text = (lines: readonly string[]) => lines.slice(from, lines.length - till).map((line) => `${line}\n`).join('')
  const patch = structuredPatch('', '', text(before), text(after), '', '', { context: CONTEXT_LINES, timeout, maxEditLength: EDITS_MAX })
  if (!patch) return null
  return patch.hunks.map(({ oldStart, newStart, lines }) => ({
    beforeStart: from + oldStart,
    afterStart: from + newStart,
    lines: lines.flatMap((line) => (WHAT[line[0] ?? ''] ? [{ what: WHAT[line[0] ?? ''] ?? 'same', text: line.slice(1) }] : [])),
  }))
}

/** Of two items that are one: what differs inside, else the whole of both. */
function pairHunks(was: TreeItem, is: TreeItem, untilMs: number): Hunk[] {
  const [old, now] = [itemLines(was), itemLines(is)]
  const fine = performance.now() < untilMs ? lineHunks(old, now, ITEM_TIME_MS) : null
  return fine ?? [{ beforeStart: 1, afterStart: 1, lines: [...asLines(old, 'removed'), ...asLines(now, 'added')] }]
}
const asLines = (lines: readonly string[], what: Line['what']): Line[] => lines.map((text) => ({ what, text }))

/** Only items that differ are written as lines; those around them are counted. */
function itemHunks(before: readonly TreeItem[], after: readonly TreeItem[]): Hunk[] {
  const { pairs, removed, added } = matchItems(before, after)
  const untilMs = performance.now() + ITEMS_TIME_MS
  const [old, now] = [lineStarts(before), lineStarts(after)]
  const at = (starts: readonly number[], index: number) => starts[index] ?? 0
  const moved = (hunks: readonly Hunk[], was: number, is: number) => hunks.map((hunk) => ({ ...hunk, beforeStart: hunk.beforeStart + at(old, was), afterStart: hunk.afterStart + at(now, is) }))
  const one = ({ item }: Placed, what: Line['what']): Hunk[] => [{ beforeStart: 1, afterStart: 1, lines: asLines(itemLines(item), what) }]
  return [
    ...pairs.filter((pair) => pair.before.item.hash !== pair.after.item.hash).map((pair) => ({ place: pair.after.index, hunks: moved(pairHunks(pair.before.item, pair.after.item, untilMs), pair.before.index, pair.after.index) })),
    ...added.map((placed) => ({ place: placed.index, hunks: moved(one(placed, 'added'), Math.min(placed.index, before.length), placed.index) })),
    ...removed.map((placed) => ({ place: placed.index - 0.5, hunks: moved(one(placed, 'removed'), placed.index, Math.min(placed.index, after.length)) })),
  ]
    .sort((a, b) => a.place - b.place)
    .flatMap(({ hunks }) => hunks)
}

/**
 * What differs between two sections as lines of XML, masked. `coarse`: they are so large, or differ so much, that only what
 * differs inside of items is shown, and not what was moved. Takes about half a second of computing at most.
 */
export function compareRaw(before: TreeSection | null, after: TreeSection | null): { hunks: RawHunk[]; coarse: boolean } {
  const section = after?.name ?? before?.name
  if (section === undefined) return { hunks: [], coarse: false }
  const [old, now] = [before?.items ?? [], after?.items ?? []]
  const isLarge = (lineStarts(old).at(-1) ?? 0) + (lineStarts(now).at(-1) ?? 0) > SECTION_LINES_MAX
  const fine = isLarge ? null : lineHunks(sectionLines(old), sectionLines(now), TIME_MS)
  const hunks = fine ?? itemHunks(old, now)
  return { hunks: hunks.map((hunk) => ({ ...hunk, lines: withoutMarks(hunk.lines) })).flatMap(inParts).map((hunk) => ({ section, ...hunk })), coarse: fine === null }
}
