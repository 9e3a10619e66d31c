// Names for objects that v1 gives none: their content, because an index shifts with every change (contract section 6).
import { createHash } from 'node:crypto'

/** Ids by content; equal objects are told apart by their order among themselves. */
export function contentIds<T>(rows: readonly T[], kind: string): string[] {
  const seen = new Map<string, number>()
  return rows.map((row) => nth(`${kind}-${createHash('sha256').update(JSON.stringify(row)).digest('hex').slice(0, 16)}`, seen))
}

/** `a`, `a#2`, `a#3`: the same name for the same place among equals. */
export function nth(name: string, seen: Map<string, number>): string {
  const count = (seen.get(name) ?? 0) + 1
  seen.set(name, count)
  return count === 1 ? name : `${name}#${count}`
}
