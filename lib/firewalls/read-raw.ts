import 'server-only'
import { withAuditedIntent } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { AppError } from '@/lib/core/errors'
import { connectTo, findCallable } from './connect'
import { moduleOf } from './dto-of'
import { noteFailedCall } from './note-failure'

/** The allow-listed raw reads of a firewall, or the redacted answer of one of them. A path never comes from the browser. */
export async function readRaw(actor: Actor, { id, read }: { id: string; read?: string | undefined }, signal: AbortSignal) {
  const row = await findCallable(actor, id, 'firewall:raw')
  const allowed = moduleOf(row).rawReads
  const items = allowed.map(({ id, label }) => ({ id, label }))
  if (read === undefined) return { items, label: null, observedAt: null, value: null }
  const chosen = allowed.find((candidate) => candidate.id === read)
  if (!chosen) throw new AppError('invalid-input', 'There is no such raw read.', { issues: [{ field: 'read', message: `One of ${allowed.map(({ id }) => id).join(', ')}.` }] })
  const event = { action: 'firewall.raw.read', target: { kind: 'firewall', id: row.id, name: row.name }, customer: { id: row.customerId, name: row.customerName }, details: { what: chosen.id } } as const
  const value = await withAuditedIntent(actor, event, async () => {
    try {
      return await (await connectTo(row, signal)).readRaw(chosen.id, signal)
    } catch (error) {
      await noteFailedCall(row, actor, error)
      throw error
    }
  })
  return { items, label: chosen.label, observedAt: new Date().toISOString(), value }
}
