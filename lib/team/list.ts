import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import type { listOperatorsInput, OperatorDto } from './input'
import { visibleTo, type TeamScope } from './reach'
import { showOperators } from './show'

const position = z.strictObject({ name: z.string().max(200), id: z.uuid() })
type Filter = Omit<z.output<typeof listOperatorsInput>, 'limit' | 'cursor'>

const STATE = {
  invited: { joinedAt: null, disabledAt: null },
  active: { joinedAt: { not: null }, disabledAt: null },
  disabled: { disabledAt: { not: null } },
} as const satisfies Record<OperatorDto['state'], Prisma.OperatorWhereInput>
const HAS_FACTOR = { secondFactor: { confirmedAt: { not: null } } } as const satisfies Prisma.OperatorWhereInput

/** Who has access to a customer: by name, or to all customers where the caller may see that. */
const reaching = ({ customerIds }: TeamScope, customerId: string): Prisma.OperatorWhereInput => ({ grants: { some: customerIds === 'all' ? { OR: [{ customerId }, { customerId: null }] } : { customerId: customerIds.includes(customerId) ? customerId : { in: [] } } } })

const matching = (scope: TeamScope, { search, state, customerId, secondFactor }: Filter): Prisma.OperatorWhereInput => ({
  AND: [
    visibleTo(scope),
    search ? { OR: [{ name: { contains: search, mode: 'insensitive' } }, { email: { contains: search, mode: 'insensitive' } }] } : {},
    state ? STATE[state] : {},
    customerId ? reaching(scope, customerId) : {},
    secondFactor === 'yes' ? HAS_FACTOR : secondFactor === 'no' ? { NOT: HAS_FACTOR } : {},
  ],
})

/** Operators with a role within the actor's scope, by name. */
export async function listOperators(actor: Actor, { limit, cursor, ...filter }: z.output<typeof listOperatorsInput>): Promise<List<OperatorDto>> {
  const scope = authoriseScope(actor, 'operator:manage')
  const after = fromCursor(cursor, position)
  const where = matching(scope, filter)
  const page: Prisma.OperatorWhereInput = after ? { AND: [where, { name: { gte: after.name } }, { OR: [{ name: { gt: after.name } }, { id: { gt: after.id } }] }] } : where
  const [rows, total] = await Promise.all([showOperators(scope, page, limit + 1, new Date()), db().operator.count({ where, take: TOTAL_EXACT_MAX + 1 })])
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? toCursor({ name: last.name, id: last.id }) : null, ...totalOf(total) }
}

/** One operator; who has no role within the scope answers like who does not exist. */
export async function readOperator(actor: Actor, { id }: { id: string }): Promise<OperatorDto> {
  const scope = authoriseScope(actor, 'operator:manage')
  const [operator] = await showOperators(scope, { AND: [{ id }, visibleTo(scope)] }, 1, new Date())
  if (!operator) throw notFound('operator')
  return operator
}

/** An operator whom the actor was just allowed to change, also when nothing of theirs is left within the scope. */
export async function showChanged(scope: TeamScope, id: string): Promise<OperatorDto> {
  const [operator] = await showOperators(scope, { id }, 1, new Date())
  if (!operator) throw notFound('operator')
  return operator
}
