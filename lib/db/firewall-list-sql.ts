import 'server-only'
// Tagged SQL of the fleet list: closed tables of columns, keyset pages, one statement for a page and one for the count.
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import type { Condition } from '@/lib/query-language/condition'
import type { RegexTest } from '@/lib/query-language/regex'
import { boundedRead, type Run } from './bounded-read'
import { FIREWALLS_FROM, inCustomers, SHOWN_STATE } from './firewall-columns'
import { orderSql, type FirewallOrder, type FirewallPosition } from './firewall-sorts'
import { Prisma } from './generated/client'
import { conditionSql } from './query-sql'
import { matchingRows, regexValues } from './regex-sql'

export type FirewallQuestion = {
  conditions: readonly Condition[]
  regex: RegexTest | null
  /** Looked for in the names of a firewall and its places, without regard to case. */
  search: string | undefined
  customerIds: 'all' | readonly string[]
}
/** `limit`: rows of a page; one more tells that there is a next one. */
export type FirewallPageQuestion = FirewallQuestion & FirewallOrder & { after: FirewallPosition | null; limit: number }

const likePattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** The condition of a question but for its regular expressions. */
export function matching({ conditions, search, customerIds }: FirewallQuestion): Prisma.Sql {
  const like = likePattern(search ?? '')
  const searched = Prisma.sql`(f.name ILIKE ${like} OR f.hostname ILIKE ${like} OR f.origin ILIKE ${like} OR c.name ILIKE ${like} OR s.name ILIKE ${like} OR array_to_string(f.tags, ' ') ILIKE ${like})`
  return Prisma.join([inCustomers(customerIds), ...(search ? [searched] : []), ...conditions.map(conditionSql)], ' AND ')
}

/** The whole condition: what has regular expressions is found first and named by id then. */
async function matchingAll(run: Run, question: FirewallQuestion): Promise<{ where: Prisma.Sql; truncated: boolean }> {
  const where = matching(question)
  if (!question.regex) return { where, truncated: false }
  const found = await matchingRows<{ id: string; values: unknown[] }>(run, question.regex, Prisma.sql`SELECT f.id, ${regexValues(question.regex)} AS "values" FROM ${FIREWALLS_FROM} WHERE ${where} ORDER BY f.id`)
  return { where: Prisma.sql`f.id = ANY(${found.rows.map(({ id }) => id)}::uuid[])`, truncated: found.truncated }
}

/** Places of one page, in order. */
export function pageStatement({ limit, after, ...order }: Pick<FirewallPageQuestion, 'limit' | 'after' | 'sort' | 'descending'>, where: Prisma.Sql): Prisma.Sql {
  const { sorted, order: ordered, beyond } = orderSql(order, after)
  return Prisma.sql`
    SELECT f.id, (${sorted})::text AS sorted, lower(f.name) AS name FROM ${FIREWALLS_FROM}
    WHERE ${where} AND ${beyond}
    ORDER BY ${ordered} LIMIT ${limit + 1}`
}

/** Places of one page in order, with how many match, counted up to one more than TOTAL_EXACT_MAX. Throws query-too-broad when it takes over 5 s. */
export function findFirewallPage(question: FirewallPageQuestion): Promise<{ places: FirewallPosition[]; counted: number; truncated: boolean }> {
  return boundedRead(async (run) => {
    const { where, truncated } = await matchingAll(run, question)
    const places = await run<FirewallPosition>(pageStatement(question, where))
    const [row] = await run<{ count: number }>(Prisma.sql`SELECT count(*)::int AS count FROM (SELECT 1 FROM ${FIREWALLS_FROM} WHERE ${where} LIMIT ${TOTAL_EXACT_MAX + 1}) capped`)
    return { places, counted: row?.count ?? 0, truncated }
  })
}

/** Places of one page alone, for who reads one page after another. Throws query-too-broad when it takes over 5 s. */
export function findFirewallPlaces(question: FirewallPageQuestion): Promise<FirewallPosition[]> {
  return boundedRead(async (run) => run<FirewallPosition>(pageStatement(question, (await matchingAll(run, question)).where)))
}

/** How many match by the state that is shown, and how many the reader may see at all, or of this customer. Throws query-too-broad when it takes over 5 s. */
export function countFirewallStates(question: FirewallQuestion, customerId?: string): Promise<{ states: { state: string; count: number }[]; total: number }> {
  return boundedRead(async (run) => {
    const { where } = await matchingAll(run, question)
    const states = await run<{ state: string; count: number }>(Prisma.sql`SELECT ${SHOWN_STATE} AS state, count(*)::int AS count FROM ${FIREWALLS_FROM} WHERE ${where} GROUP BY 1`)
    const [row] = await run<{ count: number }>(Prisma.sql`SELECT count(*)::int AS count FROM "Firewall" f WHERE ${inCustomers(question.customerIds)} AND ${customerId === undefined ? Prisma.sql`TRUE` : inCustomers([customerId])}`)
    return { states, total: row?.count ?? 0 }
  })
}

/** Ids of everything that a question with regular expressions matches, up to one more than `limit`. Throws query-too-broad when it takes over 5 s. */
export function findFirewallIds(question: FirewallQuestion, limit: number): Promise<{ ids: string[]; truncated: boolean }> {
  return boundedRead(async (run) => {
    const { where, truncated } = await matchingAll(run, question)
    const rows = await run<{ id: string }>(Prisma.sql`SELECT f.id FROM ${FIREWALLS_FROM} WHERE ${where} LIMIT ${limit + 1}`)
    return { ids: rows.map(({ id }) => id), truncated }
  })
}
