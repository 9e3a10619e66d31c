import 'server-only'
// SQL of plans of updates: everything that a preview looks at, for all of its firewalls in one statement.
import { boundedRead } from './bounded-read'
import { FIREWALLS_FROM, SHOWN_STATE } from './firewall-columns'
import { Prisma } from './generated/client'

export type PlanFirewallRow = {
  id: string
  name: string
  family: string
  timeZone: string
  customerId: string
  customerName: string
  siteId: string | null
  siteName: string | null
  /** As it is shown, whether paused or not. */
  state: string
  paused: boolean
  version: string | null
  firmwareState: string
  offeredVersion: string | null
  majorVersion: string | null
  downloadBytes: number | null
  rebootRequired: boolean | null
  firmwareCheckedAt: Date | null
  commandsAllowed: boolean
  updateByEndpoint: boolean
  haRole: string | null
  peerId: string | null
  peerName: string | null
  peerState: string | null
  peerPaused: boolean | null
  backupAt: Date | null
  backupFormat: string | null
  backupError: string | null
  /** JSON text of the packages of the last firmware reading, shared by many firewalls; null = not reported. */
  packages: string | null
  apiPackageVersion: string | null
  /** Features of the last test of the credential whose privilege was missing. */
  missing: string[] | null
  /** The open update job of another plan or of this one. */
  openPlanId: string | null
  openPlanName: string | null
  openState: string | null
}

/** What is known of these firewalls, by name. One statement; throws query-too-broad when it takes over 5 s. */
export function findPlanFirewalls(ids: readonly string[]): Promise<PlanFirewallRow[]> {
  return boundedRead((run) =>
    run<PlanFirewallRow>(Prisma.sql`
      SELECT f.id, f.name, f.family, f."timeZone", f."customerId", c.name AS "customerName", f."siteId", s.name AS "siteName", ${SHOWN_STATE} AS state, f."pausedAt" IS NOT NULL AS paused,
        f.version, f."firmwareState", f."offeredVersion", f."majorVersion", f."downloadBytes"::float8 AS "downloadBytes", f."rebootRequired", f."firmwareCheckedAt", f."commandsAllowed", f."updateByEndpoint",
        f."haRole", f."haPeerId" AS "peerId", peer.name AS "peerName", peer.state AS "peerState", peer."pausedAt" IS NOT NULL AS "peerPaused", f."backupAt", f."backupFormat", f."backupError",
        NULLIF(firmware.body->'packages', 'null'::jsonb)::text AS packages, posture.body->>'apiPackageVersion' AS "apiPackageVersion",
        (SELECT array_agg(feature->>'feature') FROM "FirewallCredential" cr, jsonb_array_elements(CASE jsonb_typeof(cr."lastTest"->'features') WHEN 'array' THEN cr."lastTest"->'features' ELSE '[]' END) feature
          WHERE cr."firewallId" = f.id AND feature->>'result' = 'missing') AS missing,
        job."planId" AS "openPlanId", plan.name AS "openPlanName", job.state AS "openState"
      FROM ${FIREWALLS_FROM}
        LEFT JOIN "Firewall" peer ON peer.id = f."haPeerId"
        LEFT JOIN "Reading" firmware ON firmware."firewallId" = f.id AND firmware.kind = 'firmware'
        LEFT JOIN "Reading" posture ON posture."firewallId" = f.id AND posture.kind = 'posture'
        LEFT JOIN "UpdateJob" job ON job."firewallId" = f.id AND job."finishedAt" IS NULL
        LEFT JOIN "UpdatePlan" plan ON plan.id = job."planId"
      WHERE f.id = ANY(${[...ids]}::uuid[]) ORDER BY lower(f.name), f.id`),
  )
}

export type PlanJobCount = { planId: string; state: string; count: number; nextStartAt: Date | null; nextStartZone: string | null; lastStartAt: Date | null }

/** How far the jobs of these plans are, of these customers alone; the next start with the zone of its firewall. */
export function countPlanJobs(planIds: readonly string[], customerIds: 'all' | readonly string[]): Promise<PlanJobCount[]> {
  return boundedRead((run) =>
    run<PlanJobCount>(Prisma.sql`
      SELECT j."planId", j.state, count(*)::int AS count, min(j."startsAt") AS "nextStartAt", (array_agg(f."timeZone" ORDER BY j."startsAt", j.id))[1] AS "nextStartZone", max(j."startsAt") AS "lastStartAt"
      FROM "UpdateJob" j JOIN "Firewall" f ON f.id = j."firewallId" WHERE j."planId" = ANY(${[...planIds]}::uuid[]) AND ${ofCustomers(customerIds)} GROUP BY 1, 2`),
  )
}
const ofCustomers = (customerIds: 'all' | readonly string[]): Prisma.Sql => (customerIds === 'all' ? Prisma.sql`TRUE` : Prisma.sql`j."customerId" = ANY(${[...customerIds]}::uuid[])`)

/** The worst first: what somebody has to decide, then what runs, then what is being made, then what is over. */
const RANK = Prisma.sql`(CASE p.state WHEN 'halted' THEN 0 WHEN 'paused' THEN 1 WHEN 'waiting-approval' THEN 2 WHEN 'running' THEN 3 WHEN 'draft' THEN 4 ELSE 5 END)`
export type PlanPlace = { id: string; rank: number; at: string }
export type PlanQuestion = { customerIds: 'all' | readonly string[]; operatorId: string | null; customerId: string | null; states: readonly string[]; after: PlanPlace | null; limit: number }

/** Places of one page and how many there are. Plans without a customer yet are seen by who made them. */
export function findPlanPage({ customerIds, operatorId, customerId, states, after, limit }: PlanQuestion): Promise<{ places: PlanPlace[]; counted: number }> {
  const seen = customerIds === 'all' ? Prisma.sql`TRUE` : Prisma.sql`(p."customerIds" && ${[...customerIds]}::uuid[] OR (p."customerIds" = '{}' AND p."createdById" = ${operatorId}::uuid))`
  const where = Prisma.sql`${seen} AND ${customerId === null ? Prisma.sql`TRUE` : Prisma.sql`${customerId}::uuid = ANY(p."customerIds")`} AND ${states.length === 0 ? Prisma.sql`TRUE` : Prisma.sql`p.state = ANY(${[...states]})`}`
  const beyond = after === null ? Prisma.sql`TRUE` : Prisma.sql`(${RANK} > ${after.rank}::int OR (${RANK} = ${after.rank}::int AND (p."createdAt", p.id) < (${after.at}::timestamptz, ${after.id}::uuid)))`
  return boundedRead(async (run) => {
    const places = await run<PlanPlace>(Prisma.sql`
      SELECT p.id, ${RANK} AS rank, to_char(p."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
      FROM "UpdatePlan" p WHERE ${where} AND ${beyond} ORDER BY rank, p."createdAt" DESC, p.id DESC LIMIT ${limit + 1}`)
    const [row] = await run<{ count: number }>(Prisma.sql`SELECT count(*)::int AS count FROM "UpdatePlan" p WHERE ${where}`)
    return { places, counted: row?.count ?? 0 }
  })
}
