import { createHash } from 'node:crypto'
import { hidingGaps } from './gaps'
import { FACTS, type FactItem, type FactKind, type FactReadings } from './kinds'

export type Place = { group: string; position: number }
export type Fact = {
  key: string
  /** JSON text. */
  body: string
  /** Of the body, without the place of a thing that has one. */
  digest: string
  place: Place | null
}
export type FactSet = {
  facts: Fact[]
  /** The same for the same facts in the same places, in whichever order they were listed. */
  digest: string
  /** Parts that could not be read and may hide things, sorted. */
  gaps: string[]
}

/** An index takes keys of at most 2,700 bytes, and a hostile firewall writes longer names. */
const KEY_LENGTH_MAX = 200

/** 128 bits: enough against chance, and a firewall that searches for two equal ones deceives only about itself. */
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)

function keyOf(parts: readonly string[]): string {
  const key = parts.join(' ')
  return key.length <= KEY_LENGTH_MAX ? key : `${key.slice(0, KEY_LENGTH_MAX - 23).toWellFormed()} ${digestOf(key)}`
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const byPlace = (a: Place | null, b: Place | null) => byText(a?.group ?? '', b?.group ?? '') || (a?.position ?? 0) - (b?.position ?? 0)

/** Where a firewall lists several things under one key, the second in order is `key #2`, and so on. */
function withOwnKeys(facts: readonly Fact[]): Fact[] {
  const sorted = facts.toSorted((a, b) => byText(a.key, b.key) || byPlace(a.place, b.place) || byText(a.digest, b.digest))
  const taken = new Set(facts.map(({ key }) => key))
  const counts = new Map<string, number>()
  return sorted.map((fact) => {
    let count = (counts.get(fact.key) ?? 0) + 1
    // Something may really be called `key #2`.
    while (count > 1 && taken.has(`${fact.key} #${count}`)) count += 1
    counts.set(fact.key, count)
    return count === 1 ? fact : { ...fact, key: `${fact.key} #${count}` }
  })
}

function factOf<K extends FactKind>(kind: K, item: FactItem<K>): Fact {
  const definition = FACTS[kind]
  const place = definition.placeOf?.(item) ?? null
  const body = definition.bodyOf(item)
  // The maps write their fields in one order, so the same body is the same text.
  const text = JSON.stringify(body)
  return { key: keyOf(definition.keyOf(item)), body: text, digest: digestOf(place === null ? text : JSON.stringify({ ...body, position: 0 })), place }
}

/** The facts of one reading, each under a key of its own. Pure; about 5 µs for each. */
export function factsOf<K extends FactKind>(kind: K, reading: FactReadings[K]): FactSet {
  const items: readonly FactItem<K>[] = reading.items
  const facts = withOwnKeys(items.map((item) => factOf(kind, item)))
  const gaps = hidingGaps(reading.notReported)
  const lines = facts.map(({ key, digest, place }) => `${JSON.stringify(key)} ${digest} ${place?.position ?? ''}`)
  return { facts, digest: digestOf([...gaps, ...lines.sort()].join('\n')), gaps }
}
