import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import { countFirewallStates, findFirewallPage } from '@/lib/db/firewall-list-sql'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import type { FirewallCounts, FirewallSummary } from './dto'
import { summaryInclude, summaryOmit, toSummary } from './dto-of'
import type { CountFirewallsInput, ListFirewallsInput } from './input'
import { orderOf, questionOf } from './question'

const position = z.strictObject({ sorted: z.string().max(400), name: z.string().max(200), id: z.uuid() })

/** Firewalls of a page, in the order of their ids. Those that went away meanwhile are left out. */
export async function summariesOf(ids: readonly string[], now: Date): Promise<FirewallSummary[]> {
  const rows = await db().firewall.findMany({ where: { id: { in: [...ids] } }, include: summaryInclude, omit: summaryOmit })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [toSummary(row, now)] : []
  })
}

/** The fleet within the actor's scope: filtered, sorted and paged in the database. Throws errors of the question that name its field. */
export async function listFirewalls(actor: Actor, input: ListFirewallsInput): Promise<List<FirewallSummary>> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const { places, counted, truncated } = await findFirewallPage({ ...questionOf(input, customerIds), ...orderOf(input), after: fromCursor(input.cursor, position), limit: input.limit })
  const page = places.slice(0, input.limit)
  const last = places.length > input.limit ? page.at(-1) : undefined
  return {
    items: await summariesOf(page.map(({ id }) => id), new Date()),
    nextCursor: last ? toCursor(last) : null,
    ...totalOf(counted),
    ...(truncated && { totalIsAtLeast: true, truncated }),
  }
}

/** How many firewalls match, of how many the actor may see (of the customer, when one is named), and in which states they are. */
export async function countFirewalls(actor: Actor, input: CountFirewallsInput): Promise<FirewallCounts> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const { states, total } = await countFirewallStates(questionOf(input, customerIds), input.customerId)
  return { matching: states.reduce((sum, { count }) => sum + count, 0), total, states: Object.fromEntries(states.map(({ state, count }) => [state, count])) }
}
