import 'server-only'
// Tagged SQL of the fleet list: closed tables of columns, keyset pages, one statement for a page and one for the count.
import type { ListFirewallsInput } from '@/lib/firewalls/input'
import { STALE_AFTER_SECONDS } from '@/lib/firewalls/states'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import { db } from './client'
import { Prisma } from './generated/client'


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

/** The state as it is shown: what time alone made stale is not stored (lib/firewalls/dto-of.ts says the same). */
const SHOWN_STATE = Prisma.sql`CASE WHEN f."visitedAt" IS NULL THEN f.state WHEN f.state = 'not-visited' THEN 'stale'
  WHEN f.state IN ('reachable', 'degraded') AND f."visitedAt" < now() - make_interval(secs => ${STALE_AFTER_SECONDS}::double precision) THEN 'stale' ELSE f.state END`

const likePattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`
const words = (list: string) => list.split(',').map((word) => word.trim()).filter(Boolean)

function conditions(input: ListFirewallsInput, customerIds: 'all' | readonly string[]): Prisma.Sql {
  const parts = [Prisma.sql`TRUE`]
  if (customerIds !== 'all') parts.push(Prisma.sql`f."customerId" = ANY(${[...customerIds]}::uuid[])`)
  if (input.customerId) parts.push(Prisma.sql`f."customerId" = ${input.customerId}::uuid`)
  if (input.siteId) parts.push(Prisma.sql`f."siteId" = ${input.siteId}::uuid`)
  if (input.family) parts.push(Prisma.sql`f.family = ${input.family}`)
  if (input.state) parts.push(Prisma.sql`${SHOWN_STATE} = ANY(${words(input.state)}::text[])`)
  if (input.firmware) parts.push(Prisma.sql`f."firmwareState" = ANY(${words(input.firmware)}::text[])`)
  if (input.tag) parts.push(Prisma.sql`${input.tag} = ANY(f.tags)`)
  if (input.search) {
    const like = likePattern(input.search)
    parts.push(Prisma.sql`(f.name ILIKE ${like} OR f.hostname ILIKE ${like} OR f.origin ILIKE ${like} OR c.name ILIKE ${like} OR s.name ILIKE ${like} OR array_to_string(f.tags, ' ') ILIKE ${like})`)
  }
  return Prisma.join(parts, ' AND ')
}

const FROM = Prisma.sql`FROM "Firewall" f JOIN "Customer" c ON c.id = f."customerId" LEFT JOIN "Site" s ON s.id = f."siteId"`

/** Ids and places of one page, in order; one more than `limit` tells that there is a next page. */
export async function findFirewallPage(input: ListFirewallsInput, customerIds: 'all' | readonly string[], sort: FirewallSort, descending: boolean, after: FirewallPosition | null): Promise<FirewallPosition[]> {
  const sorted = SORTS[sort]
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const type = Prisma.raw(SORT_TYPES[sort])
  const beyond = after === null ? Prisma.sql`TRUE` : descending
    ? Prisma.sql`(${sorted}, lower(f.name), f.id) < (${after.sorted}::${type}, ${after.name}, ${after.id}::uuid)`
    : Prisma.sql`(${sorted}, lower(f.name), f.id) > (${after.sorted}::${type}, ${after.name}, ${after.id}::uuid)`
  return db().$queryRaw<FirewallPosition[]>`
    SELECT f.id, (${sorted})::text AS sorted, lower(f.name) AS name ${FROM}
    WHERE ${conditions(input, customerIds)} AND ${beyond}
    ORDER BY ${sorted} ${direction}, lower(f.name) ${direction}, f.id ${direction} LIMIT ${input.limit + 1}`
}

/** Matching firewalls, counted up to one more than TOTAL_EXACT_MAX. */
export async function countFirewalls(input: ListFirewallsInput, customerIds: 'all' | readonly string[]): Promise<number> {
  const rows = await db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (SELECT 1 ${FROM} WHERE ${conditions(input, customerIds)} LIMIT ${TOTAL_EXACT_MAX + 1}) capped`
  return rows[0]?.count ?? 0
}
