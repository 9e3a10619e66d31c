import 'server-only'
// The numbers of the whole fleet by customer, in one statement that reads each firewall once. Who may see which of them is
// not asked here: lib/overview/numbers.ts keeps them a moment for everybody, lib/overview/read.ts takes the reader's own.
import { z } from 'zod'
import { FINDING_NAMES, FINDINGS, LEDGERS } from '@/lib/overview/findings'
import { boundedRead } from './bounded-read'
import { findingSql } from './finding-sql'
import { SHOWN_STATE } from './firewall-columns'
import { Prisma } from './generated/client'

/** Firewalls that are named, of one customer and of all; the others are in the counts. */
export const POSTS_OF_CUSTOMER_MAX = 60
export const POSTS_MAX = 1_500

const sql = Prisma.sql
const SEEN = findingSql(sql`f.shown`)
const COLUMNS = sql`f.id, f."customerId", f."siteId", f.name, f.state, f."stateSince", f."haPeerId", f."haRole", f."haRoleSince", f."gatewaysDown", f."gatewaysDownSince", f."gatewaysDegraded", f."gatewaysDegradedSince",
  f."tunnelsDown", f."tunnelsDownSince", f."certificateEndsAt", f."firmwareState", f."firmwareSince", f."diskPercent", f."diskFullSince", f."clockOffsetSeconds", f."clockOffSince", f."visitedAt", f."pausedAt"`
const word = (text: string) => Prisma.raw(`'${text}'`)
/** Only of firewalls that have one at all is each finding looked at by itself. */
const HAS_ONE = Prisma.join(FINDING_NAMES.map((name) => SEEN[name].is), ' OR ')
const EACH = Prisma.join(FINDING_NAMES.map((name, rank) => sql`(${Prisma.raw(String(rank))}, ${word(name)}, ${word(FINDINGS[name].ledger)}, ${SEEN[name].is}, ${SEEN[name].since})`))
const IN_LEDGERS = Prisma.join(LEDGERS.map((ledger) => sql`count(*) FILTER (WHERE ${word(ledger)} = ANY(o.ledgers))::int AS ${Prisma.raw(`"${ledger}"`)}`))

const NUMBERS = sql`
  WITH seen AS MATERIALIZED (SELECT ${COLUMNS}, ${SHOWN_STATE} AS shown FROM "Firewall" f),
  found AS MATERIALIZED (
    SELECT f.id, f."customerId", f."siteId", f.name, v.rank, v.finding, v.ledger, v.since
    FROM seen f CROSS JOIN LATERAL (VALUES ${EACH}) v(rank, finding, ledger, holds, since) WHERE (${HAS_ONE}) AND v.holds),
  one AS MATERIALIZED (SELECT id, "customerId", name, min(rank) AS rank, array_agg(ledger) AS ledgers FROM found GROUP BY id, "customerId", name)
  SELECT
    (SELECT coalesce(json_agg(t), '[]') FROM (
      SELECT c.id, c.name, count(f.id)::int AS total, count(*) FILTER (WHERE f.shown IN ('reachable', 'degraded'))::int AS answering, count(*) FILTER (WHERE f."firmwareState" IN ('offered', 'major-offered'))::int AS updates
      FROM "Customer" c LEFT JOIN seen f ON f."customerId" = c.id GROUP BY c.id) t) AS customers,
    (SELECT coalesce(json_agg(t), '[]') FROM (
      SELECT n.*, s.name AS "siteName" FROM (
        SELECT "customerId", finding, count(*)::int AS count, min(since) AS since, min(id::text) AS "firewallId", min(name) AS "firewallName",
          CASE WHEN count("siteId") = count(*) AND count(DISTINCT "siteId") = 1 THEN min("siteId"::text)::uuid END AS "siteId"
        FROM found GROUP BY "customerId", finding) n LEFT JOIN "Site" s ON s.id = n."siteId") t) AS findings,
    (SELECT coalesce(json_agg(t), '[]') FROM (SELECT o."customerId", ${IN_LEDGERS} FROM one o GROUP BY o."customerId") t) AS ledgers,
    (SELECT coalesce(json_agg(t), '[]') FROM (SELECT "customerId", rank, count(*)::int AS count FROM one GROUP BY "customerId", rank) t) AS worst,
    (SELECT coalesce(json_agg(t), '[]') FROM (
      SELECT "customerId", id, name, rank FROM (SELECT o.*, row_number() OVER (PARTITION BY "customerId" ORDER BY rank, lower(name), id) AS place FROM one o) p
      WHERE place <= ${POSTS_OF_CUSTOMER_MAX} ORDER BY rank, "customerId", place LIMIT ${POSTS_MAX}) t) AS posts`

const count = z.number()
const numbers = z.object({
  customers: z.array(z.object({ id: z.string(), name: z.string(), total: count, answering: count, updates: count })),
  findings: z.array(z.object({ customerId: z.string(), finding: z.enum(FINDING_NAMES), count, since: z.string().nullable(), firewallId: z.string(), firewallName: z.string(), siteId: z.string().nullable(), siteName: z.string().nullable() })),
  ledgers: z.array(z.object({ customerId: z.string(), broken: count, waits: count, 'will-break': count, 'not-known': count })),
  worst: z.array(z.object({ customerId: z.string(), rank: count, count })),
  posts: z.array(z.object({ customerId: z.string(), id: z.string(), name: z.string(), rank: count })),
})
/** `rank` is the place in FINDING_NAMES. */
export type StoredNumbers = z.infer<typeof numbers>

/** All customers with their numbers; those without a firewall too. Throws query-too-broad when it takes over 5 s. */
export const findFleetNumbers = (): Promise<StoredNumbers> => boundedRead(async (run) => numbers.parse((await run(NUMBERS))[0]))
