import 'server-only'
// The figures of the fleet and of Palisade itself for GET /api/v1/metrics: few statements however many firewalls there are.
import { z } from 'zod'
import { FIREWALL_STATES } from '@/lib/firewalls/states'
import type { Run } from './bounded-read'
import { FIREWALLS_FROM, inCustomers, SHOWN_STATE } from './firewall-columns'
import { Prisma } from './generated/client'

const sql = Prisma.sql
type Customers = 'all' | readonly string[]
const word = (text: string) => Prisma.raw(`'${text}'`)

/** An alert counts while someone has to look at it, and only where it is the cause. */
const COUNTED_ALERT = sql`a.state IN ('open', 'acknowledged') AND a."causeId" IS NULL`

export type CustomerFigures = {
  id: string
  name: string
  firewalls: number
  states: Record<string, number>
  /** Of those that report it; null where none does. */
  gatewaysUp: number | null
  gatewaysDegraded: number | null
  gatewaysDown: number | null
  tunnelsUp: number | null
  tunnelsDown: number | null
  offered: number | null
  rebootsPending: number | null
  withoutBackup: number
  drifted: number | null
  certificateEndsAt: Date | null
}

const STATES = Prisma.join(FIREWALL_STATES.map((state) => sql`${word(state)}, count(*) FILTER (WHERE f.shown = ${word(state)})`))
const sum = (column: string) => sql`sum(f.${Prisma.raw(`"${column}"`)})::int AS ${Prisma.raw(`"${column}"`)}`

/** As for each firewall (firewall-figures.ts): what a failed check, or none, leaves open is not known. */
const FIRMWARE_KNOWN = sql`f."firmwareState" IN ('offered', 'major-offered', 'up-to-date', 'reboot-pending')`
/** How many of those of which it is known; null where it is known of none. */
const countKnown = (which: Prisma.Sql, known: Prisma.Sql) => sql`CASE WHEN bool_or(${known}) THEN (count(*) FILTER (WHERE ${which}))::int END`

/** Customers of a scope with the sums over their firewalls; those without a firewall too. */
export const customerFigures = (run: Run, customers: Customers): Promise<CustomerFigures[]> =>
  run<CustomerFigures>(sql`
    SELECT c.id, c.name, count(f.id)::int AS firewalls, json_build_object(${STATES}) AS states,
      sum(f."gatewaysTotal" - f."gatewaysDegraded" - f."gatewaysDown")::int AS "gatewaysUp", ${sum('gatewaysDegraded')}, ${sum('gatewaysDown')}, ${sum('tunnelsUp')}, ${sum('tunnelsDown')},
      ${countKnown(sql`f."firmwareState" IN ('offered', 'major-offered')`, FIRMWARE_KNOWN)} AS offered, ${countKnown(sql`f."firmwareState" = 'reboot-pending'`, FIRMWARE_KNOWN)} AS "rebootsPending",
      count(f.id) FILTER (WHERE f."pausedAt" IS NULL AND (f."backupAt" IS NULL OR f."backupAt" < now() - interval '3 days'))::int AS "withoutBackup",
      ${countKnown(sql`f."driftSince" IS NOT NULL`, sql`(f."driftSince" IS NOT NULL OR f."acceptedBackupId" IS NOT NULL)`)} AS drifted,
      min(f."certificateEndsAt") AS "certificateEndsAt"
    FROM "Customer" c LEFT JOIN (SELECT f.*, ${SHOWN_STATE} AS shown FROM "Firewall" f) f ON f."customerId" = c.id
    WHERE ${customers === 'all' ? sql`TRUE` : sql`c.id = ANY(${[...customers]}::uuid[])`}
    GROUP BY c.id ORDER BY lower(c.name), c.id`)

export type AlertFigures = { customerId: string; severity: string; state: string; count: number }

export const alertFigures = (run: Run, customers: Customers): Promise<AlertFigures[]> =>
  run<AlertFigures>(sql`
    SELECT a."customerId", a.severity, a.state, count(*)::int AS count FROM "Alert" a
    WHERE ${COUNTED_ALERT} AND ${customers === 'all' ? sql`TRUE` : sql`a."customerId" = ANY(${[...customers]}::uuid[])`}
    GROUP BY a."customerId", a.severity, a.state`)

export type FirewallFigures = {
  id: string
  name: string
  customer: string
  site: string | null
  family: string
  version: string | null
  state: string
  visitedAt: Date | null
  latencyMs: number | null
  cpuPercent: number | null
  memoryPercent: number | null
  diskPercent: number | null
  statesPercent: number | null
  gatewaysTotal: number | null
  gatewaysDegraded: number | null
  gatewaysDown: number | null
  tunnelsUp: number | null
  tunnelsDown: number | null
  certificateEndsAt: Date | null
  clockOffsetSeconds: number | null
  bootedAt: Date | null
  firmwareState: string
  firmwareCheckedAt: Date | null
  backupAt: Date | null
  driftSince: Date | null
  hasAccepted: boolean
  critical: number
  warning: number
  notice: number
}

