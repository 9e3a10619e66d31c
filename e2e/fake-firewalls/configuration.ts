// The configuration of a simulated firewall and the history of it: what a backup reads, and what changes on demand.
import { isObject, type Json, type JsonObject } from './json'
import type { ConfigurationPatch } from './options'

export type ConfigurationEntry = { timeSeconds: number; by: string; note: string; config: JsonObject }
export type ConfigurationSeed = {
  config: JsonObject
  /** Of the entry that is the newest at the beginning. */
  timeSeconds: number
  by: string
  /** Where the list lies that grows when the configuration is made larger, and the nth entry of it. */
  growsAt: string
  grown: (index: number) => JsonObject
}

const HISTORY_MAX = 60
const GAP_SECONDS = 60
const EARLIER = 2

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** An element; keys that begin with @ are attributes. `literal` names elements whose text is written as CDATA. */
export function element(name: string, value: Json, indent: string, literal: readonly string[] = [], depth = 0): string {
  const before = indent.repeat(depth)
  if (Array.isArray(value)) return value.map((item) => element(name, item, indent, literal, depth)).join('')
  if (!isObject(value)) {
    const text = value === null ? '' : String(value)
    return `${before}<${name}>${literal.includes(name) && text !== '' ? `<![CDATA[${text}]]>` : escaped(text)}</${name}>\n`
  }
  const entries = Object.entries(value)
  const attributes = entries.filter(([key]) => key.startsWith('@')).map(([key, item]) => ` ${key.slice(1)}="${escaped(String(item))}"`)
  const children = entries.filter(([key]) => !key.startsWith('@')).map(([key, item]) => element(key, item, indent, literal, depth + 1))
  return `${before}<${name}${attributes.join('')}>\n${children.join('')}${before}</${name}>\n`
}

/** Sets what lies at a path such as `filter.rule.0.descr`; null takes it away, and a place after the last adds. */
function setAt(target: Json, path: readonly string[], value: Json): void {
  const [key = '', ...rest] = path
  if (Array.isArray(target)) {
    const place = Number(key)
    if (rest.length > 0) setAt(target[place] ?? null, rest, value)
    else if (value === null) target.splice(place, 1)
    else target[place] = value
    return
  }
  if (!isObject(target)) throw new Error(`There is nothing at ${path.join('.')} in the configuration.`)
  if (rest.length === 0) {
    if (value === null) delete target[key]
    else target[key] = value
    return
  }
  // What is empty is a text until something stands in it.
  if (!isObject(target[key]) && !Array.isArray(target[key])) target[key] = /^\d+$/.test(rest[0] ?? '') ? [] : {}
  setAt(target[key] ?? null, rest, value)
}

export class Configuration {
  /** Newest first. */
  #entries: ConfigurationEntry[]
  #seenChanges = 0
  #grownTo = 0
  readonly #seed: ConfigurationSeed

  constructor(seed: ConfigurationSeed) {
    this.#seed = seed
    this.#entries = Array.from({ length: EARLIER + 1 }, (_, age) => ({
      timeSeconds: seed.timeSeconds - age * 86_400,
      by: seed.by,
      note: age === 0 ? 'made changes' : `changed ${age} days before`,
      config: structuredClone(seed.config),
    }))
  }

  /** Writes through the API count as changes as well: `changes` is how many there were. */
  entries(changes: number): readonly ConfigurationEntry[] {
    while (this.#seenChanges < changes) {
      this.#seenChanges += 1
      this.#push(structuredClone(this.#newest().config), this.#seed.by, `change ${this.#seenChanges}`)
    }
    return this.#entries
  }

  patch(patch: ConfigurationPatch, changes: number): void {
    const config = structuredClone(this.entries(changes)[0]?.config ?? {})
    for (const { path, value } of patch.edits ?? []) setAt(config, path.split('.'), value)
    if (patch.bytes !== undefined) this.#grow(config, patch.bytes)
    this.#push(config, patch.by ?? this.#seed.by, patch.note ?? 'made changes')
  }

  /** Makes an entry the newest again, as a change of its own. */
  restore(entry: ConfigurationEntry, by: string, note: string): void {
    this.#push(structuredClone(entry.config), by, note)
  }

  #newest(): ConfigurationEntry {
    return this.#entries[0] ?? { timeSeconds: this.#seed.timeSeconds, by: '', note: '', config: {} }
  }

  #push(config: JsonObject, by: string, note: string): void {
    this.#entries = [{ timeSeconds: this.#newest().timeSeconds + GAP_SECONDS, by, note, config }, ...this.#entries].slice(0, HISTORY_MAX)
  }

  /** About so many bytes as JSON, which is close to what they are as XML. */
  #grow(config: JsonObject, bytes: number): void {
    const missing = bytes - JSON.stringify(config).length
    const count = Math.max(0, Math.ceil(missing / JSON.stringify(this.#seed.grown(0)).length))
    for (let index = 0; index < count; index += 1) setAt(config, [...this.#seed.growsAt.split('.'), String(this.#lengthAt(config))], this.#seed.grown((this.#grownTo += 1)))
  }

  #lengthAt(config: JsonObject): number {
    let at: Json = config
    for (const key of this.#seed.growsAt.split('.')) at = isObject(at) ? (at[key] ?? null) : null
    return Array.isArray(at) ? at.length : 0
  }
}
