import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope, notFound, type Scope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import type { BlackoutDto } from './dto'
import type { ListBlackouts } from './input'

const position = z.strictObject({ firstDay: z.string().max(10), id: z.uuid() })
const named = { select: { id: true, name: true } } as const
const shown = { customer: named, site: named } as const satisfies Prisma.BlackoutInclude

const toBlackout = ({ id, name, customer, site, firstDay, lastDay, createdAt, revision }: Prisma.BlackoutGetPayload<{ include: typeof shown }>): BlackoutDto => ({ id, name, customer, site, firstDay, lastDay, createdAt: createdAt.toISOString(), etag: `"${revision}"` })

const everywhere: Prisma.BlackoutWhereInput = { customerId: null }
/** Those of the whole installation hold for everyone. A condition that asks nothing is none within OR, so it stands alone. */
const seenIn = (scope: Scope<'firewall:read'>): Prisma.BlackoutWhereInput => (scope.customerIds === 'all' ? {} : { OR: [inScope(scope), everywhere] })

/** Blackouts within the actor's scope and those of the whole installation, which hold for everyone; by their first day. */
export async function listBlackouts(actor: Actor, { customerId, limit, cursor }: ListBlackouts): Promise<List<BlackoutDto>> {
  const scope = authoriseScope(actor, 'firewall:read')
  const after = fromCursor(cursor, position)
  const where: Prisma.BlackoutWhereInput = { AND: [seenIn(scope), customerId === undefined ? {} : { OR: [{ customerId }, everywhere] }] }
  const beyond: Prisma.BlackoutWhereInput = after ? { OR: [{ firstDay: { gt: after.firstDay } }, { firstDay: after.firstDay, id: { gt: after.id } }] } : {}
  const [rows, total] = await Promise.all([
    db().blackout.findMany({ where: { AND: [where, beyond] }, include: shown, orderBy: [{ firstDay: 'asc' }, { id: 'asc' }], take: limit + 1 }),
    db().blackout.count({ where, take: TOTAL_EXACT_MAX + 1 }),
  ])
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items: items.map(toBlackout), nextCursor: last ? toCursor({ firstDay: last.firstDay, id: last.id }) : null, ...totalOf(total) }
}

/** One blackout; what is outside the scope answers like what does not exist. */
export async function readBlackout(actor: Actor, { id }: { id: string }): Promise<BlackoutDto> {
  const scope = authoriseScope(actor, 'firewall:read')
  const row = await db().blackout.findFirst({ where: { AND: [{ id }, seenIn(scope)] }, include: shown })
  if (!row) throw notFound('blackout')
  return toBlackout(row)
}
