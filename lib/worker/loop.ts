import { log } from '@/lib/core/log'

/** Returns after `ms`, or at once with the signal. */
export const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })

/** Runs `work` again and again, `everyMs` apart, until the signal. A failure is logged and tried again: the loop never dies. */
export async function runLoop(name: string, everyMs: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  while (!signal.aborted) {
    try {
      await work(signal)
    } catch (error) {
      log().error({ loop: name, err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'worker loop failed, trying again')
    }
    await pause(everyMs, signal)
  }
}
