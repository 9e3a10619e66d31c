import type { ChangeKind } from './input'
import type { FieldChange } from './dto'

/** Entries of a list that are shown of each side; a list may have 100,000. */
const ENTRIES_MAX = 100
/** Written by lib/facts/told.ts beside the fields of a very long body: how many entries its lists had. */
const SHORTENED = 'shortened'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Leaves by their path: `source.address`. A list is one leaf. */
function leavesOf(value: unknown, path = '', into = new Map<string, unknown>()): Map<string, unknown> {
  if (isRecord(value)) for (const [name, inner] of Object.entries(value)) leavesOf(inner, path === '' ? name : `${path}.${name}`, into)
  else if (path !== '') into.set(path, value ?? null)
  return into
}

/** What of `list` the other does not have, each as often as it is there more. */
function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const counts = new Map<string, number>()
  for (const entry of other) counts.set(JSON.stringify(entry), (counts.get(JSON.stringify(entry)) ?? 0) + 1)
  return list.filter((entry) => {
    const left = counts.get(JSON.stringify(entry)) ?? 0
    counts.set(JSON.stringify(entry), left - 1)
    return left <= 0
  })
}

const lengthIn = (body: unknown, field: string): number | null => {
  const lengths = isRecord(body) ? body[SHORTENED] : null
  const length = isRecord(lengths) ? lengths[field] : null
  return typeof length === 'number' ? length : null
}

/** Of two lists, what came and went rather than both; in another order only, both stay. */
function listChange(was: unknown, is: unknown): Pick<FieldChange, 'before' | 'after' | 'added' | 'removed'> {
  const [old, now] = [Array.isArray(was) ? was : [], Array.isArray(is) ? is : []]
  const [added, removed] = [without(now, old), without(old, now)]
  if (added.length + removed.length === 0) return { before: old.slice(0, ENTRIES_MAX), after: now.slice(0, ENTRIES_MAX) }
  return { before: null, after: null, added: added.slice(0, ENTRIES_MAX), removed: removed.slice(0, ENTRIES_MAX) }
}

/**
 * What differs between two bodies, field by field, in the order of the newer one. What is not there on one side is null
 * there, and a field that is null or absent on both is no difference. Pure.
 */
export function fieldChanges(before: unknown, after: unknown): FieldChange[] {
  const [was, is] = [leavesOf(before), leavesOf(after)]
  return [...new Set([...is.keys(), ...was.keys()])]
    .filter((field) => !field.startsWith(`${SHORTENED}.`) && JSON.stringify(was.get(field) ?? null) !== JSON.stringify(is.get(field) ?? null))
    .map((field): FieldChange => {
      const [old, now] = [was.get(field) ?? null, is.get(field) ?? null]
      const lengths = { before: lengthIn(before, field), after: lengthIn(after, field) }
      return {
        field,
        ...(Array.isArray(old) || Array.isArray(now) ? listChange(old, now) : { before: old, after: now }),
        ...((lengths.before !== null || lengths.after !== null) && { shortened: lengths }),
      }
    })
}

/** Fields that people know a thing by, best first. */
const TITLES = {
  firewall: [],
  rules: ['description'],
  aliases: ['name'],
  arp: ['ip'],
  leases: ['hostname', 'ip'],
  gateways: ['name'],
  interfaces: ['description', 'id'],
  services: ['name', 'id'],
  vpn: ['name', 'id'],
} as const satisfies Record<ChangeKind, readonly string[]>

/** What people call the thing; its key where it has no name. */
export function titleOf(kind: ChangeKind, key: string, body: unknown): string {
  const named = TITLES[kind].map((field) => (isRecord(body) ? body[field] : null)).find((value) => typeof value === 'string' && value !== '')
  return typeof named === 'string' ? named : key
}
