import type { Fact, Place } from './facts-of'
import type { Coverage } from './gaps'

export const CHANGE_WORDS = ['new', 'changed', 'gone', 'back'] as const
export type ChangeWord = (typeof CHANGE_WORDS)[number]

export type StoredFact = { key: string; digest: string; isGone: boolean; position: number | null }
export type Step = {
  key: string
  what: ChangeWord
  /** What stands there now; null when it is gone. */
  fact: Fact | null
  /** Whether it belongs into the history: what only made way for another does not, nor what was there before we looked. */
  isTold: boolean
}

/**
 * Steps that lead from what is stored to what was read, in no particular order. Without a whole reading nothing is gone.
 * Pure.
 */
export function difference(facts: readonly Fact[], stored: readonly StoredFact[], coverage: Coverage): Step[] {
  const before = new Map(stored.map((fact) => [fact.key, fact]))
  const moved = movedKeys(facts, before)
  const steps: Step[] = []
  for (const fact of facts) {
    const known = before.get(fact.key)
    before.delete(fact.key)
    if (!known) steps.push({ key: fact.key, what: 'new', fact, isTold: !coverage.isFirst && !coverage.isWider })
    else if (known.isGone) steps.push({ key: fact.key, what: 'back', fact, isTold: true })
    else if (known.digest !== fact.digest) steps.push({ key: fact.key, what: 'changed', fact, isTold: true })
    else if (fact.place !== null && known.position !== fact.place.position) steps.push({ key: fact.key, what: 'changed', fact, isTold: moved.has(fact.key) })
  }
  if (coverage.isWhole) for (const { key, isGone } of before.values()) if (!isGone) steps.push({ key, what: 'gone', fact: null, isTold: true })
  return steps
}

type Placed = { key: string; place: Place; earlier: number }

/**
 * Keys of those that changed places with others. A rule put in front moves all behind it, yet only it is news: of each
 * group the longest run that kept its order has stayed, and the others moved.
 */
function movedKeys(facts: readonly Fact[], before: ReadonlyMap<string, StoredFact>): ReadonlySet<string> {
  const groups = new Map<string, Placed[]>()
  for (const { key, digest, place } of facts) {
    const known = before.get(key)
    if (place === null || !known || known.isGone || known.digest !== digest || known.position === null) continue
    const group = groups.get(place.group)
    const placed = { key, place, earlier: known.position }
    if (group) group.push(placed)
    else groups.set(place.group, [placed])
  }
  return new Set([...groups.values()].flatMap((group) => outOfOrder(group.sort((a, b) => a.place.position - b.place.position))))
}

/** Keys that are not part of the longest increasing run of earlier positions; n log n by patience sorting. */
function outOfOrder(group: readonly Placed[]): string[] {
  /** By length of run: the index in `group` at which the run with the smallest end ends. */
  const ends: number[] = []
  const previous: number[] = []
  const earlier = (index: number | undefined) => group[index ?? -1]?.earlier ?? -Infinity
  group.forEach((placed, index) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (earlier(ends[middle]) < placed.earlier) low = middle + 1
      else high = middle
    }
    previous[index] = ends[low - 1] ?? -1
    ends[low] = index
  })
  const stayed = new Set<number>()
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) stayed.add(index)
  return group.flatMap(({ key }, index) => (stayed.has(index) ? [] : [key]))
}
