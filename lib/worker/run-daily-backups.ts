import 'server-only'
import { workerActor } from '@/lib/auth/actor'
import { requestBackup } from '@/lib/backups/request'
import { AppError } from '@/lib/core/errors'
import { log } from '@/lib/core/log'
import { claimDailyBackups, setDailyBackup, type DailyBackup } from '@/lib/db/backups-sql'
import { moduleOf } from '@/lib/firewalls/dto-of'
import { FIREWALL_STATES, STATE_RULES } from '@/lib/firewalls/states'
import { effectiveIntervals } from '@/lib/polling/intervals'
import { isQuiet, nextQuietMoment, quietWindow, type QuietWindow } from '@/lib/polling/quiet-hours'

const AT_ONCE = 50
/** A killed worker's backups come back after this. */
const LEASE_SECONDS = 600
/** Whoever has one so new, or is taking one, has one for this night. */
const LATELY_HOURS = 12
/** A firewall that does not answer is looked at again this much later, as long as the night lasts. */
const SILENT_MINUTES = 20
/** The first one is taken by day as well, once whoever enrolled the firewall has set it up. */
const FIRST_MINUTES = 10

function canBeAsked(row: DailyBackup): boolean {
  const state = FIREWALL_STATES.find((word) => word === row.state)
  const mayCall = row.pausedAt === null && state !== undefined && STATE_RULES[state].automation
  const isLate = row.lastBackupHours === null || row.lastBackupHours >= LATELY_HOURS
  return mayCall && isLate && !row.isOpen && (row.commandsAllowed || !moduleOf(row).backupNeedsCommands)
}

/** When it is looked at again before the next night; null = not before. */
function againAt(row: DailyBackup, now: Date, tonight: QuietWindow): Date | null {
  const isNew = row.lastBackupHours === null && row.ageMinutes < FIRST_MINUTES
  if (isNew) return new Date(now.getTime() + (FIRST_MINUTES - row.ageMinutes) * 60_000)
  const again = new Date(now.getTime() + SILENT_MINUTES * 60_000 * (1 + Math.random()))
  return isQuiet(now, tonight) && row.state === 'unreachable' && again < tonight.to ? again : null
}

async function ask(row: DailyBackup, worker: string): Promise<void> {
  try {
    await requestBackup(workerActor(worker), { id: row.firewallId, reason: 'daily' })
  } catch (error) {
    // Stopped or changed since the claim; tomorrow is another night.
    if (!(error instanceof AppError)) throw error
    log().info({ firewall: row.firewallId, code: error.code }, 'the daily backup was not possible')
  }
}

async function decide(row: DailyBackup, worker: string, now: Date): Promise<void> {
  const { quietHours } = effectiveIntervals(...row.intervals)
  const tonight = quietWindow(now, row.timeZone, quietHours)
  const again = canBeAsked(row) ? againAt(row, now, tonight) : null
  if (again === null && canBeAsked(row) && row.state !== 'unreachable' && (isQuiet(now, tonight) || row.lastBackupHours === null)) await ask(row, worker)
  await setDailyBackup(row.firewallId, again ?? nextQuietMoment(now, row.timeZone, quietHours, Math.random()))
}

/**
 * Takes a backup of each firewall that can give one once a day, at a random moment of the quiet hours of its site. One whose
 * moment passed while Palisade did not run waits for the next night; so does one that is paused or stopped, or has one.
 */
export async function runDailyBackups(worker: string, now: Date, stopping: AbortSignal): Promise<void> {
  for (;;) {
    const claimed = await claimDailyBackups(now, AT_ONCE, LEASE_SECONDS)
    for (const row of claimed) {
      if (stopping.aborted) return
      await decide(row, worker, now).catch((error: unknown) => {
        log().error({ firewall: row.firewallId, err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'daily backup failed')
      })
    }
    if (claimed.length < AT_ONCE) return
  }
}
