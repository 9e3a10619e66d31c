// Firewalls whose backups tests take without a worker.
import type { FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { requestBackup } from '@/lib/backups/request'
import type { BackupReason } from '@/lib/backups/states'
import { stepBackup } from '@/lib/backups/step'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { enrolled } from './enrolled'

export async function enrolledId(firewall: FleetFirewall, token: string, customerId: string, commandsAllowed = false): Promise<string> {
  const id = String((await enrolled(firewall, token, customerId)).body.id)
  if (commandsAllowed) await db().firewall.update({ where: { id }, data: { commandsAllowed } })
  return id
}

/** Asks for a backup and takes it; the row of the task as it stands then. */
export async function backUp(actor: Actor, id: string, reason: BackupReason = 'by-hand') {
  const { id: taskId } = await requestBackup(actor, { id, reason })
  await db().backupTask.updateMany({ where: { id: taskId, finishedAt: null }, data: { nextStepAt: new Date(0) } })
  await stepBackup(taskId, 'test', new Date())
  return db().backupTask.findUniqueOrThrow({ where: { id: taskId } })
}
