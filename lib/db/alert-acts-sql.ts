import 'server-only'
// What people do with alerts, each over any number of them in one statement with its events.
import { GROUP_SUBJECTS } from '@/lib/alerts/words'
import type { Tx } from './client'
import { Prisma } from './generated/client'

const sql = Prisma.sql
type Who = { at: Date; byId: string | null; by: string; note: string | null }

/** One row for each alert that was changed. */
type Changed = { id: string }

/** Rows are locked in one order, so that people and the engine do not wait for each other in a ring. */
const locked = (ids: readonly string[], state: string): Prisma.Sql => sql`SELECT id FROM "Alert" WHERE id = ANY(${[...ids]}::uuid[]) AND state = ${state} ORDER BY id FOR UPDATE`

/** Acknowledges those of the alerts that are open; returns which. */
export const acknowledgeAlerts = (tx: Tx, ids: readonly string[], { at, byId, by, note }: Who): Promise<Changed[]> => tx.$queryRaw<Changed[]>`
  WITH held AS MATERIALIZED (${locked(ids, 'open')}),
  done AS (
    UPDATE "Alert" a SET state = 'acknowledged', "acknowledgedAt" = ${at}, "acknowledgedById" = ${byId}::uuid, "acknowledgedBy" = ${by}, note = coalesce(${note}, a.note), revision = a.revision + 1, "changedAt" = ${at}
    FROM held WHERE a.id = held.id RETURNING a.id),
  told AS (INSERT INTO "AlertEvent" (id, "alertId", at, what, by, note) SELECT gen_random_uuid(), id, ${at}, 'acknowledged', ${by}, ${note} FROM done)
  SELECT id FROM done`

/** Takes the acknowledgement of those that have one back; returns which. */
export const unacknowledgeAlerts = (tx: Tx, ids: readonly string[], { at, by }: Pick<Who, 'at' | 'by'>): Promise<Changed[]> => tx.$queryRaw<Changed[]>`
  WITH held AS MATERIALIZED (${locked(ids, 'acknowledged')}),
  done AS (
    UPDATE "Alert" a SET state = 'open', "acknowledgedAt" = NULL, "acknowledgedById" = NULL, "acknowledgedBy" = NULL, revision = a.revision + 1, "changedAt" = ${at}
    FROM held WHERE a.id = held.id RETURNING a.id),
  told AS (INSERT INTO "AlertEvent" (id, "alertId", at, what, by) SELECT gen_random_uuid(), id, ${at}, 'unacknowledged', ${by} FROM done)
  SELECT id FROM done`

export type SilencedPlace = { id: string; customerId: string | null; siteId: string | null; firewallId: string | null; kind: string | null }

/** Marks what is open in the place of a silence that holds now, if no other covers it. That of one firewall does not hide the whole site. */
export const markSilenced = (tx: Tx, { id, customerId, siteId, firewallId, kind }: SilencedPlace, { at, by, note }: Pick<Who, 'at' | 'by' | 'note'>): Promise<number> => tx.$executeRaw`
  WITH held AS MATERIALIZED (
    SELECT a.id FROM "Alert" a JOIN "Firewall" f ON f.id = a."firewallId" LEFT JOIN "Silence" q ON q.id = a."silenceId" AND q."endedAt" IS NULL AND q."endsAt" > ${at}
    WHERE a.state IN ('open', 'acknowledged') AND q.id IS NULL AND (${customerId}::uuid IS NULL OR a."customerId" = ${customerId}::uuid) AND (${siteId}::uuid IS NULL OR f."siteId" = ${siteId}::uuid)
      AND (${firewallId}::uuid IS NULL OR (a."firewallId" = ${firewallId}::uuid AND NOT (a.kind = 'unreachable' AND a.subject = ANY(${[...GROUP_SUBJECTS]}::text[])))) AND (${kind}::text IS NULL OR a.kind = ${kind}::text)
    ORDER BY a.id FOR UPDATE OF a),
  done AS (UPDATE "Alert" a SET "silenceId" = ${id}::uuid, revision = a.revision + 1, "changedAt" = ${at} FROM held WHERE a.id = held.id RETURNING a.id)
  INSERT INTO "AlertEvent" (id, "alertId", at, what, by, note) SELECT gen_random_uuid(), id, ${at}, 'silenced', ${by}, ${note} FROM done`

/** Alerts under a silence that is over now stand under none; the engine finds another that covers them. */
export const unmarkSilenced = (tx: Tx, silenceId: string, at: Date): Promise<number> => tx.$executeRaw`
  UPDATE "Alert" SET "silenceId" = NULL, revision = revision + 1, "changedAt" = ${at} WHERE "silenceId" = ${silenceId}::uuid AND state <> 'resolved'`
