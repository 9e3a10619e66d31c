import 'server-only'
// SQL of running plans: which are due, how the jobs of a ring stand, and waking what sleeps.
import type { Tx } from './client'
import { statement } from './statements'

/** Ids of running, paused and halted plans that are to be looked at, the longest waiting first. */
export async function duePlans(now: Date, count: number): Promise<string[]> {
  const { rows } = await statement<{ id: string }>('due-plans', `SELECT id FROM "UpdatePlan" WHERE "finishedAt" IS NULL AND "nextStepAt" <= $1 AND state IN ('running', 'paused', 'halted') ORDER BY "nextStepAt" LIMIT $2::int`, [now, count])
  return rows.map(({ id }) => id)
}

/** Locks a plan that is still due; false when another process has it or had it. */
export async function lockPlan(tx: Tx, id: string, now: Date): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "UpdatePlan" WHERE id = ${id}::uuid AND "finishedAt" IS NULL AND "nextStepAt" <= ${now} FOR UPDATE SKIP LOCKED`
  return rows.length > 0
}

export type RingCount = { state: string; accepted: boolean; retried: boolean; count: number }
/** Jobs of a ring by what its gate asks of them. */
export const countRing = (tx: Tx, ringId: string): Promise<RingCount[]> => tx.$queryRaw<RingCount[]>`
  SELECT j.state, EXISTS (SELECT 1 FROM "UpdateJobEvent" e WHERE e."jobId" = j.id AND e.what = 'accepted') AS accepted, EXISTS (SELECT 1 FROM "UpdateJob" r WHERE r."ringId" = j."ringId" AND r."retryOfId" = j.id) AS retried, count(*)::int AS count
  FROM "UpdateJob" j WHERE j."ringId" = ${ringId}::uuid GROUP BY 1, 2, 3`

/** Jobs of a ring whose firewall was updated well and has a critical alert that opened after, and that nobody accepted. */
export const alertedJobs = (tx: Tx, ringId: string): Promise<{ id: string }[]> => tx.$queryRaw<{ id: string }[]>`
  SELECT j.id FROM "UpdateJob" j WHERE j."ringId" = ${ringId}::uuid AND j.state IN ('succeeded', 'soaking')
    AND EXISTS (SELECT 1 FROM "Alert" a WHERE a."firewallId" = j."firewallId" AND a.severity = 'critical' AND a."openedAt" > j."stateSince" AND a."resolvedAt" IS NULL)
    AND NOT EXISTS (SELECT 1 FROM "UpdateJobEvent" e WHERE e."jobId" = j.id AND e.what = 'accepted')`

export type PlanCustomer = { customerId: string; customerName: string; waiting: number; begun: number; succeeded: number; failed: number; leftOut: number; firstStartAt: Date | null; firstStartZone: string | null }
/** How far a plan is with each of its customers, by name; `begun`: those whose update was started, whatever became of it. The first start is of those that wait. */
export const planCustomers = (tx: Tx, planId: string): Promise<PlanCustomer[]> => tx.$queryRaw<PlanCustomer[]>`
  SELECT c.id AS "customerId", c.name AS "customerName", count(*) FILTER (WHERE j.state = 'scheduled')::int AS waiting, count(*) FILTER (WHERE j."intentAt" IS NOT NULL)::int AS begun,
    count(*) FILTER (WHERE j.state IN ('succeeded', 'soaking'))::int AS succeeded, count(*) FILTER (WHERE j.state = 'failed')::int AS failed, count(*) FILTER (WHERE j.state IN ('skipped', 'cancelled'))::int AS "leftOut",
    min(j."startsAt") FILTER (WHERE j.state = 'scheduled') AS "firstStartAt", (array_agg(f."timeZone" ORDER BY j."startsAt", j.id) FILTER (WHERE j.state = 'scheduled'))[1] AS "firstStartZone"
  FROM "UpdateJob" j JOIN "Customer" c ON c.id = j."customerId" JOIN "Firewall" f ON f.id = j."firewallId" WHERE j."planId" = ${planId}::uuid GROUP BY c.id, c.name ORDER BY c.name, c.id`

export type Place = { id: string; startsAt: Date; endsAt: Date; windowId: string | null }
/** Gives jobs that have not begun another place. A worker that looks at one right now changes nothing any more. */
export async function placeJobs(tx: Tx, places: readonly Place[]): Promise<void> {
  if (places.length === 0) return
  await tx.$executeRaw`
    UPDATE "UpdateJob" j SET "startsAt" = n.starts, "endsAt" = n.ends, "windowId" = n.win, "nextStepAt" = n.starts, message = NULL, reason = NULL, revision = j.revision + 1
    FROM unnest(${places.map(({ id }) => id)}::uuid[], ${places.map(({ startsAt }) => startsAt)}::timestamptz[], ${places.map(({ endsAt }) => endsAt)}::timestamptz[], ${places.map(({ windowId }) => windowId)}::uuid[]) AS n (id, starts, ends, win)
    WHERE j.id = n.id AND j.state = 'scheduled' AND j."finishedAt" IS NULL`
}

/** Lets jobs that have not begun ask again whether their turn has come; of one plan, or of all. */
export async function wakeJobs(tx: Tx, planId: string | null, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE "UpdateJob" SET "nextStepAt" = greatest("startsAt", ${now}), message = NULL, reason = NULL, revision = revision + 1
    WHERE "finishedAt" IS NULL AND state = 'scheduled' AND "startsAt" IS NOT NULL AND (${planId}::uuid IS NULL OR "planId" = ${planId}::uuid)`
}
