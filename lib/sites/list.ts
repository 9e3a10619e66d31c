import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import type { listSitesInput, SiteDto } from './input'

const position = z.strictObject({ name: z.string().max(200), id: z.uuid() })
const shown = { customer: { select: { id: true, name: true } }, _count: { select: { firewalls: true } } } as const satisfies Prisma.SiteInclude

const toSite = (row: Prisma.SiteGetPayload<{ include: typeof shown }>): SiteDto => ({
  id: row.id,
  name: row.name,
  customer: row.customer,
  timeZone: row.timeZone,
  firewallCount: row._count.firewalls,
  createdAt: row.createdAt.toISOString(),
  etag: `"${row.revision}"`,
})

/** Sites of the customers within the actor's scope, by name. */
export async function listSites(actor: Actor, { customerId, search, limit, cursor, sort }: z.output<typeof listSitesInput>): Promise<List<SiteDto>> {
  const scope = authoriseScope(actor, 'customer:read')
  const after = fromCursor(cursor, position)
  const order = sort === 'name' ? 'asc' : 'desc'
  const beyond = order === 'asc' ? 'gt' : 'lt'
  const where: Prisma.SiteWhereInput = { AND: [inScope(scope), customerId ? { customerId } : {}, search ? { name: { contains: search, mode: 'insensitive' } } : {}] }
  const page: Prisma.SiteWhereInput = after ? { AND: [where, { OR: [{ name: { [beyond]: after.name } }, { name: after.name, id: { [beyond]: after.id } }] }] } : where
  const [rows, total] = await Promise.all([
    db().site.findMany({ where: page, include: shown, orderBy: [{ name: order }, { id: order }], take: limit + 1 }),
    db().site.count({ where, take: TOTAL_EXACT_MAX + 1 }),
  ])
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items: items.map(toSite), nextCursor: last ? toCursor({ name: last.name, id: last.id }) : null, ...totalOf(total) }
}

export async function readSite(actor: Actor, { id }: { id: string }): Promise<SiteDto> {
  const scope = authoriseScope(actor, 'customer:read')
  const row = await db().site.findFirst({ where: { id, ...inScope(scope) }, include: shown })
  if (!row) throw notFound('site')
  return toSite(row)
}
