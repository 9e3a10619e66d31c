// Search endpoints (contract section 1.5): paging, sorting and search phrase over rows.
import { type Json, type JsonObject, objectOf, textOf } from '../json'

export type GridParameters = { rowCount: number; current: number; phrase: string; sort: JsonObject }

const rowText = (row: JsonObject) =>
  Object.values(row)
    .map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))
    .join(' ')
    .toLowerCase()
const compareText = (a: Json | undefined, b: Json | undefined) => textOf(a).localeCompare(textOf(b), 'en', { numeric: true })

/** `rowCount` -1 or missing = all. */
export function gridParameters(values: JsonObject): GridParameters {
  const count = values['rowCount']
  return {
    rowCount: count === undefined ? -1 : Number(textOf(count)),
    current: Number(values['current'] ?? 1),
    phrase: textOf(values['searchPhrase']),
    sort: objectOf(values['sort']),
  }
}

export function grid(rows: JsonObject[], parameters: GridParameters, extra: JsonObject = {}): JsonObject {
  const words = parameters.phrase
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '')
  const found = words.length === 0 ? rows : rows.filter((row) => words.every((word) => rowText(row).includes(word)))
  const [field] = Object.keys(parameters.sort)
  const direction = field !== undefined && parameters.sort[field] === 'desc' ? -1 : 1
  const ordered = field === undefined ? found : found.toSorted((a, b) => direction * compareText(a[field], b[field]))
  const from = parameters.rowCount < 0 ? 0 : (parameters.current - 1) * parameters.rowCount
  const shown = parameters.rowCount < 0 ? ordered : ordered.slice(from, from + parameters.rowCount)
  return { total: found.length, rowCount: shown.length, current: parameters.current, rows: shown, ...extra }
}
