import 'server-only'
import { send, work } from '@/lib/jobs/boss'
import { overdueReverts, stepRevert } from '@/lib/reverts/step'

const AT_ONCE_MAX = 2

/** Carries out the steps of going back to an entry of a firewall's history, as long as the process lives. */
export const startReverts = (worker: string): Promise<void> => work('revert-step', AT_ONCE_MAX, ({ revertId }) => stepRevert(revertId, worker, new Date()))

/** Wakes those again whose wake-up got lost; the row decides, so one too many harms nothing. */
export async function wakeOverdueReverts(now: Date): Promise<void> {
  for (const revertId of await overdueReverts(now)) await send('revert-step', { revertId })
}
