// Paths of elements as the tables of the families write them: names with `/` between them, `*` for any one name.

export type PathEnds = (path: readonly string[]) => boolean

const fits = (pattern: readonly string[], path: readonly string[], offset: number): boolean => pattern.every((name, index) => name === '*' || name === path[offset + index])

/** Whether a path ends as one of the patterns says. */
export function endsPath(patterns: readonly string[]): PathEnds {
  const byName = new Map<string, string[][]>()
  for (const pattern of patterns) {
    const names = pattern.split('/')
    const last = names.at(-1) ?? ''
    byName.set(last, [...(byName.get(last) ?? []), names])
  }
  return (path) => byName.get(path.at(-1) ?? '')?.some((names) => names.length <= path.length && fits(names, path, path.length - names.length)) ?? false
}

/** The entry whose whole path fits. */
export function atPath<T extends { path: string }>(entries: readonly T[]): (path: readonly string[]) => T | null {
  const byName = new Map<string, { names: string[]; entry: T }[]>()
  for (const entry of entries) {
    const names = entry.path.split('/')
    const last = names.at(-1) ?? ''
    byName.set(last, [...(byName.get(last) ?? []), { names, entry }])
  }
  return (path) => byName.get(path.at(-1) ?? '')?.find(({ names }) => names.length === path.length && fits(names, path, 0))?.entry ?? null
}

/** What is said for the longest beginning of a path. */
export function byBeginning<T>(entries: readonly (readonly [path: string, value: T])[]): (path: readonly string[]) => T | null {
  const known = new Map(entries)
  return (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const value = known.get(path.slice(0, length).join('/'))
      if (value !== undefined) return value
    }
    return null
  }
}
