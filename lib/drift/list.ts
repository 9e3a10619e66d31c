import 'server-only'
import { z } from 'zod'
import { isFamily } from '@/lib/adapters/registry'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { findDrift, type DriftRow } from '@/lib/db/drift-sql'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import type { DriftDto } from './dto'
import type { ListDriftInput } from './input'

const place = z.strictObject({ since: z.iso.datetime(), items: z.number().int(), id: z.uuid() })
/** Of what could not be compared; lib/db/drift-sql.ts sorts it by the same. */
const UNKNOWN_ITEMS = 2_147_483_647

function toDrift({ firewallId, firewallName, customerId, customerName, family, since, newestTakenAt, revisedAt, ...row }: DriftRow): DriftDto[] {
  if (!isFamily(family)) return []
  const firewall = { id: firewallId, name: firewallName }
  return [{ firewall, customer: { id: customerId, name: customerName }, family, since: since.toISOString(), newestTakenAt: newestTakenAt.toISOString(), revisedAt: revisedAt?.toISOString() ?? null, ...row }]
}

/** Firewalls whose configuration differs from what was accepted: since when, in how many things, and who changed it last. */
export async function listDrift(actor: Actor, { customerId, firewallId, search, limit, cursor, sort }: ListDriftInput): Promise<List<DriftDto>> {
  const { customerIds } = authoriseScope(actor, 'backup:read')
  const asked = customerId === undefined ? customerIds : customerIds === 'all' || customerIds.includes(customerId) ? [customerId] : []
  const after = fromCursor(cursor, place)
  const question = { customerIds: asked, firewallId: firewallId ?? null, search: search || null, sort }
  const { rows, counted } = await findDrift(question, after && { ...after, since: new Date(after.since) }, limit + 1, TOTAL_EXACT_MAX + 1)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { items: page.flatMap(toDrift), nextCursor: last ? toCursor({ since: last.since.toISOString(), items: last.items ?? UNKNOWN_ITEMS, id: last.firewallId }) : null, ...totalOf(counted) }
}
