import 'server-only'
import { db } from '@/lib/db/client'
import type { BackupTask } from '@/lib/db/generated/client'
import type { BackupTaskDto } from './dto'
import { isBackupTaskState } from './machine'
import { BACKUP_REASONS } from './states'

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

export function toTask(row: BackupTask): BackupTaskDto {
  return {
    id: row.id,
    state: isBackupTaskState(row.state) ? row.state : 'failed',
    reason: BACKUP_REASONS.find((reason) => reason === row.reason) ?? 'daily',
    createdAt: row.createdAt.toISOString(),
    finishedAt: iso(row.finishedAt),
    nextStepAt: row.finishedAt ? null : row.nextStepAt.toISOString(),
    message: row.message,
    backupId: row.backupId,
  }
}

/** How a task stands; null when there is none. For who waits for the backup that they asked for, and for who is already allowed to see it. */
export async function findBackupTask(taskId: string): Promise<BackupTaskDto | null> {
  const row = await db().backupTask.findUnique({ where: { id: taskId } })
  return row && toTask(row)
}
