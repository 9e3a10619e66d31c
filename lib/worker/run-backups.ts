import 'server-only'
import { overdueBackups, stepBackup } from '@/lib/backups/step'
import { send, work } from '@/lib/jobs/boss'

const AT_ONCE_MAX = 4

/** Takes backups that were asked for, as long as the process lives. */
export const startBackups = (worker: string): Promise<void> => work('backup-step', AT_ONCE_MAX, ({ taskId }) => stepBackup(taskId, worker, new Date()))

/** Wakes backups again whose wake-up got lost; the row decides, so one too many harms nothing. */
export async function wakeOverdueBackups(now: Date): Promise<void> {
  for (const taskId of await overdueBackups(now)) await send('backup-step', { taskId })
}
