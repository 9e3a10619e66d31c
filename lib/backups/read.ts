import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import type { Permission } from '@/lib/auth/roles'
import { findBackupStates } from '@/lib/db/backup-list-sql'
import { db } from '@/lib/db/client'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import type { BackupDto, FirewallBackupsDto } from './dto'
import type { ListBackupsInput } from './input'
import { BACKUP_DAYS_MAX } from './states'
import { toTask } from './task'
import { backupInclude, newestFirst, toBackup } from './to-backup'
import { toBackupState } from './to-state'

const position = z.strictObject({ takenAt: z.iso.datetime(), id: z.uuid() })

/** A firewall within the actor's scope. Throws not-found outside it, forbidden without the permission. */
export async function findForBackups(actor: Actor, id: string, permission: Permission) {
  const scope = authoriseScope(actor, 'firewall:read')
  const row = await db().firewall.findFirst({ where: { id, ...inScope(scope) }, select: { id: true, name: true, customerId: true, acceptedBackupId: true, customer: { select: { id: true, name: true } } } })
  if (!row) throw notFound()
  authorise(actor, permission, { customerId: row.customerId })
  return row
}

/** How one firewall stands with its backups, and what is being done now. */
export async function readFirewallBackups(actor: Actor, { id }: { id: string }): Promise<FirewallBackupsDto> {
  await findForBackups(actor, id, 'backup:read')
  const [{ rows }, task] = await Promise.all([
    findBackupStates({ customerIds: 'all', firewallId: id, daysMax: BACKUP_DAYS_MAX }, undefined, null, 1),
    db().backupTask.findFirst({ where: { firewallId: id }, orderBy: { createdAt: 'desc' } }),
  ])
  const [row] = rows
  if (!row) throw notFound()
  const state = toBackupState(row)
  return {
    ...state,
    possible: state.impossibleBecause === null,
    task: task && toTask(task),
  }
}

/** Backups of one firewall, newest first. */
export async function listBackups(actor: Actor, { id, limit, cursor }: ListBackupsInput): Promise<List<BackupDto>> {
  const firewall = await findForBackups(actor, id, 'backup:read')
  const after = fromCursor(cursor, position)
  const where = { firewallId: id }
  const older = after ? { OR: [{ takenAt: { lt: new Date(after.takenAt) } }, { takenAt: new Date(after.takenAt), id: { lt: after.id } }] } : {}
  const [rows, total, newest] = await Promise.all([
    db().backup.findMany({ where: { ...where, ...older }, orderBy: newestFirst, take: limit + 1, include: backupInclude }),
    db().backup.count({ where, take: TOTAL_EXACT_MAX + 1 }),
    db().backup.findFirst({ where, orderBy: newestFirst, select: { id: true } }),
  ])
  const items = rows.slice(0, limit).map((row) => toBackup(row, firewall, newest?.id ?? null))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items, nextCursor: last ? toCursor({ takenAt: last.takenAt.toISOString(), id: last.id }) : null, ...totalOf(total) }
}

export async function readBackup(actor: Actor, { id, backupId }: { id: string; backupId: string }): Promise<BackupDto> {
  const firewall = await findForBackups(actor, id, 'backup:read')
  const [row, newest] = await Promise.all([
    db().backup.findFirst({ where: { id: backupId, firewallId: id }, include: backupInclude }),
    db().backup.findFirst({ where: { firewallId: id }, orderBy: newestFirst, select: { id: true } }),
  ])
  if (!row) throw notFound('backup')
  return toBackup(row, firewall, newest?.id ?? null)
}
