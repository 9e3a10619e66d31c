import 'server-only'
// SQL of the due-table: who visits which firewall when, in one statement for each step, because there is one for every firewall
// and minute. Columns are literals, and every value is a parameter.
import type { Firewall } from './generated/client'
import { CONNECTION_COLUMNS, CONNECTION_FROM, type ConnectionRow } from './sql'
import { statement } from './statements'

export type ClaimedVisit = {
  firewallId: string
  /** Goes up with each claim: what was begun under an older one changes the due-table no more. */
  leaseTerm: number
  /** Between the time it was due and the claim. */
  lateMs: number
}

/**
 * Claims visits that are due, the longest waiting first; a killed worker's come back by themselves when the lease ends.
 * `silent` = those of firewalls that did not answer last time.
 */
export async function claimVisits(worker: string, count: number, silent: boolean, leaseSeconds: number): Promise<ClaimedVisit[]> {
  const { rows } = await statement<ClaimedVisit>(
    'claim-visits',
    // As a part of its own, because a subquery that a join reads again would claim more than its limit.
    `WITH due AS MATERIALIZED (SELECT "firewallId", "dueAt" FROM "FirewallVisit" WHERE "dueAt" <= now() AND (misses > 0) = $3::boolean ORDER BY "dueAt" LIMIT $2::int FOR UPDATE SKIP LOCKED)
     UPDATE "FirewallVisit" v
     SET "leasedBy" = $1, "leaseTerm" = v."leaseTerm" + 1, "leasedUntil" = now() + make_interval(secs => $4::double precision), "dueAt" = now() + make_interval(secs => $4::double precision)
     FROM due WHERE v."firewallId" = due."firewallId"
     RETURNING v."firewallId", v."leaseTerm", (extract(epoch FROM now() - due."dueAt") * 1000)::double precision AS "lateMs"`,
    [worker, count, silent, leaseSeconds],
  )
  return rows
}

/** What a visit needs to know before it begins. */
export type VisitRow = ConnectionRow & {
  misses: number
  returns: number
  status: Date
  neighbours: Date
  vpn: Date
  rules: Date
  /** Of the installation, the customer and the firewall. */
  intervals: unknown[]
  /** The clock of the database, which all times of the due-table follow. */
  now: Date
}

const VISIT_COLUMNS = `${CONNECTION_COLUMNS}, v.misses, v.returns, v."statusDueAt" AS status, v."neighboursDueAt" AS neighbours, v."vpnDueAt" AS vpn, v."rulesDueAt" AS rules,
  jsonb_build_array(s.intervals, c.intervals, f.intervals) AS intervals, now() AS now`
const VISIT_FROM = `${CONNECTION_FROM} JOIN "FirewallVisit" v ON v."firewallId" = f.id LEFT JOIN "Settings" s ON s.id = 1`

/** For a visit that a person asks for; null when the firewall was removed. */
export async function findVisit(firewallId: string): Promise<VisitRow | null> {
  const { rows } = await statement<VisitRow>('find-visit', `SELECT ${VISIT_COLUMNS} FROM ${VISIT_FROM} WHERE f.id = $1::uuid`, [firewallId])
  return rows[0] ?? null
}

const BEGIN = `WITH place AS (SELECT origin FROM "Firewall" WHERE id = $1::uuid),
  free AS (
    SELECT v.origin, v.slot AS visit, r.slot AS read
    FROM (SELECT l.origin, l.slot FROM "OriginLease" l, place WHERE l.origin = place.origin AND l.slot = 'visit' AND l.until < now() FOR UPDATE OF l SKIP LOCKED) v,
         (SELECT l.slot FROM "OriginLease" l, place WHERE l.origin = place.origin AND l.slot IN ('read-1', 'read-2') AND l.until < now() ORDER BY l.slot LIMIT 1 FOR UPDATE OF l SKIP LOCKED) r),
  taken AS (
    UPDATE "OriginLease" l SET holder = $3, until = now() + make_interval(secs => $4::double precision) FROM free WHERE l.origin = free.origin AND l.slot IN (free.visit, free.read) RETURNING l.slot)
  SELECT ${VISIT_COLUMNS}, (SELECT count(*)::int FROM taken) AS taken, EXISTS (SELECT 1 FROM "OriginLease" l WHERE l.origin = f.origin) AS "hasSlots"
  FROM ${VISIT_FROM} WHERE f.id = $1::uuid AND v."leaseTerm" = $2::int`

