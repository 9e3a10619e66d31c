import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import { countFirewalls, findFirewallPage, type FirewallSort } from '@/lib/db/firewall-list-sql'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import type { FirewallSummary } from './dto'
import { summaryInclude, toSummary } from './dto-of'
import { FIREWALL_SORTS, type ListFirewallsInput } from './input'

const position = z.strictObject({ sorted: z.string().max(200), name: z.string().max(200), id: z.uuid() })

/** The fleet within the actor's scope: filtered, sorted and paged in the database. */
export async function listFirewalls(actor: Actor, input: ListFirewallsInput): Promise<List<FirewallSummary>> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const descending = input.sort.startsWith('-')
  const sort: FirewallSort = FIREWALL_SORTS.find((name) => name === input.sort.replace('-', '')) ?? 'state'
  const [places, counted] = await Promise.all([findFirewallPage(input, customerIds, sort, descending, fromCursor(input.cursor, position)), countFirewalls(input, customerIds)])
  const page = places.slice(0, input.limit)
  const rows = await db().firewall.findMany({ where: { id: { in: page.map(({ id }) => id) } }, include: summaryInclude })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const now = new Date()
  const last = places.length > input.limit ? page.at(-1) : undefined
  return {
    items: page.flatMap(({ id }) => {
      const row = byId.get(id)
      return row ? [toSummary(row, now)] : []
    }),
    nextCursor: last ? toCursor(last) : null,
    ...totalOf(counted),
  }
}
