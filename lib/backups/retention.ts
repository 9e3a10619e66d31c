import 'server-only'
import { backupsOf, removeBackups, type KeptBackup } from '@/lib/db/backups-sql'
import type { Tx } from '@/lib/db/client'

export const DAYS_KEPT = 30
export const MONTHS_KEPT = 12
const DAY_MS = 86_400_000

const monthOf = (at: Date): string => at.toISOString().slice(0, 7)
/** Names of months, from the one to the other. */
function monthsOf(from: string, to: string): string[] {
  const months: string[] = []
  for (let at = new Date(`${from}-01T00:00:00Z`); monthOf(at) <= to; at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1))) months.push(monthOf(at))
  return months
}

/**
 * Which of a firewall's backups, oldest first, are removed now. Kept are: what held at any time of the last 30 days; what held
 * at the end of each of the last 12 months; what was taken before an update; the newest of all and the newest that can be
 * given back; what is accepted, and what a revert that is under way rests on. Pure.
 */
export function outlived(backups: readonly KeptBackup[], now: Date): string[] {
  const from = now.getTime() - DAYS_KEPT * DAY_MS
  const firstMonth = monthOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS_KEPT, 1)))
  const months = new Map<string, KeptBackup>()
  // What held for months is the last of each of them, not only of the first and the last.
  for (const backup of backups) {
    const began = monthOf(backup.takenAt)
    for (const month of monthsOf(began > firstMonth ? began : firstMonth, monthOf(backup.seenAt))) months.set(month, backup)
  }
  const kept = new Set([...months.values(), backups.at(-1), backups.findLast(({ format }) => format === 'xml')])
  return backups.filter((backup) => !kept.has(backup) && !backup.keepForever && !backup.isNeeded && backup.seenAt.getTime() < from).map(({ id }) => id)
}

/** Removes the outlived backups of one firewall with every piece that no other needs. The transaction holds its lock (lockBackups). */
export async function pruneBackups(tx: Tx, firewallId: string, now: Date): Promise<void> {
  const ids = outlived(await backupsOf(tx, firewallId), now)
  if (ids.length > 0) await removeBackups(tx, firewallId, ids)
}
