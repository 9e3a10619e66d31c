import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import { findFirewallPage, type FirewallSort } from '@/lib/db/firewall-list-sql'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { parseConditions, type Pair } from '@/lib/query-language/parse'
import { regexTest } from '@/lib/query-language/regex'
import type { FirewallSummary } from './dto'
import { summaryInclude, toSummary } from './dto-of'
import { FIREWALL_SORTS, type ListFirewallsInput } from './input'

const position = z.strictObject({ sorted: z.string().max(200), name: z.string().max(200), id: z.uuid() })
const words = (list: string) => list.split(',').map((word) => word.trim()).filter(Boolean).join(',')

/** The parameters that are older than the query language, in its words. */
function conditionsOf({ customerId, siteId, family, state, firmware, tag, where }: ListFirewallsInput): Pair[] {
  const older: (readonly [string, string | undefined])[] = [
    ['customer__id', customerId],
    ['site__id', siteId],
    ['family', family],
    ['state__in', state && words(state)],
    ['firmware__state__in', firmware && words(firmware)],
    ['tags', tag],
  ]
  return [...older.flatMap(([name, value]): Pair[] => (value ? [[name, value]] : [])), ...where]
}

/** The fleet within the actor's scope: filtered, sorted and paged in the database. Throws errors of the question that name its field. */
export async function listFirewalls(actor: Actor, input: ListFirewallsInput): Promise<List<FirewallSummary>> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const conditions = parseConditions('firewalls', conditionsOf(input))
  const sort: FirewallSort = FIREWALL_SORTS.find((name) => name === input.sort.replace('-', '')) ?? 'state'
  const question = { conditions, regex: regexTest(conditions), search: input.search, customerIds, sort, descending: input.sort.startsWith('-'), after: fromCursor(input.cursor, position), limit: input.limit }
  const { places, counted, truncated } = await findFirewallPage(question)
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
    ...(truncated && { totalIsAtLeast: true, truncated }),
  }
}
