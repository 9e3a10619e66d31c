import 'server-only'
// Pages of the fact tables over the whole fleet, in the order of firewall and key, or of a time and then these.
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
export const FACT_TABLES: Record<FactList, Prisma.Sql> = { rules: Prisma.sql`"FactRule"`, aliases: Prisma.sql`"FactAlias"`, arp: Prisma.sql`"FactNeighbour"`, leases: Prisma.sql`"FactLease"` }

export type FactSort = 'firewall' | 'firstSeen' | 'changed'
/** The time that is the first part of a row's place. */
const TIMES: Record<FactSort, Prisma.Sql | null> = { firewall: null, firstSeen: Prisma.sql`"firstSeenAt"`, changed: Prisma.sql`"changedAt"` }

/** `at`: the time that the list is in the order of; null in the order of firewalls. */
export type FactPlace = { firewallId: string; key: string; at: Date | null }
export type FactQuestion = {
  list: FactList
  conditions: readonly Condition[]
  regex: RegexTest | null
  customerIds: 'all' | readonly string[]
  /** What is gone counts as well. */
  gone: boolean
  sort: FactSort
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
  goneAt: Date | null
  observedAt: Date | null
  firewall: { id: string; name: string; hostname: string | null; family: string; state: string; version: string | null; tags: string[] }
  customer: { id: string; name: string }
  site: { id: string; name: string } | null
}
export type FactPlaces = { places: FactPlace[]; counted: number; truncated: boolean }

/** Everything that matches, without an order. Firewalls are joined only where they are asked for. */
export function matching({ list, conditions, customerIds, gone, sort }: Pick<FactQuestion, 'list' | 'conditions' | 'customerIds' | 'gone' | 'sort'>, columns = Prisma.empty): Prisma.Sql {
  const joins = customerIds !== 'all' || conditions.some(readsFirewall) ? Prisma.sql`JOIN (${FIREWALLS_FROM}) ON f.id = i."firewallId"` : Prisma.empty
  const where = [gone ? Prisma.sql`TRUE` : Prisma.sql`i."goneAt" IS NULL`, ...(customerIds === 'all' ? [] : [inCustomers(customerIds)]), ...conditions.map(conditionSql)]
  const time = TIMES[sort] ? Prisma.sql`, i.${TIMES[sort]}` : Prisma.empty
  return Prisma.sql`SELECT i."firewallId", i.key${time}${columns} FROM ${FACT_TABLES[list]} i ${joins} WHERE ${Prisma.join(where, ' AND ')}`
}

/** What a row's place in the order is made of. */
function placeOf(sort: FactSort, table: Prisma.Sql): Prisma.Sql[] {
  const time = TIMES[sort]
  return [...(time ? [Prisma.sql`${table}.${time}`] : []), Prisma.sql`${table}."firewallId"`, Prisma.sql`${table}.key`]
}

function beyond({ after, sort, descending }: FactQuestion, table: Prisma.Sql): Prisma.Sql {
  if (after === null) return Prisma.sql`TRUE`
  const last = [...(TIMES[sort] ? [Prisma.sql`${after.at}::timestamptz`] : []), Prisma.sql`${after.firewallId}::uuid`, Prisma.sql`${after.key}`]
  return Prisma.sql`(${Prisma.join(placeOf(sort, table))}) ${descending ? Prisma.sql`<` : Prisma.sql`>`} (${Prisma.join(last)})`
}

function inOrder({ sort, descending }: Pick<FactQuestion, 'sort' | 'descending'>, table: Prisma.Sql): Prisma.Sql {
  const direction = descending ? Prisma.sql` DESC` : Prisma.empty
  return Prisma.sql`ORDER BY ${Prisma.join(placeOf(sort, table).map((part) => Prisma.sql`${part}${direction}`))}`
}
const timeOf = (sort: FactSort, table: Prisma.Sql): Prisma.Sql => (TIMES[sort] ? Prisma.sql`${table}.${TIMES[sort]} AS at` : Prisma.sql`NULL::timestamptz AS at`)
const I = Prisma.sql`i`
const M = Prisma.sql`m`

/**
 * Counts up to `most` + 1 and, when there are no more, has the page as well. The matches are found before they are put in
 * order: asked for a page in order at once, PostgreSQL would rather walk through everything in that order, and walks far
 * where little matches.
 */
