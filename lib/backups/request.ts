import 'server-only'
import { recordNow } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { notFound } from '@/lib/auth/authorise'
import { firewallError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import { Prisma, type BackupTask } from '@/lib/db/generated/client'
import type { ConnectionRow } from '@/lib/db/sql'
import { findCallable, requireCallable } from '@/lib/firewalls/connect'
import { moduleOf } from '@/lib/firewalls/dto-of'
import { send } from '@/lib/jobs/boss'
import type { BackupTaskDto } from './dto'
import { isBeforeAct, type BackupReason } from './states'
import { findBackupTask } from './task'

type Asked = { row: ConnectionRow; actor: Actor; reason: BackupReason }
const once: CreateRequest = { actorId: '', route: '', idempotencyKey: null, body: null }

/** The intent in the audit log. A schedule's is written only when the firewall is asked for its configuration: a probe is a scheduled read. */
async function noteIntent(tx: Tx, { row, actor, reason }: Asked, taskId: string): Promise<void> {
  const intentEntry = await recordNow(tx, actor, { action: 'firewall.backup', target: { kind: 'firewall', id: row.id, name: row.name }, customer: { id: row.customerId, name: row.customerName }, details: { reason } }, 'intent')
  // The audit entry is the last statement but this one, which only notes its number within the same lock.
  await tx.backupTask.update({ where: { id: taskId }, data: { intentEntry } })
}

async function make(tx: Tx, asked: Asked, id: string): Promise<string> {
  const { row, actor, reason } = asked
  const now = new Date()
  await tx.backupTask.create({ data: { id, firewallId: row.id, state: 'queued', reason, actor: { kind: actor.kind, id: actor.id, name: actor.name }, createdAt: now, nextStepAt: now } })
  if (actor.kind !== 'worker') await noteIntent(tx, asked, id)
  return id
}

/** The stronger one counts: what is kept for ever before an update stays that, whoever joins. */
const strongest = (open: string, asked: BackupReason, isSchedules: boolean): string => (open === 'before-update' ? open : asked === 'before-update' || isSchedules || (asked === 'before-change' && open !== 'before-change') ? asked : open)

/**
 * Makes the open task that of who asks now, if it was a schedule's so far, and lets it go on at once if it waits. What was
 * asked for before a change has to be of now: one that is under way begins again, and who has it finds it lost.
 */
async function hasten(asked: Asked): Promise<BackupTask | null> {
  const { row, actor, reason } = asked
  return db().$transaction(async (tx) => {
    const [open] = await tx.$queryRaw<BackupTask[]>`SELECT * FROM "BackupTask" WHERE "firewallId" = ${row.id}::uuid AND "finishedAt" IS NULL FOR UPDATE`
    if (!open || actor.kind === 'worker') return open ?? null
    const isSchedules = open.intentEntry === null
    await tx.backupTask.update({
      where: { id: open.id },
      data: {
        ...((open.state === 'queued' || isBeforeAct(reason)) && { state: 'queued', nextStepAt: new Date(), attempts: 0 }),
        reason: strongest(open.reason, reason, isSchedules),
        ...(isSchedules && { actor: { kind: actor.kind, id: actor.id, name: actor.name } }),
      },
    })
    if (isSchedules) await noteIntent(tx, asked, open.id)
    return open
  })
}

/**
 * Asks for a backup. The row and the intent in the audit log commit together; a worker carries it out with the rights that
 * the actor has at that moment. While one is open for the firewall, that one is answered. Throws not-found, forbidden,
 * firewall-command-permission-needed and what requireCallable throws.
 */
export async function requestBackup(actor: Actor, { id, reason }: { id: string; reason: BackupReason }, create: CreateRequest = once): Promise<BackupTaskDto> {
  const row = await findCallable(actor, id, 'firewall:ask')
  requireCallable(row)
  if (moduleOf(row).backupNeedsCommands && !row.commandsAllowed) {
    throw firewallError('firewall-command-permission-needed', { message: 'A backup of this firewall needs the command permission, which is off.' })
  }
  const asked = { row, actor, reason }
  const taskId = await createOnce(create, (tx, taskId) => make(tx, asked, taskId), (taskId) => Promise.resolve(taskId)).catch(async (error: unknown) => {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
    const open = await hasten(asked)
    // It ended in between: ask again for a new one.
    return open?.id ?? createOnce(create, (tx, taskId) => make(tx, asked, taskId), (taskId) => Promise.resolve(taskId))
  })
  // If this process dies here, a worker finds the row overdue.
  await send('backup-step', { taskId })
  const task = await findBackupTask(taskId)
  if (!task) throw notFound()
  return task
}
