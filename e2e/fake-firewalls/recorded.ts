// The recorded request and reply pairs that came from the families' own code. They seed the initial state.
import { readdirSync, readFileSync } from 'node:fs'
import { isObject, type Json, type JsonObject, objectOf, parseJson, textOf } from './json'

export const FAMILY_NAMES = ['opnsense', 'pfsense-v1', 'pfsense-v2'] as const
export type FamilyName = (typeof FAMILY_NAMES)[number]

export type RecordedPair = {
  request: { method: string; path: string; headers: Record<string, string>; body: Json }
  response: { status: number; headers: Record<string, string>; body: Json }
}

const folderOf = (family: FamilyName) => new URL(`./recorded/${family}/`, import.meta.url)
const cache = new Map<string, RecordedPair>()

const headersOf = (value: Json | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(objectOf(value)).map(([name, text]) => [name, textOf(text)]))

export function recordedPair(family: FamilyName, name: string): RecordedPair {
  const key = `${family}/${name}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const file = objectOf(parseJson(readFileSync(new URL(`${name}.json`, folderOf(family)), 'utf8')))
  const request = objectOf(file['request'])
  const response = objectOf(file['response'])
  const pair: RecordedPair = {
    request: { method: textOf(request['method']), path: textOf(request['path']), headers: headersOf(request['headers']), body: request['body'] ?? null },
    response: { status: Number(textOf(response['status'])), headers: headersOf(response['headers']), body: response['body'] ?? null },
  }
  cache.set(key, pair)
  return pair
}

export const recordedNames = (family: FamilyName): string[] =>
  readdirSync(folderOf(family))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort()

/** A copy of a recorded reply's body, free to change. */
export const recordedBody = (family: FamilyName, name: string): Json => structuredClone(recordedPair(family, name).response.body)

/** A copy of `data` of a recorded reply of either pfSense package. */
export const recordedData = (family: FamilyName, name: string): Json => objectOf(recordedBody(family, name))['data'] ?? null

export function recordedObject(family: FamilyName, name: string): JsonObject {
  const body = recordedBody(family, name)
  if (!isObject(body)) throw new Error(`The recorded reply ${family}/${name} is not an object.`)
  return body
}

const files = new Map<string, JsonObject>()

/** A JSON file of this folder, read once and shared by all firewalls: not to be changed. */
function sharedFile(name: string): JsonObject {
  const known = files.get(name)
  if (known !== undefined) return known
  const read = objectOf(parseJson(readFileSync(new URL(`./${name}`, import.meta.url), 'utf8')))
  files.set(name, read)
  return read
}

/** The list of calls that a package knows: path to whatever the file says of it. Shared: not to be changed. */
export const endpointTable = (family: 'pfsense-v1' | 'pfsense-v2'): JsonObject => objectOf(sharedFile(`recorded/${family}.endpoints.json`)['endpoints'])

/** A copy of what stands in for recordings that are empty or missing. */
export const madeUp = (family: FamilyName): JsonObject => structuredClone(sharedFile(`${family}/made-up.json`))
