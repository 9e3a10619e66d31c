// Filters, paging and sorting of plural reads (contract section 5).
import type { Json, JsonObject } from '../json'
import { Refusal } from './envelope'

const CONTROLS = new Set([
  'limit',
  'offset',
  'reverse',
  'sort_by',
  'sort_order',
  'sort_flags',
  'apply',
  'async',
  'append',
  'remove',
  'placement',
  'dry_run',
  'all',
])
const asText = (value: Json | undefined) => (value === null || value === undefined ? '' : String(value))
const some = (field: Json | undefined, test: (text: string) => boolean) =>
  Array.isArray(field) ? field.some((item) => test(asText(item))) : test(asText(field))
const compare = (field: Json | undefined, wanted: Json, test: (a: number, b: number) => boolean) =>
  typeof field === 'number' && typeof wanted === 'number' && test(field, wanted)

/** PCRE needs delimiters; without them nothing matches. */
function matchesRegex(field: Json | undefined, wanted: string): boolean {
  const pattern = wanted.match(/^\/(.*)\/([a-z]*)$/)?.[1]
  return pattern !== undefined && some(field, (text) => new RegExp(pattern).test(text))
}

const FORMATS: Record<string, RegExp> = {
  ipv4: /^\d+\.\d+\.\d+\.\d+$/,
  subnetv4: /^\d+\.\d+\.\d+\.\d+\/\d+$/,
  numeric: /^\d+$/,
  port: /^\d{1,5}$/,
  mac: /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i,
}

const FILTERS: Record<string, (field: Json | undefined, wanted: Json) => boolean> = {
  exact: (field, wanted) => field === wanted,
  except: (field, wanted) => field !== wanted,
  startswith: (field, wanted) => some(field, (text) => text.startsWith(asText(wanted))),
  endswith: (field, wanted) => some(field, (text) => text.endsWith(asText(wanted))),
  contains: (field, wanted) => (Array.isArray(field) ? field.includes(wanted) : asText(field).includes(asText(wanted))),
  in: (field, wanted) => Array.isArray(wanted) && wanted.includes(field ?? null),
  lt: (field, wanted) => compare(field, wanted, (a, b) => a < b),
  lte: (field, wanted) => compare(field, wanted, (a, b) => a <= b),
  gt: (field, wanted) => compare(field, wanted, (a, b) => a > b),
  gte: (field, wanted) => compare(field, wanted, (a, b) => a >= b),
  regex: (field, wanted) => matchesRegex(field, asText(wanted)),
  format: (field, wanted) => some(field, (text) => FORMATS[asText(wanted)]?.test(text) ?? false),
}

/** An unknown field matches everything (recorded); an unknown filter is refused. */
export function filtered(rows: JsonObject[], parameters: JsonObject): JsonObject[] {
  const conditions = Object.entries(parameters).filter(([name]) => !CONTROLS.has(name))
  return conditions.reduce((kept, [name, wanted]) => {
    const [field = '', filterName = 'exact'] = name.split('__')
    const filter = FILTERS[filterName]
    if (filter === undefined) throw new Refusal(404, 'QUERY_FILTER_NOT_FOUND', `No QueryFilter class found with the name \`${filterName}\`.`)
    return kept.filter((row) => !(field in row) || filter(row[field], wanted))
  }, rows)
}

function wholeNumber(parameters: JsonObject, name: 'limit' | 'offset'): number {
  const value = parameters[name] ?? 0
  if (typeof value === 'number' && Number.isInteger(value)) return value
  throw new Refusal(400, `ENDPOINT_${name.toUpperCase()}_FIELD_INVALID_TYPE`, `Field \`${name}\` must be of type \`integer\`.`)
}

function sorted(rows: JsonObject[], parameters: JsonObject): JsonObject[] {
  const by = parameters['sort_by']
  if (typeof by !== 'string') return rows
  if (rows[0] !== undefined && !(by in rows[0])) {
    throw new Refusal(400, 'ENDPOINT_SORT_BY_FIELD_NON_EXISTENT_FIELD', 'Field `sort_by` must be a valid field in the Model.')
  }
  const direction = parameters['sort_order'] === 'SORT_DESC' ? -1 : 1
  return rows.toSorted((a, b) => direction * asText(a[by]).localeCompare(asText(b[by])))
}

/** `defaultLimit` 0 = all. Logs take the last lines instead of the first. */
export function page(rows: JsonObject[], parameters: JsonObject, defaultLimit: number, lastOnes: boolean): JsonObject[] {
  const limit = parameters['limit'] === undefined ? defaultLimit : wholeNumber(parameters, 'limit')
  const offset = wholeNumber(parameters, 'offset')
  const matching = sorted(filtered(rows, parameters), parameters)
  const ordered = parameters['reverse'] === true ? matching.toReversed() : matching
  if (limit === 0) return ordered.slice(offset)
  return lastOnes ? ordered.slice(-limit) : ordered.slice(offset, offset + limit)
}
