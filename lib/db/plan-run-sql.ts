import 'server-only'
// SQL of how a plan runs: each ring with the worst of its jobs, of the customers that one may see.
import type { Run } from './bounded-read'
import { Prisma } from './generated/client'

type Seen = 'all' | readonly string[]
const ofCustomers = (customerIds: Seen): Prisma.Sql => (customerIds === 'all' ? Prisma.sql`TRUE` : Prisma.sql`j."customerId" = ANY(${[...customerIds]}::uuid[])`)
const RETRIED = Prisma.sql`EXISTS (SELECT 1 FROM "UpdateJob" r WHERE r."ringId" = j."ringId" AND r."retryOfId" = j.id)`

export type RunCount = { ringId: string; state: string; accepted: boolean; retried: boolean; count: number; sites: number; firstStartAt: Date | null; lastStartAt: Date | null; soakUntil: Date | null }
/** Jobs of all rings of a plan by what their gates ask of them. `sites`: different ones, where a firewall without a site counts as one. */
export const countRun = (run: Run, planId: string, customerIds: Seen): Promise<RunCount[]> =>
  run<RunCount>(Prisma.sql`
    SELECT j."ringId", j.state, EXISTS (SELECT 1 FROM "UpdateJobEvent" e WHERE e."jobId" = j.id AND e.what = 'accepted') AS accepted, ${RETRIED} AS retried, count(*)::int AS count,
      count(DISTINCT coalesce(f."siteId", f.id))::int AS sites, min(j."startsAt") AS "firstStartAt", max(j."startsAt") AS "lastStartAt", max(j."soakUntil") AS "soakUntil"
    FROM "UpdateJob" j JOIN "Firewall" f ON f.id = j."firewallId" WHERE j."planId" = ${planId}::uuid AND ${ofCustomers(customerIds)} GROUP BY 1, 2, 3, 4`)

export type RunJobRow = { id: string; ringId: string; state: string; stateSince: Date; reason: string | null; message: string | null; startsAt: Date | null; soakUntil: Date | null; finishedAt: Date | null; firewallId: string; name: string; timeZone: string; retried: boolean; reached: string | null }
/** The worst first: failed, waits for a person, under way with the furthest first, waits for its start, soaks, is over. One that is tried again is behind it. */
const RANK = Prisma.sql`(CASE WHEN ${RETRIED} THEN 12 ELSE CASE j.state WHEN 'failed' THEN 0 WHEN 'unknown' THEN 1 WHEN 'package-missing' THEN 2 WHEN 'held' THEN 3 WHEN 'blocked' THEN 3 WHEN 'verifying' THEN 4 WHEN 'rebooting' THEN 5
  WHEN 'installing' THEN 6 WHEN 'starting' THEN 7 WHEN 'backing-up' THEN 8 WHEN 'preflight' THEN 8 WHEN 'scheduled' THEN 9 WHEN 'soaking' THEN 10 WHEN 'succeeded' THEN 11 ELSE 12 END END)`

/**
 * At most `rows` jobs of each ring. Those that start at `later` or after are left to findRunStarts, unless it is null. `reached`:
 * the last of `way` that a job was in.
 */
export const findRunJobs = (run: Run, planId: string, customerIds: Seen, { rows, later, way }: { rows: number; later: Date | null; way: readonly string[] }): Promise<RunJobRow[]> =>
  run<RunJobRow>(Prisma.sql`
    SELECT p.*, (SELECT e.state FROM "UpdateJobEvent" e WHERE e."jobId" = p.id AND e.state = ANY(${[...way]}::text[]) ORDER BY e.at DESC, e.id DESC LIMIT 1) AS reached
    FROM (
      SELECT j.id, j."ringId", j.state, j."stateSince", j.reason, j.message, j."startsAt", j."soakUntil", j."finishedAt", j."firewallId", f.name, f."timeZone", ${RETRIED} AS retried,
        row_number() OVER (PARTITION BY j."ringId" ORDER BY ${RANK}, CASE j.state WHEN 'scheduled' THEN j."startsAt" WHEN 'soaking' THEN j."soakUntil" ELSE j."stateSince" END, lower(f.name), j.id)::int AS place
      FROM "UpdateJob" j JOIN "Firewall" f ON f.id = j."firewallId"
      WHERE j."planId" = ${planId}::uuid AND ${ofCustomers(customerIds)} AND (${later}::timestamptz IS NULL OR j.state <> 'scheduled' OR j."startsAt" < ${later}::timestamptz)
    ) p WHERE p.place <= ${rows}::int ORDER BY p."ringId", p.place`)

export type RunStartRow = { ringId: string; startsAt: Date; timeZone: string }
/** Starts from `later` on, the first first. */
export const findRunStarts = (run: Run, planId: string, customerIds: Seen, later: Date): Promise<RunStartRow[]> =>
  run<RunStartRow>(Prisma.sql`
    SELECT j."ringId", j."startsAt", f."timeZone" FROM "UpdateJob" j JOIN "Firewall" f ON f.id = j."firewallId"
    WHERE j."planId" = ${planId}::uuid AND ${ofCustomers(customerIds)} AND j.state = 'scheduled' AND j."startsAt" >= ${later} ORDER BY j."startsAt", j.id`)
