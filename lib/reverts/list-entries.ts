import 'server-only'
import { withAuditedIntent, type AuditEvent } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import type { ConnectionRow } from '@/lib/db/sql'
import { findCallable } from '@/lib/firewalls/connect'
import { noteFailedCall } from '@/lib/firewalls/note-failure'
import type { HistoryEntries } from './dto'
import { requireWayBack, revertPortOf } from './port'

/** Looking into the history of a firewall is an act: it asks the firewall, and for a preview it reads a configuration. */
export const historyReadEvent = (row: ConnectionRow, details: Record<string, unknown>): AuditEvent => ({
  action: 'firewall.history.read',
  target: { kind: 'firewall', id: row.id, name: row.name },
  customer: { id: row.customerId, name: row.customerName },
  details,
})

/** The entries that the firewall keeps of its own configuration, asked for now. Throws firewall-not-reported where its API has no way back to them. */
export async function listHistoryEntries(actor: Actor, { id }: { id: string }, signal: AbortSignal): Promise<HistoryEntries> {
  const row = await findCallable(actor, id, 'backup:read')
  requireWayBack(row)
  return withAuditedIntent(actor, historyReadEvent(row, { what: 'entries' }), async () => {
    try {
      const items = await (await revertPortOf(row, signal)).entries(signal)
      return { observedAt: new Date().toISOString(), items }
    } catch (error) {
      await noteFailedCall(row, actor, error)
      throw error
    }
  })
}
