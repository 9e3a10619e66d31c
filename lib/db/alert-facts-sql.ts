import 'server-only'
// SQL of what alerts are decided by: of the firewalls that are looked at, in one statement whatever their number. Those that
// are well are not even among them, unless they share a site or a pair with one that is not.
import type { Tx } from './client'
import { Prisma } from './generated/client'
import { statement } from './statements'

export type FirewallFacts = {
  id: string
  name: string
  customerId: string
  customerName: string
  siteId: string | null
  siteName: string | null
  haPeerId: string | null
  state: string
  stateSince: Date
  stateReason: string | null
  pausedAt: Date | null
  createdAt: Date
  visitedAt: Date | null
  lastErrorAt: Date | null
  statusSeconds: number
  haRole: string | null
  haRoleSince: Date | null
  gatewaysUp: number | null
  cpuPercent: number | null
  memoryPercent: number | null
  diskPercent: number | null
  statesPercent: number | null
  clockOffsetSeconds: number | null
  certificateEndsAt: Date | null
  firmwareState: string
  firmwareSince: Date | null
  /** Whether its family can give a backup as things stand. */
  givesBackup: boolean
  backupAt: Date | null
  backupError: string | null
  driftSince: Date | null
  driftItems: number | null
  gateways: readonly { name: string; isDown: boolean; since: string; lossPercent: number | null }[]
  /** Those that are down. */
  tunnels: readonly { key: string; name: string | null; since: string }[]
  /** Firewalls of its site that are expected to answer, itself included. */
  siteFirewalls: number
}

/** The lowest bounds that anybody set: what lies below all of them needs no look. Percent, seconds, days. */
export type LowestBounds = { cpu: number; memory: number; disk: number; states: number; loss: number; clockSeconds: number; certificateDays: number; backupDays: number; updateDays: number }

type Changed = { horizon: string; ids: string[]; isCut: boolean }
const CHANGED = `WITH c AS MATERIALIZED (SELECT "firewallId" FROM "LiveChange" WHERE tx >= $1::text::xid8 AND topic IN ('firewall', 'reading') AND "firewallId" IS NOT NULL LIMIT $2)
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, ARRAY(SELECT DISTINCT "firewallId" FROM c) AS ids, (SELECT count(*) FROM c) = $2 AS "isCut"`

/**
 * Firewalls of which something changed in transactions from `horizon` on, and the horizon to go on from: the oldest
 * transaction that runs, because what it changes may appear at any time. What appeared above it is told now and once more
 * later, so that a long transaction delays nothing. At most `max` changes are looked at; null = from now on.
 */
export async function readChangedFirewalls(horizon: string | null, max: number): Promise<Changed> {
  const { rows } = await statement<Changed>('changed-firewalls', CHANGED, [horizon ?? '9223372036854775807', max])
  const [found] = rows
  if (!found) throw new Error('The database did not say which transactions run.')
  return found
}

/** Families whose firewalls can give a backup, and those that can only while commands are allowed. */
export type BackupFamilies = { always: readonly string[]; withCommands: readonly string[] }

/** `sweep`: all that may be wrong. Else those of `changed`, those with an alert that is about to move, and what is measured too high. */
export type Which = { sweep: true } | { sweep: false; changed: readonly string[] }

export type Look = {
  which: Which
  bounds: LowestBounds
  families: BackupFamilies
  /** Kinds that move without a change that is told. */
  movingKinds: readonly string[]
  /** How long a new firewall is not expected to answer. */
  graceSeconds: number
  now: Date
}

const sql = Prisma.sql
/** Of one firewall; a hostile one can name any number of them. */
const THINGS_MAX = 100
/** Expected to answer: what a site has to lose to be down. */
const COUNTED = sql`"pausedAt" IS NULL AND state IN ('reachable', 'degraded', 'unreachable') AND ("visitedAt" IS NOT NULL OR "createdAt" < `

const measuredTooHigh = ({ cpu, memory, disk, states, clockSeconds }: LowestBounds): Prisma.Sql =>
  sql`f."cpuPercent" >= ${cpu} OR f."memoryPercent" >= ${memory} OR f."diskPercent" >= ${disk} OR f."statesPercent" >= ${states} OR abs(f."clockOffsetSeconds") > ${clockSeconds}`

const NOT_OVER = sql`a."firewallId" = f.id AND a.state <> 'resolved'`

