import 'server-only'
// SQL of the daily check for updates: whose night it is.
import { statement } from './statements'

export type DailyCheck = {
  firewallId: string
  family: string
  state: string
  pausedAt: Date | null
  commandsAllowed: boolean
  /** Of its site, else its own. */
  timeZone: string
  intervals: unknown[]
  /** Hours since the newest check was asked for; very many without any. */
  lastCheckHours: number
  /** A check is open. */
  isUpdating: boolean
}

/** Claims firewalls whose daily check is due; they come back after `leaseSeconds` unless `setDailyCheck` says when. */
export async function claimDailyChecks(now: Date, count: number, leaseSeconds: number): Promise<DailyCheck[]> {
  const { rows } = await statement<DailyCheck>(
    'claim-daily-checks',
    // As a part of its own, because a subquery that a join reads again would claim more than its limit.
    `WITH free AS MATERIALIZED (SELECT "firewallId" FROM "FirewallVisit" WHERE "checkDueAt" <= $1 ORDER BY "checkDueAt" LIMIT $2::int FOR UPDATE SKIP LOCKED), due AS (
       UPDATE "FirewallVisit" v SET "checkDueAt" = $1::timestamptz + make_interval(secs => $3::double precision)
       FROM free d WHERE v."firewallId" = d."firewallId" RETURNING v."firewallId")
     SELECT f.id AS "firewallId", f.family, f.state, f."pausedAt", f."commandsAllowed", coalesce(t."timeZone", f."timeZone") AS "timeZone", jsonb_build_array(s.intervals, c.intervals, f.intervals) AS intervals,
       coalesce(extract(epoch FROM $1::timestamptz - k.at) / 3600, 1e6)::double precision AS "lastCheckHours", coalesce(k."isOpen", false) AS "isUpdating"
     FROM due JOIN "Firewall" f ON f.id = due."firewallId" JOIN "Customer" c ON c.id = f."customerId" LEFT JOIN "Site" t ON t.id = f."siteId" LEFT JOIN "Settings" s ON s.id = 1
     LEFT JOIN LATERAL (SELECT max("createdAt") AS at, bool_or("finishedAt" IS NULL) AS "isOpen" FROM "FirmwareCheck" WHERE "firewallId" = f.id) k ON true`,
    [now, count, leaseSeconds],
  )
  return rows
}

export async function setDailyCheck(firewallId: string, at: Date): Promise<void> {
  await statement('set-daily-check', `UPDATE "FirewallVisit" SET "checkDueAt" = $2 WHERE "firewallId" = $1::uuid`, [firewallId, at])
}
