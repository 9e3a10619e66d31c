import 'server-only'
// SQL of alerts as they are decided: read and written as sets, so that the number of statements is the same for one and for
// ten thousand.
import type { Tx } from './client'
import { Prisma } from './generated/client'

export type AlertRow = {
  id: string
  firewallId: string
  customerId: string
  kind: string
  subject: string
  state: string
  severity: string
  facts: unknown
  since: Date
  openedAt: Date | null
  clearSince: Date | null
  resolvedAt: Date | null
  flaps: number
  isFlapping: boolean
  toldAt: Date | null
  causeId: string | null
  silenceId: string | null
  revision: number
  /** Times that it came back since `lately`. */
  comeBacks: number
}
export type AlertWrite = Omit<AlertRow, 'revision' | 'comeBacks' | 'facts'> & { facts: object; revision: number | null }
export type AlertEventWrite = { alertId: string; at: Date; what: string; by: string | null; note: string | null }

const sql = Prisma.sql
const COLUMNS = Prisma.raw('id, "firewallId", "customerId", kind, subject, state, severity, facts, since, "openedAt", "clearSince", "resolvedAt", flaps, "isFlapping", "toldAt", "causeId", "silenceId"')
const TYPED = Prisma.raw(
  'id uuid, "firewallId" uuid, "customerId" uuid, kind text, subject text, state text, severity text, facts jsonb, since timestamptz, "openedAt" timestamptz, "clearSince" timestamptz, "resolvedAt" timestamptz, flaps int, "isFlapping" boolean, "toldAt" timestamptz, "causeId" uuid, "silenceId" uuid, revision int',
)
const rowsOf = (alerts: readonly AlertWrite[]): Prisma.Sql => sql`json_to_recordset(${JSON.stringify(alerts)}::json) AS n (${TYPED})`

/**
 * Alerts of these firewalls that are not over, or resolved since `lately`. Two plain scans: right after a whole fleet went
 * silent the server's statistics know nothing of it yet, and no join can be chosen badly.
 */
export function readAlerts(tx: Tx, firewallIds: readonly string[], lately: Date): Promise<AlertRow[]> {
  const ofThese = sql`a."firewallId" = ANY(${[...firewallIds]}::uuid[])`
  return tx.$queryRaw<AlertRow[]>`
    SELECT ${COLUMNS}, revision, 0 AS "comeBacks" FROM "Alert" a WHERE a.state <> 'resolved' AND ${ofThese}
    UNION ALL
    SELECT ${COLUMNS}, revision, (SELECT count(*)::int FROM "AlertEvent" e WHERE e."alertId" = a.id AND e.what = 'came-back' AND e.at > ${lately})
    FROM "Alert" a WHERE a.state = 'resolved' AND a."resolvedAt" > ${lately} AND ${ofThese}`
}

export type ActiveSilence = { id: string; customerId: string | null; siteId: string | null; firewallId: string | null; kind: string | null; note: string; createdByName: string }
export const readActiveSilences = (tx: Tx, now: Date): Promise<ActiveSilence[]> =>
  tx.silence.findMany({ where: { startsAt: { lte: now }, endsAt: { gt: now }, endedAt: null }, select: { id: true, customerId: true, siteId: true, firewallId: true, kind: true, note: true, createdByName: true }, orderBy: { id: 'asc' } })

/** Removes alerts that did not last. One that somebody changed meanwhile stays, and is decided again. */
export async function removeAlerts(tx: Tx, alerts: readonly Pick<AlertWrite, 'id' | 'revision'>[]): Promise<void> {
  if (alerts.length === 0) return
  await tx.$executeRaw`DELETE FROM "Alert" a USING unnest(${alerts.map(({ id }) => id)}::uuid[], ${alerts.map(({ revision }) => revision ?? 0)}::int[]) AS n (id, revision) WHERE a.id = n.id AND a.revision = n.revision`
}

/** Stores new alerts; none of a firewall that was removed meanwhile. Returns the ids of those that are stored. */
export async function insertAlerts(tx: Tx, alerts: readonly AlertWrite[], now: Date): Promise<string[]> {
  if (alerts.length === 0) return []
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "Alert" (${COLUMNS}, "changedAt") SELECT n.*, ${now} FROM (SELECT ${COLUMNS} FROM ${rowsOf(alerts)}) n WHERE EXISTS (SELECT 1 FROM "Firewall" f WHERE f.id = n."firewallId") RETURNING id`
  return rows.map(({ id }) => id)
}

/**
 * Stores what became of alerts, unless somebody changed one since it was read: that one is decided again. What opens anew has
 * nobody who acknowledged it. Returns the ids of those that are stored.
 */
export async function updateAlerts(tx: Tx, alerts: readonly AlertWrite[], now: Date): Promise<string[]> {
  if (alerts.length === 0) return []
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Alert" a SET "customerId" = n."customerId", state = n.state, severity = n.severity, facts = n.facts, since = n.since, "openedAt" = n."openedAt", "clearSince" = n."clearSince", "resolvedAt" = n."resolvedAt",
      flaps = n.flaps, "isFlapping" = n."isFlapping", "toldAt" = n."toldAt", "causeId" = n."causeId", "silenceId" = n."silenceId", revision = a.revision + 1, "changedAt" = ${now},
      "acknowledgedAt" = CASE WHEN n.state <> 'open' THEN a."acknowledgedAt" END, "acknowledgedById" = CASE WHEN n.state <> 'open' THEN a."acknowledgedById" END, "acknowledgedBy" = CASE WHEN n.state <> 'open' THEN a."acknowledgedBy" END
    FROM ${rowsOf(alerts)} WHERE a.id = n.id AND a.revision = n.revision RETURNING a.id`
  return rows.map(({ id }) => id)
}

export async function insertAlertEvents(tx: Tx, events: readonly AlertEventWrite[]): Promise<void> {
  if (events.length === 0) return
  await tx.$executeRaw`
    INSERT INTO "AlertEvent" (id, "alertId", at, what, by, note)
    SELECT gen_random_uuid(), "alertId", at, what, by, note FROM json_to_recordset(${JSON.stringify(events)}::json) AS n ("alertId" uuid, at timestamptz, what text, by text, note text)`
}

/** Removes alerts that resolved before `before`, with their events; at most `max`. */
export async function removeOldAlerts(tx: Tx, before: Date, max: number): Promise<number> {
  return tx.$executeRaw`DELETE FROM "Alert" WHERE id IN (SELECT id FROM "Alert" WHERE state = 'resolved' AND "resolvedAt" < ${before} LIMIT ${max})`
}

const EVALUATION = 'alerts'
/** Notes that all that may be wrong was looked at; a beat of the engine, which a restore leaves out. */
export async function noteEvaluation(tx: Tx, now: Date): Promise<void> {
  await tx.heartbeat.upsert({ where: { id: EVALUATION }, create: { id: EVALUATION, role: EVALUATION, startedAt: now, seenAt: now }, update: { seenAt: now } })
}
export async function lastEvaluation(tx: Tx): Promise<Date | null> {
  return (await tx.heartbeat.findUnique({ where: { id: EVALUATION }, select: { seenAt: true } }))?.seenAt ?? null
}
