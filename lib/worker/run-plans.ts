import 'server-only'
import { log } from '@/lib/core/log'
import { duePlans } from '@/lib/db/rollout-sql'
import { stepPlan } from '@/lib/rollout/tick'

const AT_ONCE_MAX = 50

/** Looks at every plan that is due, one after another; one that cannot be looked at does not keep the others. Returns how many it looked at. */
export async function runPlans(worker: string, now: Date): Promise<number> {
  let count = 0
  for (const id of await duePlans(now, AT_ONCE_MAX)) {
    try {
      if (await stepPlan(id, worker, now)) count += 1
    } catch (error) {
      log().error({ plan: id, err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'a plan could not be looked at')
    }
  }
  return count
}