function pickedBy({ which, bounds, movingKinds, now }: Look): Prisma.Sql {
  if (!which.sweep) {
    return sql`f.id = ANY(${[...which.changed]}::uuid[]) OR ${measuredTooHigh(bounds)}
      OR EXISTS (SELECT 1 FROM "Alert" a WHERE ${NOT_OVER} AND (a.state = 'pending' OR a."clearSince" IS NOT NULL OR a."isFlapping" OR a."causeId" IS NOT NULL OR a.kind = ANY(${[...movingKinds]})))`
  }
  const days = (count: number) => sql`make_interval(secs => ${count * 86_400}::double precision)`
  return sql`f.state IN ('unreachable', 'certificate-changed', 'credential-rejected', 'api-package-missing') OR f."gatewaysDown" > 0 OR f."tunnelsDown" > 0 OR f."driftSince" IS NOT NULL
    OR (f."haRole" = 'master' AND f."haPeerId" IS NOT NULL) OR ${measuredTooHigh(bounds)}
    OR f."certificateEndsAt" <= ${now}::timestamptz + ${days(bounds.certificateDays)}
    OR coalesce(f."backupAt", f."createdAt") <= ${now}::timestamptz - ${days(bounds.backupDays)}
    OR (f."firmwareState" IN ('offered', 'major-offered') AND f."firmwareSince" <= ${now}::timestamptz - ${days(bounds.updateDays)})
    OR EXISTS (SELECT 1 FROM "Alert" a WHERE ${NOT_OVER})
    OR EXISTS (SELECT 1 FROM "Reading" r, jsonb_array_elements(r.body->'items') g
               WHERE r."firewallId" = f.id AND r.kind = 'gateways' AND jsonb_typeof(g->'lossPercent') = 'number' AND (g->>'lossPercent')::double precision >= ${bounds.loss})`
}

/** What is known of the firewalls to look at, with all firewalls of their sites and pairs. */
export function readFirewallFacts(tx: Tx, look: Look): Promise<FirewallFacts[]> {
  const { families, graceSeconds, now } = look
  const counted = sql`${COUNTED}${now}::timestamptz - make_interval(secs => ${graceSeconds}::double precision))`
  return tx.$queryRaw<FirewallFacts[]>`
    WITH picked AS MATERIALIZED (SELECT f.id, f."siteId" FROM "Firewall" f WHERE ${pickedBy(look)}),
      wanted AS MATERIALIZED (
        SELECT id FROM picked
        UNION SELECT f.id FROM "Firewall" f WHERE f."siteId" IN (SELECT "siteId" FROM picked)
        UNION SELECT f.id FROM "Firewall" f WHERE f."haPeerId" IN (SELECT id FROM picked)),
      sites AS MATERIALIZED (
        SELECT "siteId", count(*)::int AS firewalls FROM "Firewall"
        WHERE "siteId" IN (SELECT "siteId" FROM "Firewall" WHERE state = 'unreachable') AND ${counted} GROUP BY "siteId")
    SELECT f.id, f.name, f."customerId", c.name AS "customerName", f."siteId", s.name AS "siteName", f."haPeerId", f.state, f."stateSince", f."stateReason", f."pausedAt", f."createdAt", f."visitedAt",
      f."lastErrorAt", f."statusSeconds", f."haRole", f."haRoleSince", f."gatewaysUp", f."cpuPercent", f."memoryPercent", f."diskPercent", f."statesPercent", f."clockOffsetSeconds", f."certificateEndsAt",
      f."firmwareState", f."firmwareSince", f."backupAt", f."backupError", f."driftSince", f."driftItems", coalesce(n.firewalls, 0) AS "siteFirewalls",
      (f.family = ANY(${[...families.always]}) OR (f."commandsAllowed" AND f.family = ANY(${[...families.withCommands]}))) AS "givesBackup",
      coalesce(g.gateways, '[]') AS gateways, coalesce(t.tunnels, '[]') AS tunnels
    FROM wanted w JOIN "Firewall" f ON f.id = w.id JOIN "Customer" c ON c.id = f."customerId" LEFT JOIN "Site" s ON s.id = f."siteId" LEFT JOIN sites n ON n."siteId" = f."siteId"
      LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('name', g.key, 'isDown', g.body->>'state' = 'offline', 'since', g."changedAt", 'lossPercent', l.loss)) AS gateways
        FROM (SELECT * FROM "FactGateway" WHERE "firewallId" = f.id AND "goneAt" IS NULL ORDER BY key LIMIT ${THINGS_MAX}) g
          LEFT JOIN (SELECT i->>'name' AS name, max((i->>'lossPercent')::double precision) AS loss FROM "Reading" r, jsonb_array_elements(r.body->'items') i
                     WHERE r."firewallId" = f.id AND r.kind = 'gateways' AND jsonb_typeof(i->'lossPercent') = 'number' GROUP BY 1) l ON l.name = g.body->>'name') g ON true
      LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('key', t.key, 'name', t.body->>'name', 'since', t."changedAt")) AS tunnels
        FROM (SELECT * FROM "FactTunnel" WHERE "firewallId" = f.id AND "goneAt" IS NULL AND body->>'state' = 'down' ORDER BY key LIMIT ${THINGS_MAX}) t) t ON true
    ORDER BY f.id`
}
