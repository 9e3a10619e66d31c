import 'server-only'
// Tagged SQL of the fleet list: closed tables of columns, keyset pages, one statement for a page and one for the count.
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import type { Condition } from '@/lib/query-language/condition'
import type { RegexTest } from '@/lib/query-language/regex'
import { boundedRead, type Run } from './bounded-read'
import { FIREWALLS_FROM, inCustomers } from './firewall-columns'
import { Prisma } from './generated/client'
import { conditionSql } from './query-sql'
import { matchingRows, regexValues } from './regex-sql'

/** Sort orders of the list; each ends in name and id, so that every row has exactly one place. */
const SORTS = {
  state: Prisma.sql`f."stateRank"`,
  name: Prisma.sql`lower(f.name)`,
  customer: Prisma.sql`lower(c.name)`,
  site: Prisma.sql`lower(coalesce(s.name, ''))`,
  version: Prisma.sql`coalesce(f.version, '')`,
  firmware: Prisma.sql`f."firmwareState"`,
  visited: Prisma.sql`coalesce(f."visitedAt", 'epoch')`,
} as const
const SORT_TYPES = { state: 'int', name: 'text', customer: 'text', site: 'text', version: 'text', firmware: 'text', visited: 'timestamptz' } as const
export type FirewallSort = keyof typeof SORTS
export type FirewallPosition = { sorted: string; name: string; id: string }

export type FirewallQuestion = {
  conditions: readonly Condition[]
  regex: RegexTest | null
  /** Looked for in the names of a firewall and its places, without regard to case. */
  search: string | undefined
  customerIds: 'all' | readonly string[]
  sort: FirewallSort
  descending: boolean
  after: FirewallPosition | null
  /** Rows of a page; one more tells that there is a next one. */
  limit: number
}

const likePattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

function matching({ conditions, search, customerIds }: FirewallQuestion): Prisma.Sql {
  const like = likePattern(search ?? '')
  const searched = Prisma.sql`(f.name ILIKE ${like} OR f.hostname ILIKE ${like} OR f.origin ILIKE ${like} OR c.name ILIKE ${like} OR s.name ILIKE ${like} OR array_to_string(f.tags, ' ') ILIKE ${like})`
  return Prisma.join([inCustomers(customerIds), ...(search ? [searched] : []), ...conditions.map(conditionSql)], ' AND ')
}

/** Places of one page, in order. */
function findPlaces(run: Run, { sort, descending, after, limit }: FirewallQuestion, where: Prisma.Sql): Promise<FirewallPosition[]> {
  const sorted = SORTS[sort]
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const type = Prisma.raw(SORT_TYPES[sort])
  const beyond = after === null ? Prisma.sql`TRUE` : descending
    ? Prisma.sql`(${sorted}, lower(f.name), f.id) < (${after.sorted}::${type}, ${after.name}, ${after.id}::uuid)`
    : Prisma.sql`(${sorted}, lower(f.name), f.id) > (${after.sorted}::${type}, ${after.name}, ${after.id}::uuid)`
  return run<FirewallPosition>(Prisma.sql`
    SELECT f.id, (${sorted})::text AS sorted, lower(f.name) AS name FROM ${FIREWALLS_FROM}
    WHERE ${where} AND ${beyond}
    ORDER BY ${sorted} ${direction}, lower(f.name) ${direction}, f.id ${direction} LIMIT ${limit + 1}`)
}

/** Places of one page in order, with how many match, counted up to one more than TOTAL_EXACT_MAX. Throws query-too-broad when it takes over 5 s. */
export function findFirewallPage(question: FirewallQuestion): Promise<{ places: FirewallPosition[]; counted: number; truncated: boolean }> {
  return boundedRead(async (run) => {
    let where = matching(question)
    let truncated = false
    if (question.regex) {
      const found = await matchingRows<{ id: string; values: unknown[] }>(run, question.regex, Prisma.sql`SELECT f.id, ${regexValues(question.regex)} AS "values" FROM ${FIREWALLS_FROM} WHERE ${where} ORDER BY f.id`)
      where = Prisma.sql`f.id = ANY(${found.rows.map(({ id }) => id)}::uuid[])`
      truncated = found.truncated
    }
    const places = await findPlaces(run, question, where)
    const [row] = await run<{ count: number }>(Prisma.sql`SELECT count(*)::int AS count FROM (SELECT 1 FROM ${FIREWALLS_FROM} WHERE ${where} LIMIT ${TOTAL_EXACT_MAX + 1}) capped`)
    return { places, counted: row?.count ?? 0, truncated }
  })
}
