// The life of going back to an entry of a firewall's own history, read by worker, API and page alike. Browser-safe.

/**
 * State → event → next state. `storing` and `restarting` are entered before their one call to the firewall: a step that
 * finds itself in one of them does not know whether the call arrived, and asks the firewall what is there instead.
 */
export const REVERT_TRANSITIONS = {
  asked: { began: 'backing-up', refused: 'stopped', timedOut: 'stopped' },
  'backing-up': { waits: 'backing-up', backedUp: 'checking', refused: 'stopped', timedOut: 'stopped' },
  checking: { waits: 'checking', agrees: 'storing', refused: 'stopped', timedOut: 'stopped' },
  storing: { waits: 'storing', stored: 'stored', notTaken: 'stopped', lost: 'unknown', timedOut: 'unknown' },
  stored: { restartAsked: 'restart-asked', timedOut: 'left' },
  'restart-asked': { sends: 'restarting', refused: 'stored', timedOut: 'stored' },
  restarting: { waits: 'restarting', isBack: 'reading-back', notTaken: 'stored', timedOut: 'unknown' },
  'reading-back': { waits: 'reading-back', proven: 'done', differs: 'failed', timedOut: 'unknown' },
  done: {},
  left: {},
  stopped: {},
  failed: {},
  unknown: {},
} as const satisfies Record<string, Record<string, string>>

export type RevertState = keyof typeof REVERT_TRANSITIONS
export type RevertEvent = { [S in RevertState]: keyof (typeof REVERT_TRANSITIONS)[S] }[RevertState]

const isState = (text: string): text is RevertState => Object.hasOwn(REVERT_TRANSITIONS, text)
export const REVERT_STATES: readonly RevertState[] = Object.keys(REVERT_TRANSITIONS).filter(isState)
export const revertStateOf = (text: string): RevertState | null => (isState(text) ? text : null)

export function nextRevertState(state: RevertState, event: RevertEvent): RevertState | null {
  const exits: Partial<Record<RevertEvent, RevertState>> = REVERT_TRANSITIONS[state]
  return exits[event] ?? null
}
export const isFinalRevert = (state: RevertState): boolean => Object.keys(REVERT_TRANSITIONS[state]).length === 0

/**
 * Minutes after which a state that waits ends by itself; what was asked for long ago, by a worker that was away or in a restored
 * installation, is not done any more. `stored` waits for a person, a week long.
 */
export const REVERT_MINUTES_MAX = {
  asked: 15,
  'backing-up': 15,
  checking: 10,
  storing: 10,
  stored: 7 * 24 * 60,
  'restart-asked': 15,
  restarting: 30,
  'reading-back': 15,
} as const satisfies Partial<Record<RevertState, number>>

type Words = {
  word: string
  /** What it means for the firewall, and the next step where a person has one. */
  sentence: string
}
/** A new state does not compile without its row. */
export const REVERT_WORDS = {
  asked: { word: 'Waiting', sentence: 'A worker begins in a moment.' },
  'backing-up': { word: 'Backing up', sentence: 'A backup of what is there now is taken first. Without it nothing is changed.' },
  checking: { word: 'Checking', sentence: 'Whether the entry and the configuration are still those that you saw.' },
  storing: { word: 'Storing', sentence: 'The firewall makes the entry its configuration. This call is sent once.' },
  stored: { word: 'Stored, not yet running', sentence: 'The firewall reloads nothing by itself: it still works with what it had. Restart it to make the entry run.' },
  'restart-asked': { word: 'Restart asked', sentence: 'A worker sends the restart in a moment.' },
  restarting: { word: 'Restarting', sentence: 'The firewall does not answer for a while. Traffic through it stops until it is back.' },
  'reading-back': { word: 'Reading back', sentence: 'It is back. What it holds now is compared with the entry.' },
  done: { word: 'Done', sentence: 'The firewall restarted, and what was read back from it is the entry.' },
  left: { word: 'Stored, never restarted here', sentence: 'Nobody restarted it through Palisade within a week. If it was restarted since, the entry runs; the next backup shows it.' },
  stopped: { word: 'Stopped', sentence: 'Nothing was changed on the firewall.' },
  failed: { word: 'Failed', sentence: 'The firewall restarted, but does not hold the entry. The backup from before is kept.' },
  unknown: { word: 'Not known', sentence: 'Palisade could not find out what the firewall did, and does not try it again. Look at the firewall.' },
} as const satisfies Record<RevertState, Words>
