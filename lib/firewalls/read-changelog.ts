import 'server-only'
import { withAuditedIntent } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { firewallError } from '@/lib/core/errors'
import { connectTo, findCallable } from './connect'
import { noteFailedCall } from './note-failure'

/** The change notes of a version as plain text, asked from the firewall now. */
export async function readChangelog(actor: Actor, { id, version }: { id: string; version: string }, signal: AbortSignal) {
  const row = await findCallable(actor, id, 'firewall:ask')
  const event = { action: 'firewall.changelog.read', target: { kind: 'firewall', id: row.id, name: row.name }, customer: { id: row.customerId, name: row.customerName }, details: { version } } as const
  const text = await withAuditedIntent(actor, event, async () => {
    try {
      return await (await connectTo(row, signal)).readChangelog(version, signal)
    } catch (error) {
      await noteFailedCall(row, actor, error)
      throw error
    }
  })
  if (text === null) throw firewallError('firewall-not-reported', { message: 'This family does not offer change notes through its API.' })
  return { version, text }
}
