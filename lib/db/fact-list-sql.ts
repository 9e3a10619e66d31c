import 'server-only'
// Pages of the fact tables over the whole fleet, in the order of firewall and key.
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import type { Condition } from '@/lib/query-language/condition'
import type { ListName } from '@/lib/query-language/fields'
import { REGEX_CANDIDATES_MAX, type RegexTest } from '@/lib/query-language/regex'
import { boundedRead, type Run } from './bounded-read'
import { FIREWALLS_FROM, inCustomers, SHOWN_STATE } from './firewall-columns'
import { Prisma } from './generated/client'
import { conditionSql, readsFirewall } from './query-sql'
import { matchingRows, regexValues } from './regex-sql'

export type FactList = Exclude<ListName, 'firewalls'>
const TABLES: Record<FactList, Prisma.Sql> = { rules: Prisma.sql`"FactRule"`, aliases: Prisma.sql`"FactAlias"`, arp: Prisma.sql`"FactNeighbour"`, leases: Prisma.sql`"FactLease"` }

export type FactPlace = { firewallId: string; key: string }
export type FactQuestion = {
  list: FactList
  conditions: readonly Condition[]
  regex: RegexTest | null
  customerIds: 'all' | readonly string[]
  descending: boolean
  after: FactPlace | null
  /** Rows of a page; one more tells that there is a next one. */
  limit: number
}
export type FactRow = {
  key: string
  body: unknown
  firstSeenAt: Date
  changedAt: Date
  observedAt: Date | null
  firewall: { id: string; name: string; hostname: string | null; family: string; state: string; version: string | null; tags: string[] }
  customer: { id: string; name: string }
  site: { id: string; name: string } | null
}
export type FactPage = { rows: FactRow[]; more: boolean; counted: number; truncated: boolean }

/** Everything that matches, without an order. Firewalls are joined only where they are asked for. */
export function matching({ list, conditions, customerIds }: Pick<FactQuestion, 'list' | 'conditions' | 'customerIds'>, columns: Prisma.Sql): Prisma.Sql {
  const joins = customerIds !== 'all' || conditions.some(readsFirewall) ? Prisma.sql`JOIN (${FIREWALLS_FROM}) ON f.id = i."firewallId"` : Prisma.empty
  const where = [Prisma.sql`i."goneAt" IS NULL`, ...(customerIds === 'all' ? [] : [inCustomers(customerIds)]), ...conditions.map(conditionSql)]
  return Prisma.sql`SELECT i."firewallId", i.key${columns} FROM ${TABLES[list]} i ${joins} WHERE ${Prisma.join(where, ' AND ')}`
}

const beyond = ({ after, descending }: FactQuestion, table: Prisma.Sql) =>
  after === null ? Prisma.sql`TRUE` : Prisma.sql`(${table}."firewallId", ${table}.key) ${descending ? Prisma.sql`<` : Prisma.sql`>`} (${after.firewallId}::uuid, ${after.key})`
const inOrder = ({ descending }: FactQuestion, table: Prisma.Sql) => (descending ? Prisma.sql`ORDER BY ${table}."firewallId" DESC, ${table}.key DESC` : Prisma.sql`ORDER BY ${table}."firewallId", ${table}.key`)
const I = Prisma.sql`i`
const M = Prisma.sql`m`

/**
 * Counts up to `most` + 1 and, when there are no more, has the page as well. The matches are found before they are put in
 * order: asked for a page in order at once, PostgreSQL would rather walk through everything in that order, and walks far
 * where little matches.
 */
async function fewPlaces(run: Run, question: FactQuestion, most: number): Promise<{ places: FactPlace[]; counted: number }> {
  const rows = await run<{ counted: number; firewallId: string | null; key: string }>(Prisma.sql`
    WITH m AS MATERIALIZED (${matching(question, Prisma.empty)} LIMIT ${most + 1}),
      page AS (SELECT m."firewallId", m.key FROM m WHERE ${beyond(question, M)} ${inOrder(question, M)} LIMIT ${question.limit + 1})
    SELECT n.counted, page."firewallId", page.key FROM (SELECT count(*)::int AS counted FROM m) n LEFT JOIN page ON TRUE ${inOrder(question, Prisma.sql`page`)}`)
  return { places: rows.flatMap(({ firewallId, key }) => (firewallId === null ? [] : [{ firewallId, key }])), counted: rows[0]?.counted ?? 0 }
}

/** One page where much matches: a walk in order soon has enough. */
const manyPlaces = (run: Run, question: FactQuestion): Promise<FactPlace[]> => run(Prisma.sql`${matching(question, Prisma.empty)} AND ${beyond(question, I)} ${inOrder(question, I)} LIMIT ${question.limit + 1}`)

/** Tries the expressions on up to 20,000 rows, from the first on whatever the page is, so that every page has one total. */
async function regexPlaces(run: Run, question: FactQuestion, regex: RegexTest): Promise<{ places: FactPlace[]; counted: number; truncated: boolean }> {
  const { counted } = await fewPlaces(run, { ...question, limit: 0 }, REGEX_CANDIDATES_MAX)
  const columns = Prisma.sql`, ${beyond(question, I)} AS later, ${regexValues(regex)} AS "values"`
  const candidates = counted > REGEX_CANDIDATES_MAX ? Prisma.sql`${matching(question, columns)} ${inOrder(question, I)}` : Prisma.sql`SELECT * FROM (${matching(question, columns)} OFFSET 0) m ${inOrder(question, M)}`
  const { rows, truncated } = await matchingRows<FactPlace & { later: boolean; values: unknown[] }>(run, regex, candidates)
  return { places: rows.filter(({ later }) => later).slice(0, question.limit + 1), counted: rows.length, truncated }
}

const rowsAt = (run: Run, question: FactQuestion, places: readonly FactPlace[]): Promise<FactRow[]> => run(Prisma.sql`
  SELECT i.key, i.body, i."firstSeenAt", i."changedAt", r."observedAt",
    json_build_object('id', f.id, 'name', f.name, 'hostname', f.hostname, 'family', f.family, 'state', ${SHOWN_STATE}, 'version', f.version, 'tags', f.tags) AS firewall,
    json_build_object('id', c.id, 'name', c.name) AS customer, CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'name', s.name) END AS site
  FROM unnest(${places.map(({ firewallId }) => firewallId)}::uuid[], ${places.map(({ key }) => key)}::text[]) p("firewallId", key)
    JOIN ${TABLES[question.list]} i USING ("firewallId", key) JOIN (${FIREWALLS_FROM}) ON f.id = i."firewallId"
    LEFT JOIN "Reading" r ON r."firewallId" = i."firewallId" AND r.kind = ${question.list}
  ${inOrder(question, I)}`)

/** One page with how many match, counted to one more than TOTAL_EXACT_MAX. Throws query-too-broad when it takes over 5 s. */
export function findFactPage(question: FactQuestion): Promise<FactPage> {
  return boundedRead(async (run) => {
    const found = question.regex ? await regexPlaces(run, question, question.regex) : { ...(await fewPlaces(run, question, TOTAL_EXACT_MAX)), truncated: false }
    const places = question.regex === null && found.counted > TOTAL_EXACT_MAX ? await manyPlaces(run, question) : found.places
    const rows = places.length === 0 ? [] : await rowsAt(run, question, places.slice(0, question.limit))
    return { rows, more: places.length > question.limit, counted: found.counted, truncated: found.truncated }
  })
}
