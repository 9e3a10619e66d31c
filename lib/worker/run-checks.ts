import 'server-only'
import { overdueChecks, stepCheck } from '@/lib/checks/step'
import { send, work } from '@/lib/jobs/boss'

const AT_ONCE_MAX = 4

/** Carries out the steps of checks for updates, as long as the process lives. */
export const startChecks = (worker: string): Promise<void> => work('check-step', AT_ONCE_MAX, ({ checkId }) => stepCheck(checkId, worker, new Date()))

/** Wakes checks again whose wake-up got lost; the row decides, so one too many harms nothing. */
export async function wakeOverdueChecks(now: Date): Promise<void> {
  for (const checkId of await overdueChecks(now)) await send('check-step', { checkId })
}
