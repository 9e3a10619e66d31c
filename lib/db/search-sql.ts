import 'server-only'
// What a search shares: where something stands, the bound on candidates, and pages of facts that match, the most exact first.
import { boundedRead } from './bounded-read'
import { FIREWALLS_FROM, SHOWN_STATE } from './firewall-columns'
import { Prisma } from './generated/client'

/** So many matches are looked at, put in order and counted; who needs all of them goes on in the list. */
export const CANDIDATES_MAX = 1_000

export type CustomerIds = 'all' | readonly string[]
/** A place in the order of a group: how well it matches (0 = exactly), its name, and the id of firewall or place. */
export type SearchPlace = { rank: number; name: string; id: string }
export type SearchPage<Row> = { rows: Row[]; more: boolean; counted: number }
type Named = { id: string; name: string }
export type SearchWhere = { firewall: Named & { state: string }; customer: Named; site: Named | null }

/** The scope of a reader, as a condition on the firewall that something stands on. */
export const onFirewallsOf = (customerIds: CustomerIds, firewallId: Prisma.Sql): Prisma.Sql =>
  customerIds === 'all' ? Prisma.sql`TRUE` : Prisma.sql`${firewallId} IN (SELECT id FROM "Firewall" WHERE "customerId" = ANY(${[...customerIds]}::uuid[]))`

/** Columns of SearchWhere, over firewalls with their places. */
export const WHERE_IT_STANDS = Prisma.sql`json_build_object('id', f.id, 'name', f.name, 'state', ${SHOWN_STATE}) AS firewall, json_build_object('id', c.id, 'name', c.name) AS customer,
  CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'name', s.name) END AS site`

const TABLES = { rules: Prisma.sql`"FactRule"`, aliases: Prisma.sql`"FactAlias"`, interface: Prisma.sql`"FactInterface"`, gateway: Prisma.sql`"FactGateway"`, tunnel: Prisma.sql`"FactTunnel"` } as const
export type SearchedTable = keyof typeof TABLES
/** `condition` and `rank` (a whole number) read `i`. */
export type Looked = { kind: SearchedTable; condition: Prisma.Sql; rank: Prisma.Sql }
/** `isPointed`: few rows of the whole fleet can match, and an index leads to them. */
export type FactQuestion = { looked: readonly Looked[]; customerIds: CustomerIds; after: SearchPlace | null; limit: number; isPointed: boolean }
export type FoundFact = SearchPlace & { kind: SearchedTable; body: unknown; firstSeenAt: Date; changedAt: Date; usedByRules: number } & SearchWhere

/** Rules of the alias's firewall that name it. */
const USED_BY_RULES = Prisma.sql`(CASE WHEN page.kind = 'aliases' THEN (SELECT count(*)::int FROM "FactRule" u WHERE u."firewallId" = page.id AND u."goneAt" IS NULL
  AND page.body->>'name' IN (u.body->'source'->>'address', u.body->'destination'->>'address', u.body->'source'->>'port', u.body->'destination'->>'port')) ELSE 0 END)`

/**
 * The statement of one page. Matches are found before they are cut and put in order: with a limit inside, PostgreSQL would
 * expect to meet enough of them soon and read the table from its beginning. What an index points to is found before it is seen
 * whether it is in the scope: the other way round every row of the scope would be looked at.
 */
export function factsStatement({ looked, customerIds, after, limit, isPointed }: FactQuestion): Prisma.Sql {
  const name = (at: number) => Prisma.raw(`found_${at}`)
  const own = (at: number) => Prisma.raw(`own_${at}`)
  const inScope = (isHere: boolean, firewallId: Prisma.Sql) => (isHere ? onFirewallsOf(customerIds, firewallId) : Prisma.sql`TRUE`)
  const found = looked.map(
    ({ kind, condition, rank }, at) => Prisma.sql`${name(at)} AS MATERIALIZED (SELECT ${kind} AS kind, ${rank} AS rank, i.key AS name, i."firewallId" AS id
      FROM ${TABLES[kind]} i WHERE i."goneAt" IS NULL AND (${condition}) AND ${inScope(!isPointed, Prisma.sql`i."firewallId"`)})`,
  )
  const some = looked.map((_, at) => Prisma.sql`(SELECT * FROM ${name(at)} WHERE ${inScope(isPointed, Prisma.sql`id`)} LIMIT ${CANDIDATES_MAX + 1})`)
  const rows = looked.map(({ kind }, at) => Prisma.sql`LEFT JOIN ${TABLES[kind]} ${own(at)} ON first.kind = ${kind} AND ${own(at)}."firewallId" = first.id AND ${own(at)}.key = first.name`)
  const columns = (['body', 'firstSeenAt', 'changedAt'] as const).map((column) => Prisma.sql`coalesce(${Prisma.join(looked.map((_, at) => Prisma.sql`${own(at)}.${Prisma.raw(`"${column}"`)}`))}) AS ${Prisma.raw(`"${column}"`)}`)
  const beyond = after === null ? Prisma.sql`TRUE` : Prisma.sql`(rank, name, id) > (${after.rank}, ${after.name}, ${after.id}::uuid)`
  return Prisma.sql`
    WITH ${Prisma.join(found)}, m AS MATERIALIZED (${Prisma.join(some, ' UNION ALL ')}), first AS MATERIALIZED (SELECT * FROM m WHERE ${beyond} ORDER BY rank, name, id LIMIT ${limit + 1}),
      page AS MATERIALIZED (SELECT first.*, ${Prisma.join(columns)} FROM first ${Prisma.join(rows, ' ')})
    SELECT n.counted, page.*, ${USED_BY_RULES} AS "usedByRules", ${WHERE_IT_STANDS}
    FROM (SELECT count(*)::int AS counted FROM m) n LEFT JOIN (page JOIN (${FIREWALLS_FROM}) ON f.id = page.id) ON TRUE ORDER BY page.rank, page.name, page.id`
}

/** Rows of a page that was read with one more; the count stands in each of them, in a row without an id when there are none. */
export function toPage<Row extends { counted: number; id: string | null }>(rows: readonly Row[], limit: number): SearchPage<Row> {
  const found = rows.filter(({ id }) => id !== null)
  return { rows: found.slice(0, limit), more: found.length > limit, counted: rows[0]?.counted ?? 0 }
}

/** Of interfaces, gateways and tunnels there are few, but to make networks of each takes long: PostgreSQL takes 128 networks for more than they are. */
export const isOfFewRows = ({ looked }: FactQuestion): boolean => looked.every(({ kind }) => kind !== 'rules' && kind !== 'aliases')
export const NO_WALK = Prisma.sql`SET LOCAL enable_seqscan = off`

/** One page of what stands on firewalls now, the most exact first. Throws query-too-broad when it takes over 5 s. */
export async function findFacts(question: FactQuestion): Promise<SearchPage<FoundFact>> {
  if (question.looked.length === 0) return { rows: [], more: false, counted: 0 }
  return boundedRead(async (run) => {
    if (isOfFewRows(question)) await run(NO_WALK)
    return toPage(await run<FoundFact & { counted: number }>(factsStatement(question)), question.limit)
  })
}
