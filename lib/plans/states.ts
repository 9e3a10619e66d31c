// The life of a plan: one table that worker, API and page read. Browser-safe.

/**
 * State → event → next state. A plan is `draft` until somebody asks for its approval; its firewalls are frozen into jobs when the
 * last approval that it needs is given, and `running` begins. `halted`: a gate was not passed; `paused`: a person stopped it. What
 * is under way on a firewall goes on in both.
 */
export const PLAN_TRANSITIONS = {
  draft: { asked: 'waiting-approval', approved: 'running', discarded: 'cancelled' },
  'waiting-approval': { edited: 'draft', withdrawn: 'draft', approved: 'running', discarded: 'cancelled' },
  running: { paused: 'paused', halted: 'halted', withdrawn: 'draft', ended: 'done', cancelled: 'cancelled', superseded: 'superseded' },
  paused: { resumed: 'running', withdrawn: 'draft', ended: 'done', cancelled: 'cancelled', superseded: 'superseded' },
  halted: { resumed: 'running', paused: 'paused', ended: 'done', cancelled: 'cancelled', superseded: 'superseded' },
  done: {},
  cancelled: {},
  superseded: {},
} as const satisfies Record<string, Record<string, string>>

export type PlanState = keyof typeof PLAN_TRANSITIONS
export type PlanEvent = { [S in PlanState]: keyof (typeof PLAN_TRANSITIONS)[S] }[PlanState]
export const PLAN_STATES = ['draft', 'waiting-approval', 'running', 'paused', 'halted', 'done', 'cancelled', 'superseded'] as const satisfies readonly PlanState[]

export const planStateOf = (text: string): PlanState | null => PLAN_STATES.find((state) => state === text) ?? null
export function nextPlanState(state: PlanState, event: PlanEvent): PlanState | null {
  const exits: Partial<Record<PlanEvent, PlanState>> = PLAN_TRANSITIONS[state]
  return exits[event] ?? null
}
/** What can still be changed by a person: nothing was approved yet. */
export const isDraft = (state: PlanState): boolean => nextPlanState(state, 'asked') !== null || nextPlanState(state, 'edited') !== null
export const isFinalPlan = (state: PlanState): boolean => Object.keys(PLAN_TRANSITIONS[state]).length === 0
