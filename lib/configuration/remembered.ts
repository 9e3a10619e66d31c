import 'server-only'

/** Of anything that is neither text nor holds others. */
const PLAIN_WEIGHT = 8

/** Characters of all texts in a value, with what an object takes beside them. Stops soon after `most`. */
export function weightOf(value: unknown, most = Infinity): number {
  let weight = 0
  const waiting: unknown[] = [value]
  while (waiting.length > 0 && weight <= most) {
    const next = waiting.pop()
    weight += PLAIN_WEIGHT + (typeof next === 'string' ? next.length : 0)
    if (typeof next !== 'object' || next === null) continue
    for (const inside of Array.isArray(next) ? next : Object.values(next)) waiting.push(inside)
  }
  return weight
}

/** Things that were computed lately, plain data. What two stored contents differ in never changes, so nothing here can be out of date. */
export class Remembered<T> {
  readonly #weightMax: number
  readonly #entries = new Map<string, { value: T; weight: number }>()
  #weight = 0

  /** In characters: what two hostile configurations differ in may be few values of megabytes each. */
  constructor(weightMax: number) {
    this.#weightMax = weightMax
  }

  find(key: string): T | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    // The last used are the last to go.
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  keep(key: string, value: T): void {
    const there = this.#entries.get(key)
    if (there) this.#weight -= there.weight
    this.#entries.delete(key)
    const weight = weightOf(value, this.#weightMax)
    if (weight > this.#weightMax) return
    // A copy, because a piece of a text holds on to the whole text that it was cut from.
    this.#entries.set(key, { value: structuredClone(value), weight })
    this.#weight += weight
    for (const [oldest, entry] of this.#entries) {
      if (this.#weight <= this.#weightMax) return
      this.#entries.delete(oldest)
      this.#weight -= entry.weight
    }
  }
}
