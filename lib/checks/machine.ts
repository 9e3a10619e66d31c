// The life of a check for updates, read by worker and page alike. Browser-safe.

/** State → event → next state. Every state that waits has a time by which it ends (CHECK_MINUTES_MAX). */
export const CHECK_TRANSITIONS = {
  queued: { began: 'running', finished: 'done', refused: 'failed' },
  running: { waits: 'running', finished: 'done', refused: 'failed', timedOut: 'failed' },
  done: {},
  failed: {},
} as const satisfies Record<string, Record<string, string>>

export type CheckStateName = keyof typeof CHECK_TRANSITIONS
export type CheckEvent = { [S in CheckStateName]: keyof (typeof CHECK_TRANSITIONS)[S] }[CheckStateName]

export function nextCheckState(state: CheckStateName, event: CheckEvent): CheckStateName | null {
  const exits: Partial<Record<CheckEvent, CheckStateName>> = CHECK_TRANSITIONS[state]
  return exits[event] ?? null
}
export const isCheckState = (text: string): text is CheckStateName => text in CHECK_TRANSITIONS
export const isFinalCheckState = (state: CheckStateName): boolean => Object.keys(CHECK_TRANSITIONS[state]).length === 0

/** A firewall that has not finished by then is not waited for any longer. */
export const CHECK_MINUTES_MAX = 10
/** Seconds between two looks at a running check. */
export const CHECK_STEP_SECONDS = 3
