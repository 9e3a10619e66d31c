import 'server-only'
import { overdueBulk, stepBulk } from '@/lib/bulk/step'
import { send, work } from '@/lib/jobs/boss'

const AT_ONCE_MAX = 2

/** Carries out the steps of acts over many firewalls, as long as the process lives; a worker that stops begins no further firewall. */
export const startBulkSteps = (worker: string, stopping: AbortSignal): Promise<void> => work('bulk-step', AT_ONCE_MAX, ({ bulkId }) => stepBulk(bulkId, worker, stopping))

/** Wakes acts again whose wake-up got lost; the row decides, so one too many harms nothing. */
export async function wakeOverdueBulk(now: Date): Promise<void> {
  for (const bulkId of await overdueBulk(now)) await send('bulk-step', { bulkId })
}
