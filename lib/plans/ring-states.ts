// The life of a ring of a plan: one table that worker, API and page read. Browser-safe.

/**
 * State → event → next state. A ring opens when the one before it has passed; its firewalls start only while it is `open` or
 * later. `halted`: its gate was not passed, and nothing of it starts until a person decides. `done` is the last ring's `passed`.
 * Both are lost when one that was released or tried again in such a ring fails, and its gate would not have been passed with that.
 */
export const RING_TRANSITIONS = {
  waiting: { opened: 'open' },
  open: { soaks: 'soaking', passed: 'passed', ended: 'done', halted: 'halted' },
  soaking: { goesOn: 'open', passed: 'passed', ended: 'done', halted: 'halted' },
  halted: { resumed: 'open' },
  passed: { halted: 'halted' },
  done: { halted: 'halted' },
} as const satisfies Record<string, Record<string, string>>

export type RingState = keyof typeof RING_TRANSITIONS
export type RingEvent = { [S in RingState]: keyof (typeof RING_TRANSITIONS)[S] }[RingState]
export const RING_STATES = ['waiting', 'open', 'soaking', 'passed', 'halted', 'done'] as const satisfies readonly RingState[]

/** null for a word that is none, as a newer version may have written it. */
export const ringStateOf = (text: string): RingState | null => RING_STATES.find((state) => state === text) ?? null
export function nextRingState(state: RingState, event: RingEvent): RingState | null {
  const exits: Partial<Record<RingEvent, RingState>> = RING_TRANSITIONS[state]
  return exits[event] ?? null
}
/** Firewalls of it may start: also late ones of a ring that has passed, as after a release or a retry. */
export const letsStart = (state: RingState): boolean => state !== 'waiting' && state !== 'halted'
/** The next ring may open. */
export const isBehind = (state: RingState): boolean => state === 'passed' || state === 'done'
