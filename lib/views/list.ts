import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { ownSession } from '@/lib/auth/own-session'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { countFirewallStates } from '@/lib/db/firewall-list-sql'
import type { Prisma } from '@/lib/db/generated/client'
import { etagOf } from '@/lib/firewalls/dto-of'
import { parseFirewallQuery, questionOf } from '@/lib/firewalls/question'
import type { List } from '@/lib/lists/list'
import { LISTS } from '@/lib/query-language/fields'
import { COUNTED_VIEWS, VIEWS_MAX, viewDto, type countViewsInput, type listViewsInput, type ViewCounts, type ViewDto } from './input'

export const withOwner = { operator: { select: { name: true } } } as const satisfies Prisma.SavedViewInclude
type ViewRow = Prisma.SavedViewGetPayload<{ include: typeof withOwner }>

export const toView = (row: ViewRow, operatorId: string): ViewDto => ({
  id: row.id,
  list: LISTS.find((list) => list === row.list) ?? 'firewalls',
  name: row.name,
  query: row.query,
  columns: viewDto.shape.columns.safeParse(row.columns).data ?? null,
  shared: row.shared,
  mine: row.operatorId === operatorId,
  owner: row.operator.name,
  etag: etagOf(row.revision),
})

/** One's own views and those that are shared, by name; at most 100. */
export async function listViews(actor: Actor, { list }: z.output<typeof listViewsInput>): Promise<List<ViewDto>> {
  const { id } = ownSession(actor)
  const rows = await db().savedView.findMany({ where: { ...(list && { list }), OR: [{ operatorId: id }, { shared: true }] }, include: withOwner, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: VIEWS_MAX })
  return { items: rows.map((row) => toView(row, id)), nextCursor: null, total: rows.length }
}

/** How many firewalls each of the first ten views of firewalls finds within the reader's customers, or the one named; null where its question is none any more. */
export async function countViews(actor: Actor, { customerId }: z.output<typeof countViewsInput>): Promise<ViewCounts> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const views = (await listViews(actor, { list: 'firewalls' })).items.slice(0, COUNTED_VIEWS)
  const items = []
  // One after another: the sidebar of one page must not take all connections.
  for (const { id, query } of views) items.push({ id, count: await countOf(query, customerId, customerIds) })
  return { items }
}

async function countOf(query: string, customerId: string | undefined, customerIds: 'all' | readonly string[]): Promise<number | null> {
  try {
    const { states } = await countFirewallStates(questionOf({ ...parseFirewallQuery(query), ...(customerId !== undefined && { customerId }) }, customerIds))
    return states.reduce((sum, { count }) => sum + count, 0)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
