import type { ValueChange } from './dto'
import type { FlatValues } from './flatten'
import { holdsSecret, shown } from './tree'

const TEXT_CHARS_MAX = 2_000
const ENTRIES_MAX = 200
const VALUES_MAX = 200
/** From this many on, a text of words is shown as the entries that came and went. */
const LIST_ENTRIES_MIN = 3

const cut = (text: string): string => (text.length > TEXT_CHARS_MAX ? `${text.slice(0, TEXT_CHARS_MAX)}…` : text).toWellFormed()

/** What is in `values` and not in `others`, each as often as it is there more often. */
function surplus(values: readonly string[], others: readonly string[]): string[] {
  const there = new Map<string, number>()
  for (const value of others) there.set(value, (there.get(value) ?? 0) + 1)
  return values.filter((value) => {
    const count = there.get(value) ?? 0
    if (count > 0) there.set(value, count - 1)
    return count === 0
  })
}

/** Three words in a row are a sentence, not a list. */
function isProse(entries: readonly string[]): boolean {
  let run = 0
  return entries.some((entry) => {
    run = /^[a-z]{3,}$/i.test(entry) ? run + 1 : 0
    return run === 3
  })
}

/** Addresses of an alias, options by line: what people keep as a list in one text. Linear in its length. */
function entriesOf(text: string): string[] {
  if (text.includes('\n')) return text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
  if (text.includes('||')) return text.split('||')
  const entries = text.split(/[\s,]+/)
  return entries.length < 2 || entries.includes('') || isProse(entries) ? [text] : entries
}

function asEntries(before: string, after: string): Pick<ValueChange, 'added' | 'removed' | 'shortened'> | null {
  const [old, now] = [entriesOf(before), entriesOf(after)]
  if (Math.max(old.length, now.length) < LIST_ENTRIES_MIN) return null
  const [added, removed] = [surplus(now, old), surplus(old, now)]
  const several = [...added, ...removed]
  // The same entries in another order are shown as the two texts.
  if (several.length === 0) return null
  const shortened = added.length > ENTRIES_MAX || removed.length > ENTRIES_MAX || several.some((entry) => entry.length > TEXT_CHARS_MAX)
  return { added: added.slice(0, ENTRIES_MAX).map(cut), removed: removed.slice(0, ENTRIES_MAX).map(cut), ...(shortened && { shortened }) }
}

/** One value beside the other; null where it is not there. */
function changeOf(path: string, before: string | null, after: string | null): ValueChange {
  const [old, now] = [before === null ? null : shown(before), after === null ? null : shown(after)]
  const secret = holdsSecret(before ?? '') || holdsSecret(after ?? '')
  const entries = old !== null && now !== null && !secret ? asEntries(old, now) : null
  const long = (old?.length ?? 0) > TEXT_CHARS_MAX || (now?.length ?? 0) > TEXT_CHARS_MAX
  return { path, before: old === null ? null : cut(old), after: now === null ? null : cut(now), secret, ...(long && { shortened: true }), ...entries }
}

/** Values of one path that went and came, beside each other as long as there are both. */
function ofPath(path: string, before: readonly string[], after: readonly string[]): ValueChange[] {
  const [gone, come] = [surplus(before, after), surplus(after, before)]
  return Array.from({ length: Math.min(Math.max(gone.length, come.length), VALUES_MAX + 1) }, (_, index) => changeOf(path, gone[index] ?? null, come[index] ?? null))
}

const NOTHING: FlatValues = new Map()

/** Every value that differs, in the order in which they stand; all of them for an item that is only on one side. */
export function valueChanges(before: FlatValues | null, after: FlatValues | null): { values: ValueChange[]; shortened: boolean } {
  const [old, now] = [before ?? NOTHING, after ?? NOTHING]
  const paths = new Set([...now.keys(), ...old.keys()])
  const values: ValueChange[] = []
  for (const path of paths) {
    // Not spread: a hostile configuration has more of one path than a call takes arguments.
    for (const change of ofPath(path, old.get(path) ?? [], now.get(path) ?? [])) values.push(change)
    if (values.length > VALUES_MAX) return { values: values.slice(0, VALUES_MAX), shortened: true }
  }
  return { values, shortened: false }
}
