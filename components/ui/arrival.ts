// Parts of a page that are fetched when they are first needed. Pure, so that it can be tested.

/** `failed` until somebody asks again: a connection comes back, and what was refused once is not refused for ever. */
type Arrival<T> = { is: 'waiting' } | { is: 'there'; part: T } | { is: 'failed' }
export const WAITING = { is: 'waiting' } as const

/** One part, fetched once for all who draw it. */
export function arrivalOf<T>(load: () => Promise<T>) {
  let state: Arrival<T> = WAITING
  let asked: Promise<void> | null = null
  const listeners = new Set<() => void>()
  const become = (next: Arrival<T>): void => {
    state = next
    for (const each of listeners) each()
  }
  const ask = (): Promise<void> => {
    if (state.is === 'there') return Promise.resolve()
    if (state.is === 'failed') become(WAITING)
    asked ??= load()
      .then(
        (part) => become({ is: 'there', part }),
        () => become({ is: 'failed' }),
      )
      .finally(() => {
        asked = null
      })
    return asked
  }
  return {
    state: (): Arrival<T> => state,
    ask,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
