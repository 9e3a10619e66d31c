import 'server-only'

/** Things that were computed lately. What two stored contents differ in never changes, so nothing here can be out of date. */
export class Remembered<T> {
  readonly #weightMax: number
  readonly #entries = new Map<string, { value: T; weight: number }>()
  #weight = 0

  /** `weightMax` in the unit of the weights that `get` is told. */
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

  keep(key: string, value: T, weight: number): void {
    const there = this.#entries.get(key)
    if (there) this.#weight -= there.weight
    this.#entries.delete(key)
    if (weight > this.#weightMax) return
    this.#entries.set(key, { value, weight })
    this.#weight += weight
    for (const [oldest, entry] of this.#entries) {
      if (this.#weight <= this.#weightMax) return
      this.#entries.delete(oldest)
      this.#weight -= entry.weight
    }
  }
}
