// The package's query engine (contract section 5): conditions, and the shape that the result takes.
import { isObject, type Json, type JsonObject, objectOf } from '../json'

const FILTERS: Record<string, (field: Json, wanted: Json) => boolean> = {
  startswith: (field, wanted) => String(field).startsWith(String(wanted)),
  endswith: (field, wanted) => String(field).endsWith(String(wanted)),
  contains: (field, wanted) => String(field).includes(String(wanted)),
  lt: (field, wanted) => numeric(field, wanted) && Number(field) < Number(wanted),
  lte: (field, wanted) => numeric(field, wanted) && Number(field) <= Number(wanted),
  gt: (field, wanted) => numeric(field, wanted) && Number(field) > Number(wanted),
  gte: (field, wanted) => numeric(field, wanted) && Number(field) >= Number(wanted),
}
const numeric = (...values: Json[]) => values.every((value) => value !== '' && Number.isFinite(Number(value)))

/** PHP's `==` between what a query string can hold and what config.xml holds; strict before 1.6. */
function loosely(field: Json | undefined, wanted: Json, strict: boolean): boolean {
  if (field === wanted) return true
  if (strict || field === undefined || typeof field === 'object') return false
  if (typeof wanted === 'number') return numeric(field) && Number(field) === wanted
  return typeof wanted === 'boolean' && wanted === Boolean(field)
}

function matches(row: Json, name: string, wanted: Json, strict: boolean): boolean {
  const parts = name.split('__')
  const filter = FILTERS[parts.at(-1) ?? '']
  const fields = filter === undefined ? parts : parts.slice(0, -1)
  const field = fields.reduce<Json | undefined>((value, part) => objectOf(value)[part], row)
  if (filter !== undefined) return field !== undefined && filter(field, wanted)
  return fields.length > 1 ? field === wanted : loosely(field, wanted, strict)
}

/** Original indexes stay: a list when the matches are 0, 1, 2…, an object keyed by index otherwise. */
export function queried(rows: Json[], conditions: JsonObject, strict: boolean): Json {
  const kept = rows
    .map((row, index): [number, Json] => [index, row])
    .filter(([, row]) => Object.entries(conditions).every(([name, wanted]) => matches(row, name, wanted, strict)))
  if (kept.every(([index], position) => index === position)) return kept.map(([, row]) => row)
  const keyed: JsonObject = {}
  for (const [index, row] of kept) keyed[String(index)] = row
  return keyed
}

/** Query strings: booleans, and everything numeric becomes a whole number. */
export function v1Guess(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true'
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Math.trunc(Number(text)) : text
}

export const isSingleObject = (data: Json): boolean => isObject(data) && Object.values(data).some((value) => !isObject(value))
