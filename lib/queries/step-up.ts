// A change that wants a fresh proof of who sits there asks for it, whatever page sent it. Browser-safe.
import type { ApiError } from '@/lib/core/api-error'

/** Why a proof is wanted, in the server's words, and how it is given. */
export type StepUp = { reason: string; proof: 'code' | 'password' }
/** Resolves to whether the proof was given. */
type Ask = (need: StepUp) => Promise<boolean>

let ask: Ask | null = null
let asking: Promise<boolean> | null = null

/** Says who asks people, the page's one dialog; the function that is given back takes it away again. */
export function answerStepUps(asker: Ask): () => void {
  ask = asker
  return () => {
    if (ask === asker) ask = null
  }
}

const needOf = (error: ApiError): StepUp => ({ reason: error.title, proof: error.details['proof'] === 'password' ? 'password' : 'code' })

/** Whether a refused change may be sent again: only once the proof was given. Changes refused at the same time share one question. */
export function proveFor(error: ApiError): Promise<boolean> {
  if (ask === null) return Promise.resolve(false)
  asking ??= ask(needOf(error)).finally(() => {
    asking = null
  })
  return asking
}
