// Whether changes arrive by themselves, for the mark in the top bar and for how often pages ask.

/** `sinceMs`: when the last sign of life came, or when the first was waited for. */
export type LiveState = { kind: 'starting' } | { kind: 'live' } | { kind: 'lost'; sinceMs: number }

const STARTING: LiveState = { kind: 'starting' }
let state: LiveState = STARTING
const listeners = new Set<() => void>()

export const liveState = (): LiveState => state
/** While the server renders nothing is known. */
export const serverLiveState = (): LiveState => STARTING

export function onLiveState(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function setLiveState(next: LiveState): void {
  if (next.kind === state.kind) return
  state = next
  for (const listener of listeners) listener()
}

/** How often pages ask while nothing tells them of changes. */
export const POLL_MS = 15_000
/** While something does. Of measured values and of visits nobody tells: with a visit a minute they are 90 s old at most, which is not yet old. */
const LIVE_POLL_MS = 30_000
/** A server that fails is asked less often. */
const FAILED_POLL_MS = 60_000

/** For `refetchInterval`: often only while nothing else tells of changes. */
export function pollInterval(query: { state: { error: unknown } }): number {
  if (query.state.error) return FAILED_POLL_MS
  return state.kind === 'live' ? LIVE_POLL_MS : POLL_MS
}
