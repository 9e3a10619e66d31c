/** One field that an act changed; a side is null where the field was not there. */
export type Change = { field: string; before: string | null; after: string | null }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Leaves of a value by their path: `site.name` → `"Lyon"`. Lists are one leaf. */
function leaves(value: unknown, path: string, into: Map<string, string>): void {
  if (isRecord(value) && Object.keys(value).length > 0) {
    for (const [name, inner] of Object.entries(value)) leaves(inner, path === '' ? name : `${path}.${name}`, into)
    return
  }
  into.set(path === '' ? 'value' : path, typeof value === 'string' ? value : JSON.stringify(value))
}

function leavesOf(value: unknown): Map<string, string> {
  const into = new Map<string, string>()
  if (value !== null && value !== undefined) leaves(value, '', into)
  return into
}

/** What differs between before and after, field by field, in the order of the fields' names. */
export function changesBetween(before: unknown, after: unknown): Change[] {
  const [was, is] = [leavesOf(before), leavesOf(after)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .map((field) => ({ field, before: was.get(field) ?? null, after: is.get(field) ?? null }))
    .filter((change) => change.before !== change.after)
}