const bySeverity = (severity: string) => sql`coalesce(n.${Prisma.raw(severity)}, 0) AS ${Prisma.raw(severity)}`
const countOf = (severity: string) => sql`(count(*) FILTER (WHERE a.severity = ${word(severity)}))::int AS ${Prisma.raw(severity)}`

/** Each firewall of a scope, by its id. */
export const firewallFigures = (run: Run, customers: Customers): Promise<FirewallFigures[]> =>
  run<FirewallFigures>(sql`
    SELECT f.id, f.name, c.name AS customer, s.name AS site, f.family, f.version, ${SHOWN_STATE} AS state, f."visitedAt", f."latencyMs", f."cpuPercent", f."memoryPercent", f."diskPercent", f."statesPercent",
      f."gatewaysTotal", f."gatewaysDegraded", f."gatewaysDown", f."tunnelsUp", f."tunnelsDown", f."certificateEndsAt", f."clockOffsetSeconds", f."bootedAt", f."firmwareState", f."firmwareCheckedAt",
      f."backupAt", f."driftSince", f."acceptedBackupId" IS NOT NULL AS "hasAccepted", ${bySeverity('critical')}, ${bySeverity('warning')}, ${bySeverity('notice')}
    FROM ${FIREWALLS_FROM}
    LEFT JOIN (SELECT a."firewallId", ${countOf('critical')}, ${countOf('warning')}, ${countOf('notice')} FROM "Alert" a WHERE ${COUNTED_ALERT} GROUP BY a."firewallId") n ON n."firewallId" = f.id
    WHERE ${inCustomers(customers)} ORDER BY f.id`)

const owned = z.object({
  migration: z.string().nullable(),
  workers: z.number(),
  heartbeatAt: z.date().nullable(),
  visitLeases: z.number(),
  callLeases: z.number(),
  lastEntry: z.coerce.number(),
  lastEntryAt: z.date().nullable(),
  signedEntry: z.coerce.number(),
  signedAt: z.date().nullable(),
  verifiedAt: z.date().nullable(),
  problem: z.string().nullable(),
  databaseBytes: z.coerce.number(),
  backupAt: z.date().nullable(),
  hasQueues: z.boolean(),
})
export type OwnFigures = z.infer<typeof owned>

/** What Palisade tells of itself; each a look at the end of an index or at a table of few rows. */
export async function ownFigures(run: Run): Promise<OwnFigures> {
  const rows = await run(sql`
    SELECT (SELECT max(migration_name) FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS migration,
      (SELECT count(*)::int FROM "Heartbeat" WHERE role = 'worker' AND "seenAt" > now() - interval '1 minute') AS workers,
      (SELECT max("seenAt") FROM "Heartbeat" WHERE role = 'worker') AS "heartbeatAt",
      (SELECT count(*)::int FROM "FirewallVisit" WHERE "leasedUntil" > now()) AS "visitLeases",
      (SELECT count(*)::int FROM "OriginLease" WHERE until > now()) AS "callLeases",
      coalesce(e.entry, 0) AS "lastEntry", e.at AS "lastEntryAt", coalesce(k.entry, 0) AS "signedEntry", k.at AS "signedAt", v.at AS "verifiedAt", v.problem,
      pg_database_size(current_database()) AS "databaseBytes",
      (SELECT max(at) FROM "InstallationBackup") AS "backupAt",
      to_regclass('pgboss.job') IS NOT NULL AS "hasQueues"
    FROM (SELECT) one
      LEFT JOIN LATERAL (SELECT entry, at FROM "AuditEntry" ORDER BY entry DESC LIMIT 1) e ON true
      LEFT JOIN LATERAL (SELECT entry, at FROM "AuditCheckpoint" ORDER BY entry DESC LIMIT 1) k ON true
      LEFT JOIN LATERAL (SELECT at, problem FROM "AuditVerification" ORDER BY at DESC LIMIT 1) v ON true`)
  return owned.parse(rows[0])
}

/** What waits, by place and word; queues only when the job engine has ever run. */
export type Waiting = { name: string; state: string; count: number }
export const waitingJobs = (run: Run): Promise<Waiting[]> =>
  run<Waiting>(sql`SELECT name, state::text, count(*)::int AS count FROM pgboss.job WHERE state IN ('created', 'retry', 'active', 'failed') GROUP BY name, state`)
export const waitingDeliveries = (run: Run): Promise<Pick<Waiting, 'state' | 'count'>[]> =>
  run<Pick<Waiting, 'state' | 'count'>>(sql`SELECT state, count(*)::int AS count FROM "Delivery" WHERE state IN ('waiting', 'sending', 'given-up') GROUP BY state`)

export type CopyFigures = { name: string; waiting: number; failures: number; lastCopyAt: Date | null }
export const copyFigures = (run: Run): Promise<CopyFigures[]> =>
  run<CopyFigures>(sql`
    SELECT name, greatest(0, (SELECT coalesce(max(entry), 0) FROM "AuditEntry") - "lastEntry")::int AS waiting, failures, "lastCopyAt"
    FROM "AuditCopy" WHERE enabled ORDER BY name, id`)
