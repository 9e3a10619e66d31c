import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { isNeverTold, minGapMs } from './live-gaps'

/** Changes that come together are shown together. */
const GATHER_MS = 50
/** What something new is told of all the time is asked for less and less often, up to this. */
const GAP_MS_MAX = 4_000
/** Messages come at most five times a second; so many are all the time. */
const PRESSED_PER_SECOND = 3

type Shown = { queryHash: string; queryKey: QueryKey; state: { fetchStatus: string; dataUpdatedAt: number } }

const startsWith = (key: QueryKey, start: QueryKey): boolean => start.every((part, at) => key[at] === part)

/**
 * Asks again for what shows something that changed: what is on the page, at most once a second each and never twice at once;
 * a tab that nobody looks at waits until someone does. What is not on the page is only known to be old.
 */
export class LiveBatch {
  /** How often each was told of since it was asked for. */
  readonly #waiting = new Map<string, number>()
  /** How long each stays as it is after an answer; the others as long as is least. */
  readonly #gapsMs = new Map<string, number>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #dueMs = Infinity

  constructor(private readonly client: QueryClient) {
    document.addEventListener('visibilitychange', this.#onLook)
  }

  /** `starts`: beginnings of query keys; `[]` is all of them. */
  add(starts: readonly QueryKey[]): void {
    for (const query of this.client.getQueryCache().getAll()) {
      if (isNeverTold(query.queryKey) || !starts.some((start) => startsWith(query.queryKey, start))) continue
      if (query.isActive()) this.#waiting.set(query.queryHash, (this.#waiting.get(query.queryHash) ?? 0) + 1)
      else query.invalidate()
    }
    this.#soon(GATHER_MS)
  }

  stop(): void {
    clearTimeout(this.#timer)
    document.removeEventListener('visibilitychange', this.#onLook)
  }

  readonly #onLook = (): void => {
    if (document.visibilityState === 'visible') this.#soon(0)
  }

  /** One timer for all that waits; what is due earlier moves it. */
  #soon(ms: number): void {
    const dueMs = Date.now() + ms
    if (this.#waiting.size === 0 || document.visibilityState !== 'visible' || dueMs >= this.#dueMs) return
    clearTimeout(this.#timer)
    this.#dueMs = dueMs
    this.#timer = setTimeout(() => {
      this.#dueMs = Infinity
      this.#ask()
    }, ms)
  }

  #ask(): void {
    const nowMs = Date.now()
    const due = new Set<string>()
    let soonestMs = GAP_MS_MAX
    for (const [hash, told] of this.#waiting) {
      const query = this.client.getQueryCache().get(hash)
      const waitMs = query ? this.#waitOf(query, nowMs) : 0
      soonestMs = Math.min(soonestMs, Math.max(waitMs, GATHER_MS))
      if (waitMs > 0) continue
      this.#waiting.delete(hash)
      if (!query) continue
      due.add(hash)
      this.#setGap(query, told)
    }
    // Without cancelling: none of these is under way, and one that begins meanwhile is new enough.
    if (due.size > 0) void this.client.invalidateQueries({ predicate: ({ queryHash }) => due.has(queryHash) }, { cancelRefetch: false })
    this.#soon(soonestMs)
  }

  #gapOf({ queryHash, queryKey }: Shown): number {
    return this.#gapsMs.get(queryHash) ?? minGapMs(queryKey)
  }

  /** How long a query still waits; an answer that is under way may be from before the change. */
  #waitOf(query: Shown, nowMs: number): number {
    return query.state.fetchStatus === 'fetching' ? GATHER_MS : query.state.dataUpdatedAt + this.#gapOf(query) - nowMs
  }

  #setGap(query: Shown, told: number): void {
    const gapMs = this.#gapOf(query)
    if (told * 1_000 < gapMs * PRESSED_PER_SECOND) this.#gapsMs.delete(query.queryHash)
    else this.#gapsMs.set(query.queryHash, Math.max(minGapMs(query.queryKey), Math.min(gapMs * 1.5, GAP_MS_MAX)))
  }
}
