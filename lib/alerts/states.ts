// The life of an alert, read by worker, API and pages alike. Browser-safe.

/** Stored words. pending: it holds, but not for long enough yet, or it follows from another alert. */
export const ALERT_STATES = ['pending', 'open', 'acknowledged', 'resolved'] as const
export type AlertState = (typeof ALERT_STATES)[number]

/**
 * State → event → next state; `gone` is no state but the end of the row: what did not last was nothing. `lasted`: it held for
 * long enough and follows from nothing else. `ended`: it was over for long enough. `escalated`: it got worse, so whoever
 * acknowledged it has to look again. `cameBack`: within the hour after it resolved it lasted again.
 */
export const ALERT_TRANSITIONS = {
  pending: { lasted: 'open', ended: 'gone' },
  open: { acknowledged: 'acknowledged', escalated: 'open', ended: 'resolved' },
  acknowledged: { unacknowledged: 'open', escalated: 'open', ended: 'resolved' },
  resolved: { cameBack: 'open' },
} as const satisfies Record<AlertState, Record<string, AlertState | 'gone'>>
export type AlertTransition = { [S in AlertState]: keyof (typeof ALERT_TRANSITIONS)[S] }[AlertState]

export function nextAlertState(state: AlertState, event: AlertTransition): AlertState | 'gone' | null {
  const exits: Partial<Record<AlertTransition, AlertState | 'gone'>> = ALERT_TRANSITIONS[state]
  return exits[event] ?? null
}
export const isAlertState = (text: string): text is AlertState => ALERT_STATES.some((state) => state === text)

/** Whether it is over, and whether it wants someone. */
export const ALERT_STATE_RULES = {
  pending: { isOver: false, wantsSomeone: false },
  open: { isOver: false, wantsSomeone: true },
  acknowledged: { isOver: false, wantsSomeone: false },
  resolved: { isOver: true, wantsSomeone: false },
} as const satisfies Record<AlertState, { isOver: boolean; wantsSomeone: boolean }>

/** What stands in the timeline of an alert. */
export const ALERT_EVENTS = ['opened', 'came-back', 'escalated', 'flapping', 'silenced', 'acknowledged', 'unacknowledged', 'noted', 'resolved'] as const
export type AlertEventWord = (typeof ALERT_EVENTS)[number]