async function fewPlaces(run: Run, question: FactQuestion, most: number): Promise<Omit<FactPlaces, 'truncated'>> {
  const rows = await run<{ counted: number; firewallId: string | null; key: string; at: Date | null }>(Prisma.sql`
    WITH m AS MATERIALIZED (${matching(question)} LIMIT ${most + 1}),
      page AS (SELECT * FROM m WHERE ${beyond(question, M)} ${inOrder(question, M)} LIMIT ${question.limit + 1})
    SELECT n.counted, page."firewallId", page.key, ${timeOf(question.sort, Prisma.sql`page`)} FROM (SELECT count(*)::int AS counted FROM m) n LEFT JOIN page ON TRUE ${inOrder(question, Prisma.sql`page`)}`)
  return { places: rows.flatMap(({ firewallId, key, at }) => (firewallId === null ? [] : [{ firewallId, key, at }])), counted: rows[0]?.counted ?? 0 }
}

/** One page where much matches: a walk in order soon has enough. */
export const walk = (question: FactQuestion): Prisma.Sql =>
  Prisma.sql`SELECT m."firewallId", m.key, ${timeOf(question.sort, M)} FROM (${matching(question)} AND ${beyond(question, I)} ${inOrder(question, I)} LIMIT ${question.limit + 1}) m ${inOrder(question, M)}`

/** Tries the expressions on up to 20,000 rows, from the first on whatever the page is, so that every page has one total. */
async function regexPlaces(run: Run, question: FactQuestion, regex: RegexTest): Promise<FactPlaces> {
  const { counted } = await fewPlaces(run, { ...question, limit: 0 }, REGEX_CANDIDATES_MAX)
  const columns = Prisma.sql`, ${timeOf(question.sort, I)}, ${beyond(question, I)} AS later, ${regexValues(regex)} AS "values"`
  const candidates = counted > REGEX_CANDIDATES_MAX ? Prisma.sql`${matching(question, columns)} ${inOrder(question, I)}` : Prisma.sql`SELECT * FROM (${matching(question, columns)} OFFSET 0) m ${inOrder(question, M)}`
  const { rows, truncated } = await matchingRows<FactPlace & { later: boolean; values: unknown[] }>(run, regex, candidates)
  return { places: rows.filter(({ later }) => later).slice(0, question.limit + 1), counted: rows.length, truncated }
}

async function placesOf(run: Run, question: FactQuestion): Promise<FactPlaces> {
  if (question.regex) return regexPlaces(run, question, question.regex)
  const found = await fewPlaces(run, question, TOTAL_EXACT_MAX)
  return { counted: found.counted, places: found.counted > TOTAL_EXACT_MAX ? await run<FactPlace>(walk(question)) : found.places, truncated: false }
}

type RowsQuestion = Pick<FactQuestion, 'list' | 'sort' | 'descending'>
const rowsAt = (run: Run, question: RowsQuestion, places: readonly FactPlace[]): Promise<FactRow[]> => run(Prisma.sql`
  SELECT i.key, i.body, i."firstSeenAt", i."changedAt", i."goneAt", r."observedAt",
    json_build_object('id', f.id, 'name', f.name, 'hostname', f.hostname, 'family', f.family, 'state', ${SHOWN_STATE}, 'version', f.version, 'tags', f.tags) AS firewall,
    json_build_object('id', c.id, 'name', c.name) AS customer, CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'name', s.name) END AS site
  FROM unnest(${places.map(({ firewallId }) => firewallId)}::uuid[], ${places.map(({ key }) => key)}::text[]) p("firewallId", key)
    JOIN ${FACT_TABLES[question.list]} i USING ("firewallId", key) JOIN (${FIREWALLS_FROM}) ON f.id = i."firewallId"
    LEFT JOIN "Reading" r ON r."firewallId" = i."firewallId" AND r.kind = ${question.list}
  ${inOrder(question, I)}`)

/** One page with how many match, counted to one more than TOTAL_EXACT_MAX. Throws query-too-broad when it takes over 5 s. */
export function findFactPage(question: FactQuestion): Promise<{ rows: FactRow[]; last: FactPlace | null; counted: number; truncated: boolean }> {
  return boundedRead(async (run) => {
    const { places, counted, truncated } = await placesOf(run, question)
    const page = places.slice(0, question.limit)
    const rows = page.length === 0 ? [] : await rowsAt(run, question, page)
    return { rows, last: places.length > question.limit ? (page.at(-1) ?? null) : null, counted, truncated }
  })
}

/** Where all that matches stands, in order, up to `limit`; `truncated` when there is more. Throws query-too-broad when it takes over 5 s. */
export function findFactPlaces(question: FactQuestion): Promise<{ places: FactPlace[]; truncated: boolean }> {
  return boundedRead(async (run) => {
    const { places, truncated } = await placesOf(run, question)
    return { places: places.slice(0, question.limit), truncated: truncated || places.length > question.limit }
  })
}

/** What stands at these places now, in order; what is no longer there is left out. */
export const findFactRows = (question: RowsQuestion, places: readonly FactPlace[]): Promise<FactRow[]> => boundedRead((run) => rowsAt(run, question, places))
