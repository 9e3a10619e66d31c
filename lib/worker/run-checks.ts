import 'server-only'
import { claimCheck, stepCheck } from '@/lib/checks/step'
import { log } from '@/lib/core/log'

const AT_ONCE_MAX = 6

/** Carries out every due step of checks for updates. */
export async function runDueChecks(worker: string): Promise<void> {
  const lane = async () => {
    for (let check = await claimCheck(); check !== null; check = await claimCheck()) {
      await stepCheck(check, worker, new Date()).catch((error: unknown) => {
        log().error({ check: check?.id, err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'step of a check failed')
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE_MAX }, lane))
}
