import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import { findOperator, requireOutranked } from '@/lib/team/find'
import { operatorIdOf } from '@/lib/team/reach'
import type { listTokensInput, TokenDto } from './input'
import { mayManageTokens, toToken, withScopes } from './reach'

const position = z.strictObject({ at: z.iso.datetime(), id: z.uuid() })

/** Whose tokens are listed. Throws not-found for operators that the actor does not see, forbidden for those above. */
async function tokensOf(actor: Actor, operatorId: string | undefined): Promise<Prisma.ApiTokenWhereInput> {
  const own = operatorIdOf(actor)
  if (operatorId !== undefined && operatorId !== own) {
    const scope = authoriseScope(actor, 'operator:manage')
    requireOutranked(scope, await findOperator(db(), scope, operatorId))
    return { operatorId }
  }
  if (actor.kind !== 'token') return { operatorId: own ?? { in: [] } }
  const grants = await db().grant.findMany({ where: { operatorId: actor.operatorId } })
  return mayManageTokens(actor, grants) ? { operatorId: actor.operatorId } : { id: actor.id }
}

/** One's own tokens, or those of an operator whom one may change; newest first. A token sees itself, or all where it has the rights of its operator. */
export async function listTokens(actor: Actor, { operatorId, limit, cursor }: z.output<typeof listTokensInput>): Promise<List<TokenDto>> {
  authoriseScope(actor, 'customer:read')
  const where = await tokensOf(actor, operatorId)
  const after = fromCursor(cursor, position)
  const page: Prisma.ApiTokenWhereInput = after ? { AND: [where, { createdAt: { lte: after.at } }, { OR: [{ createdAt: { lt: after.at } }, { id: { lt: after.id } }] }] } : where
  const [rows, total] = await Promise.all([
    db().apiToken.findMany({ where: page, include: withScopes, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: limit + 1 }),
    db().apiToken.count({ where, take: TOTAL_EXACT_MAX + 1 }),
  ])
  const now = new Date()
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items: items.map((row) => toToken(actor, row, now)), nextCursor: last ? toCursor({ at: last.createdAt.toISOString(), id: last.id }) : null, ...totalOf(total) }
}
