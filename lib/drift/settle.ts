import 'server-only'
import { contentOfBackup } from '@/lib/backups/contents'
import { AppError } from '@/lib/core/errors'
import { countChanges } from '@/lib/configuration/difference'
import type { ChangeCounts } from '@/lib/configuration/dto'
import { changesIn, differingSections, problemOf, type StoredPair } from '@/lib/configuration/stored'
import { lockBackups } from '@/lib/db/backups-sql'
import type { Tx } from '@/lib/db/client'

type Times = { takenAt: Date; revisedAt: Date | null }

async function pairOf(tx: Tx, before: string, after: string): Promise<StoredPair | null> {
  const [old, now] = [await contentOfBackup(before, tx), await contentOfBackup(after, tx)]
  return old && now ? { before: old, after: now } : null
}

/** How many things differ; null when the two cannot be compared, for one of them may be damaged. That keeps no backup from being stored. */
async function countsOf(tx: Tx, pair: StoredPair): Promise<ChangeCounts | null> {
  if (problemOf(pair) !== null) return null
  try {
    const changes = await changesIn(pair, differingSections(pair).filter((name) => name !== 'volatile'), tx)
    return countChanges([...changes.values()].flat())
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

const total = ({ added, removed, changed, moved }: ChangeCounts): number => added + removed + changed + moved

/** When it began to differ: what the firewall says, where that can be, else when it was seen. */
function sinceOf({ takenAt, revisedAt }: Times, accepted: Times): Date {
  return revisedAt !== null && revisedAt <= takenAt && revisedAt >= (accepted.revisedAt ?? accepted.takenAt) ? revisedAt : takenAt
}

/** Differences from the backup before it, for the list of backups. A moved thing counts as changed. */
async function countAgainstPrevious(tx: Tx, firewallId: string, backup: Times & { id: string }): Promise<void> {
  const previous = await tx.backup.findFirst({ where: { firewallId, id: { not: backup.id }, takenAt: { lte: backup.takenAt } }, orderBy: [{ takenAt: 'desc' }, { id: 'desc' }], select: { id: true } })
  const pair = previous && (await pairOf(tx, previous.id, backup.id))
  const counts = pair && (await countsOf(tx, pair))
  if (counts) await tx.backup.update({ where: { id: backup.id }, data: { added: counts.added, removed: counts.removed, changed: counts.changed + counts.moved } })
}

/** Firewall.driftSince and driftItems, for the accepted backup and the newest one. */
export async function settleAgainst(tx: Tx, firewallId: string, acceptedId: string, newestId: string): Promise<void> {
  const pair = await pairOf(tx, acceptedId, newestId)
  if (!pair) return
  const counts = await countsOf(tx, pair)
  if (counts && total(counts) === 0) {
    await tx.firewall.update({ where: { id: firewallId }, data: { driftSince: null, driftItems: null } })
    return
  }
  const times = { takenAt: true, revisedAt: true } as const
  const [accepted, newest, firewall] = await Promise.all([
    tx.backup.findUniqueOrThrow({ where: { id: acceptedId }, select: times }),
    tx.backup.findUniqueOrThrow({ where: { id: newestId }, select: times }),
    tx.firewall.findUniqueOrThrow({ where: { id: firewallId }, select: { driftSince: true } }),
  ])
  await tx.firewall.update({ where: { id: firewallId }, data: { driftSince: firewall.driftSince ?? sinceOf(newest, accepted), driftItems: counts && total(counts) } })
}

/**
 * Settles how a firewall stands after its newest backup was stored, in the transaction that stores it: the differences from
 * the backup before it (Backup.added, removed, changed) and from what is accepted (Firewall.driftSince, driftItems). The
 * first backup that can be compared stands for what is accepted until an operator accepts one.
 */
export async function settleDrift(tx: Tx, firewallId: string, backupId: string): Promise<void> {
  await lockBackups(tx, firewallId)
  const backup = await tx.backup.findUniqueOrThrow({ where: { id: backupId }, select: { id: true, takenAt: true, revisedAt: true, content: { select: { itemCount: true } } } })
  await countAgainstPrevious(tx, firewallId, backup)
  const { acceptedBackupId } = await tx.firewall.findUniqueOrThrow({ where: { id: firewallId }, select: { acceptedBackupId: true } })
  if (acceptedBackupId !== null && (await tx.backup.count({ where: { id: acceptedBackupId } })) > 0) return settleAgainst(tx, firewallId, acceptedBackupId, backupId)
  if (backup.content.itemCount !== null) await tx.firewall.update({ where: { id: firewallId }, data: { acceptedBackupId: backupId, driftSince: null, driftItems: null } })
}
