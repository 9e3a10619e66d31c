import 'server-only'
// Two stored configurations beside each other: only sections that differ are opened, and each pair of them is compared once.
import { readSections, type StoredContent, type StoredSection } from '@/lib/backups/contents'
import { CONFIGURATION_SECTIONS } from '@/lib/adapters/words'
import { db, type Tx } from '@/lib/db/client'
import { compareSections } from './difference'
import type { ItemChange, RawHunk } from './dto'
import { compareRaw } from './raw-difference'
import { Remembered } from './remembered'
import { openSection, TREE_FORMAT, type TreeSection } from './tree'
import type { SectionName } from './words'

export type StoredPair = { before: StoredContent; after: StoredContent }
type Raw = { hunks: RawHunk[]; coarse: boolean }

/** In characters: some tens of megabytes in a process. */
const REMEMBERED_CHARS_MAX = 16_000_000
const changesLately = new Remembered<ItemChange[]>(REMEMBERED_CHARS_MAX)
const linesLately = new Remembered<Raw>(REMEMBERED_CHARS_MAX)

const sectionOf = ({ sections }: StoredContent, name: SectionName): StoredSection | null => sections?.find((section) => section.name === name) ?? null

/** Sections that are not equal on both sides, in the order of pages. Digests are keyed and tell equality over all firewalls. */
export function differingSections({ before, after }: StoredPair): SectionName[] {
  // One content on two firewalls may have been read at different times.
  if (before.sha256 === after.sha256 && before.format === after.format) return []
  return CONFIGURATION_SECTIONS.filter((name) => sectionOf(before, name)?.digest !== sectionOf(after, name)?.digest)
}

const keyOf = ({ before, after }: StoredPair, name: SectionName): string => JSON.stringify([name, sectionOf(before, name)?.digest ?? null, sectionOf(after, name)?.digest ?? null])

async function openBoth({ before, after }: StoredPair, names: readonly SectionName[], tx: Tx): Promise<(name: SectionName) => [TreeSection | null, TreeSection | null]> {
  const [old, now] = [await readSections(before, names, tx), await readSections(after, names, tx)]
  const open = (values: Map<string, unknown>, name: SectionName) => (values.has(name) ? openSection(name, values.get(name)) : null)
  return (name) => [open(old, name), open(now, name)]
}

async function each<T>(pair: StoredPair, names: readonly SectionName[], tx: Tx, lately: Remembered<T>, compare: (before: TreeSection | null, after: TreeSection | null) => T): Promise<Map<SectionName, T>> {
  const found = new Map(names.flatMap((name): [SectionName, T][] => {
    const known = lately.find(keyOf(pair, name))
    return known === undefined ? [] : [[name, known]]
  }))
  const missing = names.filter((name) => !found.has(name))
  if (missing.length > 0) {
    const sides = await openBoth(pair, missing, tx)
    for (const name of missing) {
      const value = compare(...sides(name))
      lately.keep(keyOf(pair, name), value)
      found.set(name, value)
    }
  }
  return new Map(names.flatMap((name): [SectionName, T][] => {
    const value = found.get(name)
    return value === undefined ? [] : [[name, value]]
  }))
}

/** What differs in the given sections, item by item. */
export const changesIn = (pair: StoredPair, names: readonly SectionName[], tx: Tx = db()): Promise<Map<SectionName, ItemChange[]>> =>
  each(pair, names, tx, changesLately, compareSections)

/** The same as lines of XML. */
export const linesIn = (pair: StoredPair, names: readonly SectionName[]): Promise<Map<SectionName, Raw>> =>
  each(pair, names, db(), linesLately, compareRaw)

/** Why two contents cannot be compared; null when they can, or are one. */
export function problemOf({ before, after }: StoredPair): string | null {
  if (before.sha256 === after.sha256) return null
  for (const [which, content] of [['older', before], ['newer', after]] as const) {
    if (content.sections === null) return content.parseError ?? `The ${which} of the two could not be read when it was stored.`
    if (content.treeFormat !== TREE_FORMAT) return `The ${which} of the two was read by the rules of another version of Palisade and could not be read anew.`
  }
  return null
}
