import 'server-only'
// Who has an address, a MAC or a name: now and before, in ARP and NDP tables, among leases, and what only changes still tell.
import type { Meaning } from '@/lib/search/dto'
import { boundedRead } from './bounded-read'
import { FIREWALLS_FROM } from './firewall-columns'
import { Prisma } from './generated/client'
import { holderCondition, holderRank } from './search-conditions'
import { CANDIDATES_MAX, onFirewallsOf, toPage, WHERE_IT_STANDS, type CustomerIds, type SearchPage, type SearchWhere } from './search-sql'

/** Changes by which another device took an address over; the predicate of the indexes Change_past_…. */
export const takeover = (c: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`${c}.kind = 'arp' AND ${c}.what IN ('changed', 'back') AND (${c}.before->>'mac') IS DISTINCT FROM (${c}.after->>'mac')`

/** Presence first, then what was there latest. `age` is minus the second it was gone, 0 for what is there. */
export type HolderPlace = { rank: number; age: number; ip: string; id: string; mac: string }
export type HolderQuestion = { meanings: readonly Meaning[]; customerIds: CustomerIds; after: HolderPlace | null; limit: number }
export type FoundHolder = HolderPlace & {
  gone: boolean
  sources: string[]
  hostname: string | null
  manufacturer: string | null
  interface: string | null
  firstSeenAt: Date
  lastSeenAt: Date
} & SearchWhere
type Counts = { counted: number; present: number; firewalls: number }

const SOURCES = {
  arp: { table: Prisma.sql`"FactNeighbour"`, body: Prisma.sql`i.body`, times: Prisma.sql`i."firstSeenAt", i."goneAt"`, only: Prisma.sql`TRUE` },
  lease: { table: Prisma.sql`"FactLease"`, body: Prisma.sql`i.body`, times: Prisma.sql`i."firstSeenAt", i."goneAt"`, only: Prisma.sql`TRUE` },
  past: { table: Prisma.sql`"Change"`, body: Prisma.sql`i.before`, times: Prisma.sql`i.at AS "firstSeenAt", i.at AS "goneAt"`, only: Prisma.sql`${takeover(Prisma.sql`i`)} AND i.before->>'mac' IS NOT NULL` },
} as const
type Source = keyof typeof SOURCES

function lookIn(source: Source, { meanings, customerIds }: HolderQuestion): Prisma.Sql[] {
  const { table, body, times, only } = SOURCES[source]
  const looked = meanings.flatMap((meaning) => {
    const condition = holderCondition(meaning, body, source)
    return condition === null ? [] : [{ condition, rank: holderRank(meaning, body) }]
  })
  if (looked.length === 0) return []
  const condition = Prisma.join(looked.map((each) => each.condition), ' OR ')
  const rank = Prisma.join(looked.map((each) => each.rank))
  return [Prisma.sql`SELECT ${source} AS source, i."firewallId" AS id, i.key, ${body} AS body, ${times}, LEAST(${rank}) AS rank
    FROM ${table} i WHERE ${only} AND (${condition}) AND ${onFirewallsOf(customerIds, Prisma.sql`i."firewallId"`)}`]
}

const SEEN_NOW = Prisma.sql`(SELECT max(r."observedAt") FROM "Reading" r WHERE r."firewallId" = page.id AND r.kind = ANY(page.kinds))`
/** The row of an address tells since when the address is there; since when this device has it, the takeovers tell. */
const FIRST_SEEN = Prisma.sql`LEAST(page."leasedAt", CASE WHEN t.original IS NULL OR t.original = page.mac THEN n."firstSeenAt" ELSE coalesce(t.since, n."firstSeenAt") END, page."goneAt")`

/** The statement of one page; null when nobody can have what was asked. */
export function holdersStatement(question: HolderQuestion): Prisma.Sql | null {
  const looked = (['arp', 'lease', 'past'] as const).flatMap((source) => lookIn(source, question))
  if (looked.length === 0) return null
  const name = (at: number) => Prisma.raw(`found_${at}`)
  const found = Prisma.join(looked.map((sql, at) => Prisma.sql`${name(at)} AS MATERIALIZED (${sql})`))
  const some = Prisma.join(looked.map((_, at) => Prisma.sql`(SELECT * FROM ${name(at)} LIMIT ${CANDIDATES_MAX + 1})`), ' UNION ALL ')
  const { after, limit } = question
  const beyond = after === null ? Prisma.sql`TRUE` : Prisma.sql`(rank, age, ip, id, mac) > (${after.rank}, ${after.age}, ${after.ip}, ${after.id}::uuid, ${after.mac})`
  return Prisma.sql`
    WITH ${found}, candidates AS MATERIALIZED (${some}), devices AS (
      SELECT id, body->>'ip' AS ip, coalesce(body->>'mac', '') AS mac, min(rank) AS closeness, bool_and("goneAt" IS NOT NULL) AS gone, max("goneAt") AS "goneAt", array_agg(DISTINCT source) AS sources,
        array_agg(DISTINCT CASE source WHEN 'lease' THEN 'leases' ELSE 'arp' END) FILTER (WHERE "goneAt" IS NULL) AS kinds, min("firstSeenAt") FILTER (WHERE source = 'lease') AS "leasedAt",
        min(key) FILTER (WHERE source <> 'lease') AS key, max(body->>'hostname') AS hostname, max(body->>'manufacturer') AS manufacturer,
        coalesce(max(body->>'interface') FILTER (WHERE source <> 'lease'), max(body->>'interface')) AS interface
      FROM candidates GROUP BY 1, 2, 3),
    m AS MATERIALIZED (SELECT closeness * 2 + gone::int AS rank, CASE WHEN gone THEN -extract(epoch FROM "goneAt")::float8 ELSE 0 END AS age, devices.* FROM devices),
    page AS MATERIALIZED (SELECT * FROM m WHERE ${beyond} ORDER BY rank, age, ip, id, mac LIMIT ${limit + 1})
    SELECT n.counted, n.present, n.firewalls, page.rank, page.age, page.ip, page.id, page.mac, page.gone, page.sources, page.hostname, page.manufacturer, page.interface, page."firstSeenAt", page."lastSeenAt", page.firewall, page.customer, page.site
    FROM (SELECT count(*)::int AS counted, (count(*) FILTER (WHERE NOT gone))::int AS present, (count(DISTINCT id))::int AS firewalls FROM m) n
      LEFT JOIN (SELECT page.*, coalesce(${FIRST_SEEN}, page."goneAt", ${SEEN_NOW}, now()) AS "firstSeenAt", coalesce(CASE WHEN page.gone THEN page."goneAt" END, ${SEEN_NOW}, n."changedAt", page."leasedAt", now()) AS "lastSeenAt", ${WHERE_IT_STANDS}
        FROM page JOIN (${FIREWALLS_FROM}) ON f.id = page.id
          LEFT JOIN "FactNeighbour" n ON n."firewallId" = page.id AND n.key = page.key
          LEFT JOIN LATERAL (SELECT (array_agg(c.before->>'mac' ORDER BY c.id))[1] AS original, min(c.at) FILTER (WHERE c.after->>'mac' = page.mac) AS since
            FROM "Change" c WHERE ${takeover(Prisma.sql`c`)} AND c."firewallId" = page.id AND c.key = page.key) t ON TRUE) page ON TRUE
    ORDER BY page.rank, page.age, page.ip, page.id, page.mac`
}

/** One page of devices, one for each firewall, address and MAC. Throws query-too-broad when it takes over 5 s. */
export async function findHolders(question: HolderQuestion): Promise<SearchPage<FoundHolder> & Counts> {
  const statement = holdersStatement(question)
  if (statement === null) return { rows: [], more: false, counted: 0, present: 0, firewalls: 0 }
  return boundedRead(async (run) => {
    const rows = await run<FoundHolder & Counts>(statement)
    return { ...toPage(rows, question.limit), present: rows[0]?.present ?? 0, firewalls: rows[0]?.firewalls ?? 0 }
  })
}
