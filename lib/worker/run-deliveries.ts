import 'server-only'
import { claimDue, deliverOver } from '@/lib/channels/deliver'
import { handOverNotices } from '@/lib/channels/hand-over'
import { log } from '@/lib/core/log'

const CHANNELS_AT_ONCE = 8

/** Hands new notices to channels and sends what is due. Each channel goes its own way, so that a slow one holds up no other. */
export function deliverer(worker: string): { run(signal: AbortSignal): Promise<void>; ended(): Promise<void> } {
  const running = new Set<Promise<void>>()
  const now = () => new Date()
  return {
    async run(signal) {
      await handOverNotices(now())
      for (const lent of await claimDue(worker, now(), CHANNELS_AT_ONCE - running.size)) {
        const way = deliverOver(lent, now, signal)
          .catch((error: unknown) => log().error({ channel: lent.id, err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'a channel failed'))
          .finally(() => running.delete(way))
        running.add(way)
      }
    },
    ended: async () => void (await Promise.all(running)),
  }
}
