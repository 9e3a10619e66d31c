/** Bodies up to this length go into the history as they are; nearly all do. */
const WHOLE_LENGTH_MAX = 32_768
/** Of a longer one, lists keep so many of the entries that the other body does not have. */
const ENTRIES_MAX = 100

export type Told = { before: string | null; after: string | null }

/**
 * What the history keeps of two bodies (JSON text). An alias of 100,000 addresses that changes every day would fill a disk:
 * of such bodies, lists keep only what differs, and `shortened` says how many entries each had.
 */
export function told(before: string | null, after: string | null): Told {
  if ((before?.length ?? 0) + (after?.length ?? 0) <= WHOLE_LENGTH_MAX) return { before, after }
  const [old, now] = [parsed(before), parsed(after)]
  return { before: old && JSON.stringify(shortened(old, now)), after: now && JSON.stringify(shortened(now, old)) }
}

function parsed(text: string | null): object | null {
  const value: unknown = text === null ? null : JSON.parse(text)
  return typeof value === 'object' ? value : null
}

function shortened(body: object, other: object | null): object {
  const others = new Map<string, unknown>(Object.entries(other ?? {}))
  const lengths: Record<string, number> = {}
  const fields = Object.entries(body).map(([name, value]: [string, unknown]) => {
    if (!Array.isArray(value) || value.length <= ENTRIES_MAX) return [name, value]
    lengths[name] = value.length
    const known = others.get(name)
    const had = new Set((Array.isArray(known) ? known : []).map((entry) => JSON.stringify(entry)))
    return [name, value.filter((entry) => !had.has(JSON.stringify(entry))).slice(0, ENTRIES_MAX)]
  })
  return { ...Object.fromEntries(fields), shortened: lengths }
}
