// What the dialogs say in which a plan is steered. Pure, so that it can be tested.
import type { PlanDto } from '@/lib/plans/dto'

export type Steering = 'resume' | 'cancel'
type Words = { title: string; act: string; description: string; safe: string }

const ACCEPTED = ' What failed or was left out so far is accepted: only what comes on top of it halts the ring once more.'

/** A plan that was paused while a ring is halted keeps the reason of the halt: what failed is accepted there as well. */
export function steerWords({ state, haltedReason }: Pick<PlanDto, 'state' | 'haltedReason'>): Record<Steering, Words> {
  const safe = state === 'running' ? 'Keep it running' : 'Leave it as it is'
  return {
    resume: { title: 'Resume the plan?', act: 'Resume the plan', description: `Firewalls start again in their windows.${state === 'halted' || haltedReason !== null ? ACCEPTED : ''}`, safe },
    cancel: { title: 'Cancel the plan?', act: 'Cancel the plan', description: 'What has not started its update is cancelled for good. What has goes on to its end: nothing stops an installation that has begun.', safe },
  }
}
