import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { findLatestEvents } from '@/lib/db/changes-sql'
import { historyEvent, type FleetEvent, type HistoryEvent } from './dto'

/** Kinds whose changes an operator wants to hear of; neighbours and leases come and go all day. */
export const TOLD_KINDS = ['firewall', 'rules', 'aliases', 'gateways', 'interfaces', 'services', 'vpn'] as const
const LIMIT_MAX = 100

/** As the triggers of the table of firewalls write them. */
const written = {
  state: z.object({ state: z.string() }),
  stateAfter: z.object({ state: z.string(), reason: z.string().nullish() }),
  version: z.object({ version: z.string() }),
  certificate: z.object({ sha256: z.string() }),
}

export type ToldChange = { at: Date; kind: string; key: string; before: unknown; after: unknown; count: number }

function fieldsOf({ kind, key, before, after, count }: ToldChange): Record<string, unknown> | null {
  if (kind !== 'firewall') return { type: 'changes', kind, count }
  if (key === 'boot') return { type: 'boot' }
  if (key === 'version') return { type: 'version', before: written.version.safeParse(before).data?.version, after: written.version.safeParse(after).data?.version }
  if (key === 'certificate') return { type: 'certificate', before: written.certificate.safeParse(before).data?.sha256, after: written.certificate.safeParse(after).data?.sha256 }
  if (key !== 'state') return null
  const now = written.stateAfter.safeParse(after).data
  return { type: 'state', before: written.state.safeParse(before).data?.state, after: now?.state, reason: now?.reason ?? null }
}

/** A stored change as an event; null for one that this version does not know. */
export function toEvent(change: ToldChange): HistoryEvent | null {
  return historyEvent.safeParse({ ...fieldsOf(change), at: change.at.toISOString() }).data ?? null
}

/** What happened last within the actor's scope, newest first, at most `limit` (1 to 100). Throws forbidden when they may see no firewall. */
export async function latestEvents(actor: Actor, { customerId, limit }: { customerId?: string | undefined; limit: number }): Promise<FleetEvent[]> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const asked = customerId === undefined ? customerIds : customerIds === 'all' || customerIds.includes(customerId) ? [customerId] : []
  const rows = await findLatestEvents(asked, TOLD_KINDS, Math.min(Math.max(limit, 1), LIMIT_MAX))
  return rows.flatMap((row) => {
    const event = toEvent(row)
    return event ? [{ ...event, firewall: { id: row.firewallId, name: row.firewallName }, customer: { id: row.customerId, name: row.customerName } }] : []
  })
}
