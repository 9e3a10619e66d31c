import 'server-only'
// SQL of notices: written as sets, and handed to channels in an order in which nothing can appear later in front of what
// was handed on.
import type { NoticeKind } from '@/lib/notices/kinds'
import { db, type Tx } from './client'
import { LOCKS } from './locks'

export type NewNotice = { kind: string; at: Date; severity: string; customerId: string | null; firewallId: string | null; alertId: string | null; facts: object }

/** Writes notices in their order, in one statement. */
export async function insertNotices(tx: Tx, notices: readonly NewNotice[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Notice" (at, kind, severity, "customerId", "firewallId", "alertId", facts)
    SELECT n.at, n.kind, n.severity, n."customerId", n."firewallId", n."alertId", n.facts
    FROM ROWS FROM (json_to_recordset(${JSON.stringify(notices)}::json) AS (at timestamptz, kind text, severity text, "customerId" uuid, "firewallId" uuid, "alertId" uuid, facts jsonb)) WITH ORDINALITY n
    ORDER BY n.ordinality`
}

/** A channel that takes notices now. */
export type Taker = { id: string; digest: string; settings: unknown }
/** When what a channel gets now may be sent; a digest waits for its hour. */
type DueAt = (taker: Taker) => Date
/** What tells of an alert that it is there: who heard one of these hears of its end. */
const BEGINNINGS = ['alert-opened', 'alert-flapping', 'alert-escalated'] as const satisfies readonly NoticeKind[]
const END = 'alert-resolved' satisfies NoticeKind

/**
 * Hands up to `max` notices to the channels that want them, and returns how many there were. In the order of transactions,
 * and only those below the oldest that still runs: nothing can appear in front of them any more. One process at a time, so
 * `place` follows that order; 0 while another is at it.
 */
export function handNotices(dueAt: DueAt, now: Date, max: number): Promise<number> {
  return db().$transaction(async (tx) => {
    const [lock] = await tx.$queryRaw<{ free: boolean }[]>`SELECT pg_try_advisory_xact_lock(${LOCKS.notices}) AS free`
    return lock?.free === true ? handOn(tx, dueAt, now, max) : 0
  })
}

/** Enabled channels, held as they are until the end of the transaction: whoever changes one times what waits in it anew, all of it. */
const holdTakers = (tx: Tx): Promise<Taker[]> => tx.$queryRaw<Taker[]>`SELECT id, digest, settings FROM "Channel" WHERE enabled ORDER BY id FOR SHARE`

async function handOn(tx: Tx, dueAt: DueAt, now: Date, max: number): Promise<number> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    UPDATE "Notice" n SET "handedAt" = ${now}::timestamptz
    FROM (SELECT id FROM "Notice" WHERE "handedAt" IS NULL AND tx < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY tx, id LIMIT ${max}) next
    WHERE n.id = next.id RETURNING n.id`
  const ids = rows.map(({ id }) => id)
  const takers = ids.length > 0 ? await holdTakers(tx) : []
  if (takers.length > 0) {
    await tx.$executeRaw`
      INSERT INTO "Delivery" (id, "channelId", "noticeId", "createdAt", "nextStepAt")
      SELECT gen_random_uuid(), c.id, n.id, ${now}::timestamptz, t."dueAt"
      FROM "Notice" n
        CROSS JOIN unnest(${takers.map(({ id }) => id)}::uuid[], ${takers.map((taker) => dueAt(taker).toISOString())}::timestamptz[]) AS t (id, "dueAt")
        JOIN "Channel" c ON c.id = t.id
      WHERE n.id = ANY(${ids}::bigint[]) AND c.enabled
        -- Whoever was told of an alert is told of its end, as bad as it is by then; what is handed over now is not among the deliveries yet.
        AND (n.severity = ANY(c.severities) OR (n.kind = ${END} AND EXISTS (
          SELECT 1 FROM "Notice" e WHERE e."alertId" = n."alertId" AND e.kind = ANY(${[...BEGINNINGS]}::text[])
            AND ((e.id = ANY(${ids}::bigint[]) AND (e.tx, e.id) < (n.tx, n.id) AND e.severity = ANY(c.severities)) OR EXISTS (SELECT 1 FROM "Delivery" d WHERE d."channelId" = c.id AND d."noticeId" = e.id AND d.state <> 'dropped')))))
        AND (c."customerId" IS NULL OR c."customerId" = n."customerId")
        AND (coalesce(cardinality(c."customerIds"), 0) = 0 OR n."customerId" = ANY(c."customerIds"))
      ORDER BY n.tx, n.id, c.id`
  }
  return ids.length
}

/** Removes notices from before `before` that are on their way to nobody, with their deliveries; at most `max`. */
export async function removeOldNotices(tx: Tx, before: Date, max: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM "Notice" WHERE id IN (
      SELECT n.id FROM "Notice" n WHERE n.at < ${before}::timestamptz AND n."handedAt" IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM "Delivery" d WHERE d."noticeId" = n.id AND d.state IN ('waiting', 'sending')) LIMIT ${max})`
}
