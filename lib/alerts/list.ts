import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { findAlertPage, rankOf } from '@/lib/db/alert-list-sql'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import type { AlertDto } from './dto'
import { toAlert } from './dto-of'
import type { ListAlertsInput } from './input'

const position = z.strictObject({ rank: z.number().int().min(-1).max(10), openedAt: z.iso.datetime().transform((text) => new Date(text)), id: z.uuid() })

/**
 * Alerts within the actor's scope, worst first unless asked otherwise; what follows from another alert is folded into it and
 * counted there. Throws forbidden, invalid-input naming the field, and query-too-broad when it takes over 5 s.
 */
export async function listAlerts(actor: Actor, { state, severity, kind, customerId, siteId, firewallId, since, causeId, effects, sort, limit, cursor }: ListAlertsInput): Promise<List<AlertDto>> {
  const scope = authoriseScope(actor, 'firewall:read')
  const customerIds = customerId === undefined ? scope.customerIds : scope.customerIds === 'all' || scope.customerIds.includes(customerId) ? [customerId] : []
  const of = causeId !== undefined ? { causeId } : effects === 'true' ? ('all' as const) : ('folded' as const)
  const question = { customerIds, states: state ?? ['open'], severities: severity, kinds: kind, siteId, firewallId, since: since === undefined ? undefined : new Date(since), of }
  const { rows, counted } = await findAlertPage(question, { sort, after: fromCursor(cursor, position), limit: limit + 1 })
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: items.flatMap((row) => toAlert(row) ?? []),
    nextCursor: last?.openedAt ? toCursor({ rank: rankOf(last.severity), openedAt: last.openedAt.toISOString(), id: last.id }) : null,
    ...totalOf(counted),
  }
}
