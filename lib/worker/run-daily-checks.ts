import 'server-only'
import { workerActor } from '@/lib/auth/actor'
import { startCheck } from '@/lib/checks/start'
import { AppError } from '@/lib/core/errors'
import { log } from '@/lib/core/log'
import { claimDailyChecks, setDailyCheck, type DailyCheck } from '@/lib/db/daily-checks-sql'
import { moduleOf } from '@/lib/firewalls/dto-of'
import { FIREWALL_STATES, STATE_RULES } from '@/lib/firewalls/states'
import { effectiveIntervals } from '@/lib/polling/intervals'
import { isQuiet, nextQuietMoment, quietWindow } from '@/lib/polling/quiet-hours'

const AT_ONCE = 50
/** A killed worker's checks come back after this. */
const LEASE_SECONDS = 600
/** Whoever looked so lately, or is still looking, has looked for this night. */
const LATELY_HOURS = 12

function mayCheck(row: DailyCheck): boolean {
  const state = FIREWALL_STATES.find((word) => word === row.state)
  const isThere = row.pausedAt === null && row.state !== 'unreachable' && state !== undefined && STATE_RULES[state].automation
  return isThere && (row.commandsAllowed || !moduleOf(row).checkNeedsCommands) && !row.isUpdating && row.lastCheckHours >= LATELY_HOURS
}

async function decide(row: DailyCheck, worker: string, now: Date): Promise<void> {
  const { dailyCheck, quietHours } = effectiveIntervals(...row.intervals)
  const isNow = isQuiet(now, quietWindow(now, row.timeZone, quietHours))
  if (dailyCheck && isNow && mayCheck(row)) {
    try {
      await startCheck(workerActor(worker), { id: row.firewallId })
    } catch (error) {
      // Stopped or changed since the claim; tomorrow is another night.
      if (!(error instanceof AppError)) throw error
      log().info({ firewall: row.firewallId, code: error.code }, 'the daily check was not possible')
    }
  }
  await setDailyCheck(row.firewallId, nextQuietMoment(now, row.timeZone, quietHours, Math.random()))
}

/**
 * Makes firewalls look for updates once a day, at a random moment of the quiet hours of their site. One whose moment passed
 * while Palisade did not run waits for the next night; so does one that is updating, checked lately, silent or paused.
 */
export async function runDailyChecks(worker: string, now: Date, stopping: AbortSignal): Promise<void> {
  for (;;) {
    const claimed = await claimDailyChecks(now, AT_ONCE, LEASE_SECONDS)
    for (const row of claimed) {
      if (stopping.aborted) return
      await decide(row, worker, now).catch((error: unknown) => {
        log().error({ firewall: row.firewallId, err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'daily check failed')
      })
    }
    if (claimed.length < AT_ONCE) return
  }
}