/**
 * Takes the visit and one read slot of the origin, and reads what the visit needs to know: all that the one before stored,
 * because it gave its slots back after that. `isFree: false` = someone else is at it. Null when the claim is lost.
 */
export async function beginVisit({ firewallId, leaseTerm }: ClaimedVisit, holder: string, leaseSeconds: number): Promise<{ row: VisitRow; isFree: boolean; hasSlots: boolean } | null> {
  const { rows } = await statement<VisitRow & { taken: number; hasSlots: boolean }>('begin-visit', BEGIN, [firewallId, leaseTerm, holder, leaseSeconds])
  const [found] = rows
  if (!found) return null
  const { taken, hasSlots, ...row } = found
  return { row, isFree: taken > 0, hasSlots }
}

/** Columns of the fleet table that a visit may change. */
const COLUMNS = [
  'hostname', 'version', 'firmwareState', 'offeredVersion', 'majorVersion', 'packageCount', 'downloadBytes', 'rebootRequired', 'firmwareCheckedAt', 'gatewaysUp', 'gatewaysTotal', 'gatewaysDown', 'gatewaysDegraded',
  'tunnelsUp', 'tunnelsDown', 'haRole', 'clockOffsetSeconds', 'certificateEndsAt', 'bootedAt', 'latencyMs', 'cpuPercent', 'memoryPercent', 'diskPercent', 'statesPercent', 'statusSeconds',
  'state', 'stateRank', 'stateReason', 'visitedAt', 'lastErrorCode', 'lastErrorMessage', 'lastErrorNextStep', 'lastErrorAt',
] as const satisfies readonly (keyof Firewall)[]
/** Those that are absent stay. Big numbers as numbers, because JSON has no others. */
export type VisitColumns = { [C in (typeof COLUMNS)[number]]?: bigint extends Firewall[C] ? number | null : Firewall[C] }

const list = (prefix: string): string => COLUMNS.map((column) => `${prefix}"${column}"`).join(', ')
const SET_COLUMNS = `(${list('')}) = (SELECT ${list('n.')} FROM jsonb_populate_record(f, $2::jsonb) n)`

export type VisitEnd = {
  firewallId: string
  origin: string
  /** null for a visit that a person asked for. */
  leaseTerm: number | null
  /** Whose slots of the origin are given back; null when they are held elsewhere. */
  holder: string | null
  /** Whether visits were paused when it began. */
  isPaused: boolean
  /** States that stay, whatever a call that began before them says. */
  keep: readonly string[]
  /** null = nothing is known. */
  columns: VisitColumns | null
  misses: number
  returns: number
  /** When each tier that was read is due again; absent ones stay. */
  due: { status?: Date; neighbours?: Date; vpn?: Date; rules?: Date }
  dueAt: Date
}

// The firewall's row first, as everywhere, so that nobody waits for each other.
const END = `WITH firewall AS (
    UPDATE "Firewall" f SET ${SET_COLUMNS}
    WHERE f.id = $1::uuid AND $2::jsonb IS NOT NULL AND f."certificateSeenAt" IS NULL AND f.state <> ALL ($3::text[]) AND (f."pausedAt" IS NOT NULL) = $4::boolean
      AND ($5::int IS NULL OR EXISTS (SELECT 1 FROM "FirewallVisit" v WHERE v."firewallId" = f.id AND v."leaseTerm" = $5::int)) RETURNING 1),
  given AS (UPDATE "OriginLease" SET holder = '', until = 'epoch' WHERE origin = $6 AND holder = $7)
  UPDATE "FirewallVisit" v
  SET misses = $8::int, returns = $9::int, "leasedBy" = NULL, "leasedUntil" = NULL, "dueAt" = $14::timestamptz,
      "statusDueAt" = coalesce($10, "statusDueAt"), "neighboursDueAt" = coalesce($11, "neighboursDueAt"), "vpnDueAt" = coalesce($12, "vpnDueAt"), "rulesDueAt" = coalesce($13, "rulesDueAt")
  FROM (SELECT count(*) FROM firewall) done
  WHERE v."firewallId" = $1::uuid AND ($5::int IS NULL OR v."leaseTerm" = $5::int)`

