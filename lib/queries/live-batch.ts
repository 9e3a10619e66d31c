import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { isNeverTold, minGapMs } from './live'

/** Changes that come together are shown together. */
const GATHER_MS = 50
/** What shows changes all the time is asked for less and less often, up to this. */
const GAP_MS_MAX = 4_000

const startsWith = (key: QueryKey, start: QueryKey): boolean => start.every((part, at) => key[at] === part)

/**
 * Asks again for what shows something that changed: what is on the page, at most once a second each and never twice at once;
 * a tab that nobody looks at waits until someone does. What is not on the page is only known to be old.
 */
export class LiveBatch {
  readonly #waiting = new Set<string>()
  /** When a query was last asked for because of a change, and how long it waits after an answer. */
  readonly #gaps = new Map<string, { atMs: number; gapMs: number }>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly client: QueryClient) {
    document.addEventListener('visibilitychange', this.#onLook)
  }

  /** `starts`: beginnings of query keys; `[]` is all of them. */
  add(starts: readonly QueryKey[]): void {
    for (const query of this.client.getQueryCache().getAll()) {
      if (isNeverTold(query.queryKey) || !starts.some((start) => startsWith(query.queryKey, start))) continue
      if (query.isActive()) this.#waiting.add(query.queryHash)
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

  #soon(ms: number): void {
    if (this.#waiting.size === 0 || document.visibilityState !== 'visible') return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#ask()
    }, ms)
  }

  #ask(): void {
    const nowMs = Date.now()
    const due = new Set<string>()
    let soonestMs = GAP_MS_MAX
    for (const hash of this.#waiting) {
      const query = this.client.getQueryCache().get(hash)
      const waitMs = query ? this.#waitOf(hash, query, nowMs) : 0
      soonestMs = Math.min(soonestMs, Math.max(waitMs, GATHER_MS))
      if (waitMs > 0) continue
      this.#waiting.delete(hash)
      if (query) due.add(hash)
    }
    // Without cancelling: none of these is under way, and one that begins meanwhile is new enough.
    if (due.size > 0) void this.client.invalidateQueries({ predicate: ({ queryHash }) => due.has(queryHash) }, { cancelRefetch: false })
    this.#soon(soonestMs)
  }

  /** How long a query still waits; an answer that is under way may be from before the change. */
  #waitOf(hash: string, { queryKey, state }: { queryKey: QueryKey; state: { fetchStatus: string; dataUpdatedAt: number } }, nowMs: number): number {
    if (state.fetchStatus === 'fetching') return GATHER_MS
    const least = minGapMs(queryKey)
    const last = this.#gaps.get(hash)
    const isPressed = last !== undefined && nowMs - last.atMs < 3 * last.gapMs
    const gapMs = isPressed ? last.gapMs : least
    const waitMs = state.dataUpdatedAt + gapMs - nowMs
    if (waitMs > 0) return waitMs
    this.#gaps.set(hash, { atMs: nowMs, gapMs: isPressed ? Math.max(least, Math.min(gapMs * 1.5, GAP_MS_MAX)) : least })
    return 0
  }
}
