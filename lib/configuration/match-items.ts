// Which item of one side is which of the other.
import { flatten, type FlatValues } from './flatten'
import type { TreeItem } from './tree'

export type Placed = { item: TreeItem; index: number }
export type Pair = { before: Placed; after: Placed }
export type Matched = { pairs: Pair[]; removed: Placed[]; added: Placed[] }

/** What only a name identifies may have been renamed; beyond this many in one list nobody is compared with everybody. */
const COMPARED_MAX = 60
/** The same over all lists of a section: a hostile configuration has as many lists as it likes. */
const PAIRS_MAX = 7_200
/** Larger items are not looked for under another name. */
const ITEM_LINES_MAX = 2_000
/** How much of two items must be equal for them to be one that was renamed. */
const ALIKE_MIN = 0.6

/** Takes equal keys together, in their order, out of both lists. */
function take(matched: Matched, keyOf: (item: TreeItem) => string | null): Matched {
  // Each queue with the place of its next one: a million alike items are no more than a million steps.
  const waiting = new Map<string, { items: Placed[]; next: number }>()
  for (const placed of matched.removed) {
    const key = keyOf(placed.item)
    if (key === null) continue
    const queue = waiting.get(key)
    if (queue) queue.items.push(placed)
    else waiting.set(key, { items: [placed], next: 0 })
  }
  const pairs = [...matched.pairs]
  const taken = new Set<Placed>()
  const added = matched.added.filter((after) => {
    const key = keyOf(after.item)
    const queue = key === null ? undefined : waiting.get(key)
    const before = queue?.items[queue.next]
    if (!queue || !before) return true
    queue.next += 1
    pairs.push({ before, after })
    taken.add(before)
    return false
  })
  return { pairs, added, removed: matched.removed.filter((placed) => !taken.has(placed)) }
}

const isNamed = ({ key }: TreeItem): boolean => key === '' || key.startsWith('~')

/** The part of their values that two items share, from 0 to 1. */
function likeness(a: FlatValues, b: FlatValues): number {
  let shared = 0
  let all = 0
  for (const [path, values] of a) {
    const others = new Map<string, number>()
    for (const value of b.get(path) ?? []) others.set(value, (others.get(value) ?? 0) + 1)
    for (const value of values) {
      all += 1
      const left = others.get(value) ?? 0
      if (left === 0) continue
      others.set(value, left - 1)
      // An empty value says little.
      shared += value === '' ? 0.25 : 1
    }
  }
  for (const [path, values] of b) all += Math.max(0, values.length - (a.get(path)?.length ?? 0))
  return all === 0 ? 0 : shared / all
}

/** `budget`: how many pairs may still be looked at. */
function alikeIn(removed: readonly Placed[], added: readonly Placed[], budget: { pairs: number }): Pair[] {
  if (removed.length === 0 || added.length === 0 || removed.length > COMPARED_MAX || added.length > COMPARED_MAX || removed.length * added.length > budget.pairs) return []
  budget.pairs -= removed.length * added.length
  const flat = new Map([...removed, ...added].map((placed) => [placed, flatten(placed.item.node)]))
  const scored = removed.flatMap((before) => added.map((after) => ({ before, after, score: likeness(flat.get(before) ?? new Map(), flat.get(after) ?? new Map()) })))
  const used = new Set<Placed>()
  return scored
    .filter(({ score }) => score >= ALIKE_MIN)
    .sort((a, b) => b.score - a.score || a.after.index - b.after.index)
    .flatMap(({ before, after }) => {
      if (used.has(before) || used.has(after)) return []
      used.add(before).add(after)
      return [{ before, after }]
    })
}

/** Of what has only a name, or not even that: the same under another name. */
function takeAlike(matched: Matched): Matched {
  const byList = new Map<string, { removed: Placed[]; added: Placed[] }>()
  for (const side of ['removed', 'added'] as const)
    for (const placed of matched[side]) {
      if (!isNamed(placed.item) || placed.item.lines > ITEM_LINES_MAX) continue
      const lists = byList.get(placed.item.list) ?? { removed: [], added: [] }
      lists[side].push(placed)
      byList.set(placed.item.list, lists)
    }
  const budget = { pairs: PAIRS_MAX }
  const alike = [...byList.values()].flatMap(({ removed, added }) => alikeIn(removed, added, budget))
  const used = new Set(alike.flatMap(({ before, after }) => [before, after]))
  return { pairs: [...matched.pairs, ...alike], removed: matched.removed.filter((placed) => !used.has(placed)), added: matched.added.filter((placed) => !used.has(placed)) }
}

/** Matches by what identifies an item, then equal ones, then alike ones; each at most once. */
export function matchItems(before: readonly TreeItem[], after: readonly TreeItem[]): Matched {
  const placed = (items: readonly TreeItem[]) => items.map((item, index) => ({ item, index }))
  const all: Matched = { pairs: [], removed: placed(before), added: placed(after) }
  const byKey = take(all, ({ list, key }) => (key === '' ? null : `${list}\n${key}`))
  const equal = take(byKey, (item) => (item.key === '' ? `${item.list}\n${item.hash}` : null))
  return takeAlike(equal)
}
