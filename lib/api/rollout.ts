import { operation } from '@/lib/http/operation'
import { planDto } from '@/lib/plans/dto'
import { pauseInput, steerInput } from '@/lib/rollout/input'
import { cancelUpdate, retryUpdate, skipUpdate } from '@/lib/rollout/jobs'
import { cancelPlan, pausePlan, resumePlan } from '@/lib/rollout/steer'
import { updateJobDto } from '@/lib/updates/dto'
import { decideInput } from '@/lib/updates/input'

const tag = 'firmware'

/** What a person does to a plan that runs, and to one job of it. */
export const rolloutOperations = {
  pause: operation({ id: 'pausePlan', method: 'post', path: '/update-plans/{id}/pause', tag, summary: 'Let nothing more of a plan start; what runs finishes', input: pauseInput, output: planDto, run: (actor, input) => pausePlan(actor, input) }),
  resume: operation({ id: 'resumePlan', method: 'post', path: '/update-plans/{id}/resume', tag, summary: 'Let a paused or halted plan go on, accepting what failed', input: steerInput, output: planDto, run: (actor, input) => resumePlan(actor, input) }),
  cancel: operation({ id: 'cancelPlan', method: 'post', path: '/update-plans/{id}/cancel', tag, summary: 'End a plan: what has not started is cancelled, what runs finishes', input: steerInput, output: planDto, run: (actor, input) => cancelPlan(actor, input) }),
  skip: operation({ id: 'skipUpdateJob', method: 'post', path: '/update-jobs/{id}/skip', tag, summary: 'Leave one firewall out of its plan', input: decideInput, output: updateJobDto, run: (actor, input) => skipUpdate(actor, input) }),
  cancelJob: operation({ id: 'cancelUpdateJob', method: 'post', path: '/update-jobs/{id}/cancel', tag, summary: 'Cancel one job that has not started', input: decideInput, output: updateJobDto, run: (actor, input) => cancelUpdate(actor, input) }),
  retry: operation({ id: 'retryUpdateJob', method: 'post', path: '/update-jobs/{id}/retry', tag, summary: 'Try one again that failed or was left out', input: decideInput, output: updateJobDto, run: (actor, input) => retryUpdate(actor, input) }),
}
