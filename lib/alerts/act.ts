import 'server-only'
// What acknowledging, taking it back and writing a note share: which alert, whether it may be, and what is written down.
import { record } from '@/lib/audit/record'
import type { AuditAction } from '@/lib/audit/actions'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope, notFound } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { findAlerts, type StoredAlert } from '@/lib/db/alert-list-sql'
import { boundedRead } from '@/lib/db/bounded-read'
import type { Tx } from '@/lib/db/client'
import { titleOf } from './dto-of'

/** These alerts within what the actor sees, whatever they may do there. */
export const seenAlerts = (actor: Actor, ids: readonly string[]): Promise<StoredAlert[]> => {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  return boundedRead((run) => findAlerts(run, ids, customerIds))
}

/**
 * One alert that the actor may answer, as it was when they looked at it. Throws not-found, forbidden, and stale when it has
 * changed since.
 */
export async function answerable(actor: Actor, id: string, expectedRevision: number): Promise<StoredAlert> {
  const [alert] = await seenAlerts(actor, [id])
  if (!alert) throw notFound('alert')
  authorise(actor, 'alert:act', { customerId: alert.customerId })
  if (alert.revision !== expectedRevision) throw stale()
  return alert
}

export const stale = () => new AppError('stale', 'This alert changed since you looked at it.', { nextStep: 'Look again, then decide.' })

/** The entry of an act on an alert: it stands in the log of the firewall. */
export const recordAct = (tx: Tx, actor: Actor, action: AuditAction, alert: StoredAlert, details: Record<string, unknown> = {}): Promise<void> =>
  record(tx, actor, {
    action,
    target: { kind: 'firewall', id: alert.firewallId, name: alert.firewallName },
    customer: { id: alert.customerId, name: alert.customerName },
    details: { alert: alert.id, title: titleOf(alert), ...details },
  })
