import 'server-only'
// Firewalls, customers and sites by their names. These tables are small: a look at each name takes 15 ms of 10,000.
import type { Meaning } from '@/lib/search/dto'
import { boundedRead } from './bounded-read'
import { FIREWALLS_FROM, inCustomers, SHOWN_STATE } from './firewall-columns'
import { Prisma } from './generated/client'
import { closeness, has } from './search-conditions'
import { CANDIDATES_MAX, toPage, type CustomerIds, type SearchPage, type SearchPlace } from './search-sql'

export type NameQuestion = { meanings: readonly Meaning[]; customerIds: CustomerIds; after: SearchPlace | null; limit: number }
type Named = { id: string; name: string }
export type FoundFirewall = SearchPlace & { title: string; hostname: string | null; family: string; state: string; tags: string[]; customer: Named; site: Named | null }
export type FoundPlace = SearchPlace & { title: string; kind: 'customer' | 'site'; customer: Named }

const textOf = (meanings: readonly Meaning[]) => meanings.flatMap((meaning) => (meaning.as === 'text' ? [meaning.text] : []))[0]
const hostOf = (meanings: readonly Meaning[]) => meanings.flatMap((meaning) => (meaning.as === 'address' ? [meaning.address] : []))[0]

function page(matching: Prisma.Sql, { after, limit }: NameQuestion): Prisma.Sql {
  const beyond = after === null ? Prisma.sql`TRUE` : Prisma.sql`(rank, name, id) > (${after.rank}, ${after.name}, ${after.id}::uuid)`
  return Prisma.sql`WITH m AS MATERIALIZED (SELECT * FROM (${matching}) found ORDER BY rank, name, id LIMIT ${CANDIDATES_MAX + 1}), page AS (SELECT * FROM m WHERE ${beyond} ORDER BY rank, name, id LIMIT ${limit + 1})
    SELECT n.counted, page.* FROM (SELECT count(*)::int AS counted FROM m) n LEFT JOIN page ON TRUE ORDER BY page.rank, page.name, page.id`
}

const NOTHING = { rows: [], more: false, counted: 0 }

/** Firewalls by name, host name, web address or tag, those first whose name is the text. */
export function findFirewallNames(question: NameQuestion): Promise<SearchPage<FoundFirewall>> {
  const [text, host] = [textOf(question.meanings), hostOf(question.meanings)]
  if (text === undefined && host === undefined) return Promise.resolve(NOTHING)
  const named = text === undefined ? Prisma.sql`(f.origin LIKE ${`%//${host}:%`} OR f.origin LIKE ${`%//${host}`} OR f.origin LIKE ${`%//[${host}]%`})` : Prisma.sql`(${has(Prisma.sql`f.name`, text)} OR ${has(Prisma.sql`f.hostname`, text)} OR ${has(Prisma.sql`f.origin`, text)} OR ${has(Prisma.sql`array_to_string(f.tags, ' ')`, text)})`
  const rank = text === undefined ? Prisma.sql`0` : closeness(Prisma.sql`f.name`, text)
  const matching = Prisma.sql`SELECT ${rank} AS rank, lower(f.name) AS name, f.id, f.name AS title, f.hostname, f.family, ${SHOWN_STATE} AS state, f.tags, json_build_object('id', c.id, 'name', c.name) AS customer,
    CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'name', s.name) END AS site FROM ${FIREWALLS_FROM} WHERE ${inCustomers(question.customerIds)} AND ${named}`
  return boundedRead(async (run) => toPage(await run<FoundFirewall & { counted: number }>(page(matching, question)), question.limit))
}

/** Customers and their sites by name, those first whose name is the text. */
export function findPlaceNames(question: NameQuestion): Promise<SearchPage<FoundPlace>> {
  const text = textOf(question.meanings)
  if (text === undefined) return Promise.resolve(NOTHING)
  const scope = question.customerIds === 'all' ? Prisma.sql`TRUE` : Prisma.sql`c.id = ANY(${[...question.customerIds]}::uuid[])`
  const customer = Prisma.sql`json_build_object('id', c.id, 'name', c.name) AS customer`
  const matching = Prisma.sql`SELECT ${closeness(Prisma.sql`c.name`, text)} AS rank, lower(c.name) AS name, c.id, c.name AS title, 'customer' AS kind, ${customer} FROM "Customer" c WHERE ${scope} AND ${has(Prisma.sql`c.name`, text)}
    UNION ALL SELECT ${closeness(Prisma.sql`s.name`, text)} AS rank, lower(s.name) AS name, s.id, s.name AS title, 'site' AS kind, ${customer} FROM "Site" s JOIN "Customer" c ON c.id = s."customerId" WHERE ${scope} AND ${has(Prisma.sql`s.name`, text)}`
  return boundedRead(async (run) => toPage(await run<FoundPlace & { counted: number }>(page(matching, question)), question.limit))
}
