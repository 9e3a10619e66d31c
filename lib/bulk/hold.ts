import 'server-only'
import { log } from '@/lib/core/log'

/**
 * Runs `work` while its lease of some seconds is renewed three times as often, so that a killed worker's work is free
 * within the lease. No renewal is under way any more when it returns.
 */
export async function whileHolding<T>(seconds: number, renew: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  let renewal = Promise.resolve()
  const timer = setInterval(() => {
    renewal = renewal.then(renew).catch((error: unknown) => log().warn({ err: error instanceof Error ? error.message : 'unknown' }, 'a lease could not be renewed'))
  }, (seconds * 1000) / 3)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    await renewal
  }
}
