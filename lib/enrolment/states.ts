// The life of one row of an enrolment file, read by worker, routes and page alike. Browser-safe.

/**
 * State → event → next state. `probing` and `testing` are held by a worker. After a crash a look at a certificate is made
 * again, a test is not: whether it ran is not known, and a failed sign-in must not be repeated by itself.
 */
export const ROW_TRANSITIONS = {
  waiting: { begun: 'probing', dropped: 'dropped' },
  probing: { interrupted: 'waiting', unknownCertificate: 'waits-for-trust', trusted: 'testing', same: 'unchanged', different: 'differs', refused: 'failed' },
  'waits-for-trust': { confirmed: 'waiting', edited: 'waiting', dropped: 'dropped' },
  testing: { passed: 'enrolled', refused: 'failed', interrupted: 'failed' },
  failed: { retried: 'waiting', edited: 'waiting', dropped: 'dropped' },
  differs: { edited: 'waiting', dropped: 'dropped' },
  enrolled: {},
  unchanged: {},
  dropped: {},
} as const satisfies Record<string, Record<string, string>>

export type RowState = keyof typeof ROW_TRANSITIONS
export type RowEvent = { [S in RowState]: keyof (typeof ROW_TRANSITIONS)[S] }[RowState]

export const ROW_STATES = ['waits-for-trust', 'failed', 'differs', 'testing', 'probing', 'waiting', 'enrolled', 'unchanged', 'dropped'] as const satisfies readonly RowState[]

export function nextRowState(state: RowState, event: RowEvent): RowState | null {
  const exits: Partial<Record<RowEvent, RowState>> = ROW_TRANSITIONS[state]
  return exits[event] ?? null
}
/** The states out of which an event leads. */
export const statesBefore = (event: RowEvent): RowState[] => ROW_STATES.filter((state) => nextRowState(state, event) !== null)
export const isFinalRowState = (state: RowState): boolean => Object.keys(ROW_TRANSITIONS[state]).length === 0

/** A worker has these in hand, or will take them by itself. */
export const UNDER_WAY = ['waiting', 'probing', 'testing'] as const satisfies readonly RowState[]
/** Only a person can go on with these. */
export const FOR_A_PERSON = ['waits-for-trust', 'failed', 'differs'] as const satisfies readonly RowState[]
