import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { renewTrees } from '@/lib/backups/renew'
import { lockBackups } from '@/lib/db/backups-sql'
import { db, type Tx } from '@/lib/db/client'
import type { FirewallDrift } from './dto'
import type { AcceptDriftInput } from './input'
import { readFirewallDrift } from './read'
import { settleAgainst } from './settle'

/** It waits for a backup that is being stored, and with `again` compares two configurations, as long as that may take (lib/backups/run.ts). */
const ACCEPT_MS = 60_000

type Asked = Pick<AcceptDriftInput, 'backupId' | 'again'> & { firewallId: string }

/** The newest backup, when `backupId` may be accepted now; throws conflict with what to do when it may not. */
async function newestFor(tx: Tx, { firewallId, backupId, again }: Asked): Promise<string> {
  const newest = await tx.backup.findFirst({ where: { firewallId }, orderBy: [{ takenAt: 'desc' }, { id: 'desc' }], select: { id: true } })
  if (!newest || !(await tx.backup.findFirst({ where: { id: backupId, firewallId }, select: { id: true } }))) throw notFound('backup')
  if (newest.id === backupId) return newest.id
  if (!again) throw new AppError('conflict', 'This is not the newest configuration any more, so nothing was accepted.', { nextStep: 'Look at what changed since, then accept the newest one.' })
  const before = await tx.configAcceptance.count({ where: { firewallId, backupId } })
  const first = await tx.backup.findFirst({ where: { firewallId }, orderBy: [{ takenAt: 'asc' }, { id: 'asc' }], select: { id: true } })
  if (before === 0 && first?.id !== backupId) throw new AppError('conflict', 'This configuration was never accepted.', { nextStep: 'Only what was accepted before can be accepted again.' })
  return newest.id
}

/**
 * Says that a configuration is as it should be: from now on, drift is what differs from it. Only the newest one can be
 * accepted, or with `again` one that was accepted before, which takes a later acceptance back. The row, the firewall's
 * columns and the audit entry commit together. Throws not-found, forbidden, conflict.
 */
export async function acceptDrift(actor: Actor, { id, backupId, note, again }: AcceptDriftInput): Promise<FirewallDrift> {
  const scope = authoriseScope(actor, 'firewall:read')
  const row = await db().firewall.findFirst({ where: { id, ...inScope(scope) }, select: { id: true, name: true, customer: { select: { id: true, name: true } } } })
  if (!row) throw notFound()
  authorise(actor, 'backup:read', { customerId: row.customer.id })
  // Before the lock is held: what was read by older rules may take a while.
  if (again) await renewTrees(id, new AbortController().signal, [backupId])
  await db().$transaction(async (tx) => {
    await lockBackups(tx, id)
    const newestId = await newestFor(tx, { firewallId: id, backupId, again })
    const before = await tx.firewall.findUniqueOrThrow({ where: { id }, select: { acceptedBackupId: true, driftSince: true, driftItems: true } })
    await tx.configAcceptance.create({ data: { firewallId: id, backupId, at: new Date(), operatorId: actor.kind === 'operator' ? actor.id : null, operatorName: actor.name, note } })
    await tx.firewall.update({ where: { id }, data: { acceptedBackupId: backupId, driftSince: null, driftItems: null } })
    if (backupId !== newestId) await settleAgainst(tx, id, backupId, newestId)
    await record(tx, actor, { action: 'firewall.drift.accept', target: { kind: 'firewall', id, name: row.name }, customer: row.customer, details: { note }, before: { acceptedBackupId: before.acceptedBackupId, driftItems: before.driftItems }, after: { acceptedBackupId: backupId } })
  }, { timeout: ACCEPT_MS })
  return readFirewallDrift(actor, { id })
}