/**
 * Ends a visit: what it says of the firewall, whether it answered, and when the next is due. A visit whose claim is lost
 * changes nothing, and one whose firewall was stopped or paused meanwhile leaves its state.
 */
export async function endVisit({ firewallId, origin, leaseTerm, holder, isPaused, keep, columns, misses, returns, due, dueAt }: VisitEnd): Promise<void> {
  const json = columns === null ? null : JSON.stringify(columns)
  await statement('end-visit', END, [firewallId, json, [...keep], isPaused, leaseTerm, origin, holder, misses, returns, due.status ?? null, due.neighbours ?? null, due.vpn ?? null, due.rules ?? null, dueAt])
}

/** Stores columns that one reading or one failed call brings, unless a person has to decide first; the next visit is due at once if told. */
export async function storeColumnsOf(firewallId: string, columns: VisitColumns, keep: readonly string[], visitNow: boolean): Promise<void> {
  await statement(
    'store-columns',
    `WITH firewall AS (UPDATE "Firewall" f SET ${SET_COLUMNS} WHERE f.id = $1::uuid AND f."certificateSeenAt" IS NULL AND f.state <> ALL ($3::text[]) RETURNING 1)
     UPDATE "FirewallVisit" v SET "dueAt" = least("dueAt", now()) FROM (SELECT count(*) AS count FROM firewall) done
     WHERE v."firewallId" = $1::uuid AND $4::boolean AND done.count > 0 AND v."leasedBy" IS NULL`,
    [firewallId, JSON.stringify(columns), [...keep], visitNow],
  )
}

/** Stored readings by their kind. */
export async function storedBodies(firewallId: string, kinds: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
  const { rows } = await statement<{ kind: string; body: unknown }>('stored-bodies', `SELECT kind, body FROM "Reading" WHERE "firewallId" = $1::uuid AND kind = ANY ($2::text[])`, [firewallId, [...kinds]])
  return new Map(rows.map(({ kind, body }) => [kind, body]))
}

/** Gives claims back without a visit, due again after `seconds`. */
export async function putOffVisit({ firewallId, leaseTerm }: ClaimedVisit, holder: string, seconds: number): Promise<void> {
  await statement(
    'put-off-visit',
    `WITH given AS (UPDATE "OriginLease" l SET holder = '', until = 'epoch' FROM "Firewall" f WHERE f.id = $1::uuid AND l.origin = f.origin AND l.holder = $3)
     UPDATE "FirewallVisit" SET "dueAt" = now() + make_interval(secs => $4::double precision), "leasedBy" = NULL, "leasedUntil" = NULL WHERE "firewallId" = $1::uuid AND "leaseTerm" = $2::int`,
    [firewallId, leaseTerm, holder, seconds],
  )
}

/** Keeps what a worker still works at; returns the firewalls whose claims hold. */
export async function renewVisits(worker: string, visits: readonly (ClaimedVisit & { holder: string })[], leaseSeconds: number): Promise<ReadonlySet<string>> {
  const { rows } = await statement<{ firewallId: string }>(
    'renew-visits',
    `WITH n AS (SELECT * FROM unnest($2::uuid[], $3::int[], $4::text[]) AS n (id, term, holder)),
       slots AS (UPDATE "OriginLease" l SET until = now() + make_interval(secs => $5::double precision) FROM n JOIN "Firewall" f ON f.id = n.id WHERE l.origin = f.origin AND l.holder = n.holder AND l.until > now())
     UPDATE "FirewallVisit" v SET "leasedUntil" = now() + make_interval(secs => $5::double precision), "dueAt" = now() + make_interval(secs => $5::double precision)
     FROM n WHERE v."firewallId" = n.id AND v."leaseTerm" = n.term AND v."leasedBy" = $1 RETURNING v."firewallId"`,
    [worker, visits.map(({ firewallId }) => firewallId), visits.map(({ leaseTerm }) => leaseTerm), visits.map(({ holder }) => holder), leaseSeconds],
  )
  return new Set(rows.map(({ firewallId }) => firewallId))
}
