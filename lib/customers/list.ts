import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import type { CustomerDto, listCustomersInput } from './input'

const position = z.strictObject({ name: z.string().max(200), id: z.uuid() })
const counted = { _count: { select: { firewalls: true, sites: true } } } as const satisfies Prisma.CustomerInclude

export const toCustomer = (row: Prisma.CustomerGetPayload<{ include: typeof counted }>): CustomerDto => ({
  id: row.id,
  name: row.name,
  firewallCount: row._count.firewalls,
  siteCount: row._count.sites,
  createdAt: row.createdAt.toISOString(),
  etag: `"${row.revision}"`,
})

/** Customers within the actor's scope, by name. */
export async function listCustomers(actor: Actor, { search, limit, cursor, sort }: z.output<typeof listCustomersInput>): Promise<List<CustomerDto>> {
  const { customerIds } = authoriseScope(actor, 'customer:read')
  const after = fromCursor(cursor, position)
  const order = sort === 'name' ? 'asc' : 'desc'
  const beyond = order === 'asc' ? 'gt' : 'lt'
  const where: Prisma.CustomerWhereInput = { ...(customerIds !== 'all' && { id: { in: [...customerIds] } }), ...(search && { name: { contains: search, mode: 'insensitive' } }) }
  const page: Prisma.CustomerWhereInput = after ? { AND: [where, { name: { [beyond]: after.name } }] } : where
  const [rows, total] = await Promise.all([
    db().customer.findMany({ where: page, include: counted, orderBy: { name: order }, take: limit + 1 }),
    db().customer.count({ where, take: TOTAL_EXACT_MAX + 1 }),
  ])
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items: items.map(toCustomer), nextCursor: last ? toCursor({ name: last.name, id: last.id }) : null, ...totalOf(total) }
}

/** One customer; what is outside the scope answers like what does not exist. */
export async function readCustomer(actor: Actor, { id }: { id: string }): Promise<CustomerDto> {
  const { customerIds } = authoriseScope(actor, 'customer:read')
  const row = customerIds === 'all' || customerIds.includes(id) ? await db().customer.findUnique({ where: { id }, include: counted }) : null
  if (!row) throw notFound('customer')
  return toCustomer(row)
}
