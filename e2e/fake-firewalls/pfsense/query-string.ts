// How PHP reads a query string, as far as the packages depend on it.
import type { Json } from '../json'

/** Names in order; `a[]=x` repeated gives a list. */
export function queryPairs(query: string): [string, string | string[]][] {
  const found = new Map<string, string | string[]>()
  for (const [name, value] of new URLSearchParams(query)) {
    if (!name.endsWith('[]')) found.set(name, value)
    else {
      const key = name.slice(0, -2)
      const before = found.get(key)
      found.set(key, [...(Array.isArray(before) ? before : []), value])
    }
  }
  return [...found]
}

/** v2 guesses: true, false, null, whole numbers and decimals get their type. */
export function guessed(text: string): Json {
  if (text === 'true') return true
  if (text === 'false') return false
  if (text === 'null') return null
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
