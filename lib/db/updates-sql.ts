import 'server-only'
// SQL of update jobs: whose turn it is, leases with their terms as fencing, and who else is at the same firewall.
import type { Tx } from './client'
import { statement } from './statements'

export type ClaimedUpdate = { id: string; leaseTerm: number }

/**
 * Claims jobs whose time came, the longest waiting first. `now` decides what is due; leases follow the clock of the database. A
 * killed worker's come back when the lease ends, and what it still does under the older term changes nothing any more.
 */
export async function claimUpdates(worker: string, now: Date, count: number, leaseSeconds: number): Promise<ClaimedUpdate[]> {
  const { rows } = await statement<ClaimedUpdate>(
    'claim-updates',
    `WITH due AS MATERIALIZED (SELECT id FROM "UpdateJob" WHERE "finishedAt" IS NULL AND "nextStepAt" <= $2 AND ("leasedUntil" IS NULL OR "leasedUntil" < clock_timestamp()) ORDER BY (state = 'scheduled'), "nextStepAt" LIMIT $3::int FOR UPDATE SKIP LOCKED)
     UPDATE "UpdateJob" j SET "leasedBy" = $1, "leaseTerm" = j."leaseTerm" + 1, "leasedUntil" = clock_timestamp() + make_interval(secs => $4::double precision)
     FROM due WHERE j.id = due.id RETURNING j.id, j."leaseTerm"`,
    [worker, now, count, leaseSeconds],
  )
  return rows
}

/** Keeps what a worker still works at; the ids whose claims hold. */
export async function renewUpdates(jobs: readonly ClaimedUpdate[], leaseSeconds: number): Promise<ReadonlySet<string>> {
  const { rows } = await statement<{ id: string }>(
    'renew-updates',
    `UPDATE "UpdateJob" j SET "leasedUntil" = clock_timestamp() + make_interval(secs => $3::double precision) FROM unnest($1::uuid[], $2::int[]) AS n (id, term)
     WHERE j.id = n.id AND j."leaseTerm" = n.term AND j."leasedUntil" > clock_timestamp() RETURNING j.id`,
    [jobs.map(({ id }) => id), jobs.map(({ leaseTerm }) => leaseTerm), leaseSeconds],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Ends a claim; the job is due when its row says. */
export async function giveUpdateBack({ id, leaseTerm }: ClaimedUpdate): Promise<void> {
  await statement('give-update-back', `UPDATE "UpdateJob" SET "leasedBy" = NULL, "leasedUntil" = NULL WHERE id = $1::uuid AND "leaseTerm" = $2::int`, [id, leaseTerm])
}

/** Puts a claim off, after a fault of ours. */
export async function putOffUpdate({ id, leaseTerm }: ClaimedUpdate, until: Date): Promise<void> {
  await statement('put-off-update', `UPDATE "UpdateJob" SET "leasedBy" = NULL, "leasedUntil" = NULL, "nextStepAt" = $3 WHERE id = $1::uuid AND "leaseTerm" = $2::int`, [id, leaseTerm, until])
}

/** Whether another job is at work at the same address; until the transaction ends none can begin there. */
export async function isOriginBusy(tx: Tx, firewallId: string, activeStates: readonly string[]): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('update ' || f.origin, 0)) FROM "Firewall" f WHERE f.id = ${firewallId}::uuid`
  const [row] = await tx.$queryRaw<{ busy: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Firewall" f JOIN "Firewall" o ON o.origin = f.origin AND o.id <> f.id JOIN "UpdateJob" j ON j."firewallId" = o.id
      WHERE f.id = ${firewallId}::uuid AND j."finishedAt" IS NULL AND j.state = ANY(${[...activeStates]}::text[])) AS busy`
  return row?.busy ?? false
}

/** Keeps visits away from a firewall that is being updated, for so long or until it is told again; 0 = a visit is due now, which also reads what it offers. */
export async function holdVisits(firewallId: string, seconds: number): Promise<void> {
  await statement(
    'hold-visits',
    `UPDATE "FirewallVisit" SET "dueAt" = CASE WHEN $2::double precision = 0 THEN now() ELSE greatest("dueAt", now() + make_interval(secs => $2::double precision)) END, "rulesDueAt" = CASE WHEN $2::double precision = 0 THEN now() ELSE "rulesDueAt" END WHERE "firewallId" = $1::uuid`,
    [firewallId, seconds],
  )
}
