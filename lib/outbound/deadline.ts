import { AppError, firewallError } from '@/lib/core/errors'

/** A total deadline joined with the caller's signal. `AbortSignal.any` would keep every timer alive on a long-lived signal. */
export type Deadline = {
  readonly signal: AbortSignal
  /** The error that ended it; null while it runs. */
  ended(): AppError | null
  /** Settles with the promise, or throws as soon as the deadline ends. */
  race<T>(promise: Promise<T>): Promise<T>
  clear(): void
}

const timedOut = (deadlineMs: number): AppError =>
  firewallError('firewall-timed-out', { message: deadlineMs >= 1000 ? `The firewall did not answer within ${Math.round(deadlineMs / 1000)} seconds.` : 'The firewall did not answer in time.' })

export function startDeadline(deadlineMs: number, outer: AbortSignal): Deadline {
  const controller = new AbortController()
  let error: AppError | null = null
  const end = (reason: AppError): void => {
    error ??= reason
    controller.abort(error)
  }
  const cancelled = (): void =>
    end(outer.reason instanceof AppError ? outer.reason : firewallError('firewall-timed-out', { message: 'The call was cancelled before the firewall answered.', details: { nextStep: 'Try again.' } }))
  const timer = setTimeout(() => end(timedOut(deadlineMs)), deadlineMs)
  outer.addEventListener('abort', cancelled, { once: true })
  if (outer.aborted) cancelled()
  return {
    signal: controller.signal,
    ended: () => error,
    race: (promise) =>
      new Promise((resolve, reject) => {
        const abort = (): void => reject(error ?? timedOut(deadlineMs))
        if (error) return abort()
        controller.signal.addEventListener('abort', abort, { once: true })
        promise.then(resolve, reject).finally(() => controller.signal.removeEventListener('abort', abort))
      }),
    clear: () => {
      clearTimeout(timer)
      outer.removeEventListener('abort', cancelled)
    },
  }
}
