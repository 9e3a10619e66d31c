// JSON values as the simulator passes them around, and the few ways to look into one.
export type Json = null | boolean | number | string | Json[] | JsonObject
export type JsonObject = { [key: string]: Json }

export const parseJson = (text: string): Json => JSON.parse(text)

/** `undefined` for text that is no JSON: firewalls treat that differently by family. */
export function tryParseJson(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})
export const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [])
export const objectsOf = (value: Json | undefined): JsonObject[] => listOf(value).filter(isObject)
export const textOf = (value: Json | undefined): string => (value === undefined || value === null || typeof value === 'object' ? '' : String(value))

/** Rewrites every string of a value, keys left alone. */
export function mapStrings(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]))
}

/** Changes the objects of a list; what is no list of objects stays as it is. */
export const mapRows = (value: Json, change: (row: JsonObject, index: number) => JsonObject): Json =>
  Array.isArray(value) ? value.map((item, index) => (isObject(item) ? change(item, index) : item)) : value
