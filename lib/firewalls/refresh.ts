import 'server-only'
import { withAuditedIntent } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { askReadings } from './ask-readings'
import { findCallable, requireCallable } from './connect'
import { readFirewall } from './read'

/** Reads everything from a firewall now. Throws what stopped it; readings that failed alone are named in the result. */
export async function refreshFirewall(actor: Actor, { id }: { id: string }, signal: AbortSignal) {
  const row = await findCallable(actor, id, 'firewall:ask')
  requireCallable(row)
  const event = { action: 'firewall.refresh', target: { kind: 'firewall', id: row.id, name: row.name }, customer: { id: row.customerId, name: row.customerName } } as const
  const act = async () => {
    const asked = await askReadings(row, actor, signal)
    if (asked.stopped !== null && asked.answered === 0) throw asked.stopped
    return asked
  }
  const { asked, answered, failures } = await withAuditedIntent(actor, event, act, { details: (value) => ({ asked: value.asked, answered: value.answered, failed: value.failures.map(({ kind }) => kind) }) })
  return { asked, answered, failures, firewall: await readFirewall(actor, { id }) }
}
