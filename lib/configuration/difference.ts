import { createHash } from 'node:crypto'
import type { ChangeCounts, ItemChange } from './dto'
import { flatten } from './flatten'
import { matchItems, type Pair, type Placed } from './match-items'
import { childText } from './nodes'
import { movedPairs, placesOf } from './places'
import { shown, type TreeItem, type TreeNode, type TreeSection } from './tree'
import { valueChanges } from './value-changes'

const NAME_CHARS_MAX = 200

/** Short, stable, and without anything of what the item is called. */
const idOf = ({ list, key, hash }: TreeItem, side: 'before' | 'after'): string => createHash('sha256').update(JSON.stringify([list, key === '' ? hash : key, side])).digest('base64url').slice(0, 16)

/** Who changed the item last, where the firewall notes it inside. */
function stampOf(node: TreeNode): Pick<ItemChange, 'changedBy' | 'changedAt'> {
  const updated = typeof node[1] === 'string' ? undefined : node[1].find(([name]) => name === 'updated')
  if (!updated) return { changedBy: null, changedAt: null }
  const seconds = Number.parseFloat(childText(updated, 'time'))
  const known = Number.isFinite(seconds) && seconds > 0 && seconds < 8.64e12
  return { changedBy: shown(childText(updated, 'username')).slice(0, NAME_CHARS_MAX) || null, changedAt: known ? new Date(seconds * 1000).toISOString() : null }
}

type Places = { before: readonly (number | null)[]; after: readonly (number | null)[] }

function oneSided(section: TreeSection['name'], what: 'added' | 'removed', { item, index }: Placed, places: Places): ItemChange {
  const values = flatten(item.node)
  const { values: changes, shortened } = what === 'added' ? valueChanges(null, values) : valueChanges(values, null)
  return {
    id: idOf(item, what === 'added' ? 'after' : 'before'),
    section,
    list: item.list,
    label: item.label,
    labelBefore: null,
    what,
    placeBefore: what === 'removed' ? (places.before[index] ?? null) : null,
    placeAfter: what === 'added' ? (places.after[index] ?? null) : null,
    moved: false,
    values: changes,
    valuesShortened: shortened,
    ...stampOf(item.node),
  }
}

/** null when nothing that counts differs: the same values in another order, or an empty stamp. */
function twoSided(section: TreeSection['name'], { before, after }: Pair, moved: boolean, places: Places): ItemChange | null {
  const same = before.item.hash === after.item.hash
  if (same && !moved) return null
  const { values, shortened } = same ? { values: [], shortened: false } : valueChanges(flatten(before.item.node), flatten(after.item.node))
  if (values.length === 0 && !moved) return null
  return {
    id: idOf(after.item, 'after'),
    section,
    list: after.item.list,
    label: after.item.label,
    labelBefore: before.item.label === after.item.label ? null : before.item.label,
    what: values.length === 0 ? 'moved' : 'changed',
    placeBefore: places.before[before.index] ?? null,
    placeAfter: places.after[after.index] ?? null,
    moved,
    values,
    valuesShortened: shortened,
    ...(values.length === 0 ? { changedBy: null, changedAt: null } : stampOf(after.item.node)),
  }
}

/** What differs between two sections of one name, item by item in the order of the document; null = it is not there. Pure. */
export function compareSections(before: TreeSection | null, after: TreeSection | null): ItemChange[] {
  const name = after?.name ?? before?.name
  if (name === undefined) return []
  const [old, now] = [before?.items ?? [], after?.items ?? []]
  const { pairs, removed, added } = matchItems(old, now)
  const places = { before: placesOf(old), after: placesOf(now) }
  const moved = movedPairs(pairs)
  // What is gone stands where it stood.
  const rows = [
    ...pairs.flatMap((pair) => {
      const change = twoSided(name, pair, moved.has(pair), places)
      return change ? [{ at: pair.after.index, change }] : []
    }),
    ...added.map((placed) => ({ at: placed.index, change: oneSided(name, 'added', placed, places) })),
    ...removed.map((placed) => ({ at: placed.index - 0.5, change: oneSided(name, 'removed', placed, places) })),
  ]
  return rows.sort((a, b) => a.at - b.at).map(({ change }) => change)
}

export const NO_CHANGES: ChangeCounts = { added: 0, removed: 0, changed: 0, moved: 0 }
/** How many there are of each kind; a changed item that also moved is counted as changed. */
export function countChanges(changes: readonly ItemChange[]): ChangeCounts {
  const counts = { ...NO_CHANGES }
  for (const { what } of changes) counts[what] += 1
  return counts
}

/** What differs between two configurations; what never counts is left out. Pure. */
export function compareTrees(before: readonly TreeSection[], after: readonly TreeSection[]): { counts: ChangeCounts; changes: ItemChange[] } {
  const names = [...new Set([...after, ...before].map(({ name }) => name))].filter((name) => name !== 'volatile')
  const side = (sections: readonly TreeSection[], name: string) => sections.find((section) => section.name === name) ?? null
  const changes = names.flatMap((name) => compareSections(side(before, name), side(after, name)))
  return { counts: countChanges(changes), changes }
}
