// Which items were moved: the fewest that must have been, for the others to be in their order.
import type { Pair } from './match-items'
import type { TreeItem } from './tree'

/** Places from 1 of every item among those of its list and group; null where places do not count. */
export function placesOf(items: readonly TreeItem[]): (number | null)[] {
  const counts = new Map<string, number>()
  return items.map(({ list, group }) => {
    if (group === null) return null
    const name = `${list}\n${group}`
    const place = (counts.get(name) ?? 0) + 1
    counts.set(name, place)
    return place
  })
}

/** Indexes of a longest rising part of `values`, which are all different. O(n log n). */
function longestRising(values: readonly number[]): Set<number> {
  const ends: number[] = []
  const previous = new Array<number>(values.length).fill(-1)
  values.forEach((value, index) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1
      else high = middle
    }
    previous[index] = low === 0 ? -1 : (ends[low - 1] ?? -1)
    ends[low] = index
  })
  const rising = new Set<number>()
  for (let at = ends.at(-1) ?? -1; at !== -1; at = previous[at] ?? -1) rising.add(at)
  return rising
}

/** Pairs that changed their place relative to others that are in the same group on both sides. */
export function movedPairs(pairs: readonly Pair[]): Set<Pair> {
  const groups = new Map<string, Pair[]>()
  for (const pair of pairs) {
    const { list, group } = pair.after.item
    if (group === null || pair.before.item.group !== group) continue
    const name = `${list}\n${group}`
    const members = groups.get(name)
    if (members) members.push(pair)
    else groups.set(name, [pair])
  }
  const moved = new Set<Pair>()
  for (const members of groups.values()) {
    members.sort((a, b) => a.after.index - b.after.index)
    const stayed = longestRising(members.map(({ before }) => before.index))
    members.forEach((pair, index) => stayed.has(index) || moved.add(pair))
  }
  return moved
}
