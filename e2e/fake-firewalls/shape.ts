// Compares two JSON values by what a client depends on: key sets and value types, over all elements of a list together.
import { isObject, type Json } from './json'

const typeOf = (value: Json): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value)
const typesOf = (values: readonly Json[]) => new Set(values.map(typeOf))
const under = (values: readonly Json[], key: string): Json[] => values.filter(isObject).flatMap((value) => (key in value ? [value[key] ?? null] : []))

/** Differences as sentences, empty when the shapes agree. An empty recorded list says nothing about its elements. */
export function shapeDifferences(recorded: readonly Json[], actual: readonly Json[], where = 'body'): string[] {
  const expected = typesOf(recorded)
  const strange = [...typesOf(actual)].filter((type) => !expected.has(type))
  if (strange.length > 0) return [`${where}: ${strange.join(', ')} where ${[...expected].join(', ')} was recorded`]
  return [...listDifferences(recorded, actual, where), ...objectDifferences(recorded, actual, where)]
}

function listDifferences(recorded: readonly Json[], actual: readonly Json[], where: string): string[] {
  const [wanted, found] = [recorded, actual].map((values) => values.filter((value) => Array.isArray(value)).flat())
  if (wanted === undefined || found === undefined || wanted.length === 0) return []
  return found.length === 0 ? [`${where}: an empty list where elements were recorded`] : shapeDifferences(wanted, found, `${where}[]`)
}

function objectDifferences(recorded: readonly Json[], actual: readonly Json[], where: string): string[] {
  const keysOf = (values: readonly Json[]) => new Set(values.filter(isObject).flatMap((value) => Object.keys(value)))
  const [wanted, found] = [keysOf(recorded), keysOf(actual)]
  return [
    ...[...wanted].filter((key) => !found.has(key)).map((key) => `${where}.${key}: missing`),
    ...[...found].filter((key) => !wanted.has(key)).map((key) => `${where}.${key}: not recorded`),
    ...[...found].filter((key) => wanted.has(key)).flatMap((key) => shapeDifferences(under(recorded, key), under(actual, key), `${where}.${key}`)),
  ]
}
