import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { findPlanPage } from '@/lib/db/plans-sql'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { operatorIdOf } from '@/lib/team/reach'
import type { PlanSummary } from './dto'
import type { ListPlans } from './input'
import { PLAN_STATES } from './states'
import { summariesOf } from './summary'

const position = z.strictObject({ id: z.uuid(), rank: z.number().int(), at: z.iso.datetime() })

function statesOf(text: string | undefined): string[] {
  const words = (text ?? '').split(',').map((word) => word.trim()).filter(Boolean)
  const unknown = words.find((word) => !PLAN_STATES.some((state) => state === word))
  if (unknown !== undefined) throw new AppError('invalid-input', 'This state cannot be asked for.', { issues: [{ field: 'state', message: `One or more of ${PLAN_STATES.join(', ')}, by comma.` }] })
  return words
}

/** Plans with a firewall of a customer that the actor plans updates for, what waits for somebody first, then the newest. */
export async function listPlans(actor: Actor, { state, customerId, limit, cursor }: ListPlans): Promise<List<PlanSummary>> {
  const scope = authoriseScope(actor, 'update:plan')
  const question = { customerIds: scope.customerIds, operatorId: operatorIdOf(actor), customerId: customerId ?? null, states: statesOf(state), after: fromCursor(cursor, position), limit }
  if (customerId !== undefined && scope.customerIds !== 'all' && !scope.customerIds.includes(customerId)) return { items: [], nextCursor: null, total: 0 }
  const { places, counted } = await findPlanPage(question)
  const page = places.slice(0, limit)
  const rows = await db().updatePlan.findMany({ where: { id: { in: page.map(({ id }) => id) } } })
  const ordered = page.flatMap(({ id }) => rows.find((row) => row.id === id) ?? [])
  const last = places.length > limit ? page.at(-1) : undefined
  return { items: await summariesOf(ordered, scope), nextCursor: last ? toCursor(last) : null, ...totalOf(counted) }
}
