import 'server-only'
import { requestBackup } from '@/lib/backups/request'
import { findBackupTask } from '@/lib/backups/task'
import { sha256Of } from '@/lib/backups/sha256'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { advance, type Step } from './advance'
import { seeContent } from './content'
import { familyOf, revertPortOf } from './port'

const LOOK_SECONDS = 3

/** Asks for the backup without which nothing is changed. Asking again, after a crash, is answered with the one that is open. */
export async function beginRevert(step: Step): Promise<void> {
  const task = await requestBackup(step.actor, { id: step.row.id, reason: 'before-change' })
  await advance(step, 'began', { seconds: LOOK_SECONDS, data: { taskId: task.id } })
}

export async function awaitBackup(step: Step): Promise<void> {
  const { taskId } = step.revert
  const task = taskId === null ? null : await findBackupTask(taskId)
  if (!task) return void (await advance(step, 'refused', { message: 'The backup that was asked for is not there any more. Nothing was changed on the firewall. Try again.' }))
  if (task.finishedAt === null) return void (await advance(step, 'waits', { seconds: LOOK_SECONDS }))
  if (task.backupId !== null && (task.state === 'done' || task.state === 'unchanged')) {
    const backup = await db().backup.findUnique({ where: { id: task.backupId }, select: { content: { select: { sha256: true } } } })
    if (backup?.content.sha256 !== step.revert.runningSha256) return void (await advance(step, 'refused', { message: 'The backup is not of what you saw: the configuration was changed meanwhile. Nothing was changed by Palisade. Look at what going back would change now.' }))
    return void (await advance(step, 'backedUp', { seconds: 0, data: { backupId: task.backupId } }))
  }
  await advance(step, 'refused', { message: `Without a backup nothing is changed on the firewall. ${task.message ?? 'It could not be taken; try again.'}` })
}

const refused = (message: string): AppError => new AppError('conflict', message)

/** Fetches both configurations again. Throws a sentence when one of them is not what the person saw, or when they do not differ. */
export async function compareAgain({ revert, row }: Step, signal: AbortSignal) {
  const port = await revertPortOf(row, signal)
  const entry = (await port.entries(signal)).find(({ id }) => id === revert.revision)
  const wanted = entry && (await port.content(revert.revision, signal))
  if (!entry || !wanted) throw refused('The firewall does not have this entry any more. Nothing was changed on it. Look at the entries again.')
  if (sha256Of(wanted) !== revert.sha256) throw refused('The entry is not what you saw any more. Nothing was changed on the firewall. Look at it again.')
  const running = await port.content(null, signal)
  if (!running || sha256Of(running) !== revert.runningSha256) throw refused('The configuration was changed since you looked. Nothing was changed by Palisade. Look at what going back would change now.')
  const [target, before] = [await seeContent(wanted, familyOf(row), signal), await seeContent(running, familyOf(row), signal)]
  if (target.digest === before.digest) throw refused('The entry does not differ from what is there now. Nothing was changed on the firewall.')
  return { port, entry, targetDigest: target.digest, runningDigest: before.digest }
}
