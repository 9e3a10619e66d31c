import 'server-only'
// SQL of deliveries. A channel is lent to one worker at a time: its deliveries go out in order, and whatever is found in
// `sending` by who holds the lease was cut off before.
import { db } from './client'

const OPEN = ['waiting', 'sending']

export type LentChannel = { id: string; leaseTerm: number }

/** Lends up to `max` channels with something to send, the one whose last turn is longest ago first, for some seconds of the database's clock. */
export async function claimChannels(worker: string, now: Date, max: number, leaseSeconds: number): Promise<LentChannel[]> {
  return db().$queryRaw<LentChannel[]>`
    -- As a part of its own, because a subquery that a join reads again would lend more than its limit.
    WITH free AS MATERIALIZED (
          SELECT c.id FROM "Channel" c
          WHERE c.enabled AND (c."heldUntil" IS NULL OR c."heldUntil" <= ${now}::timestamptz) AND (c."leasedUntil" IS NULL OR c."leasedUntil" < now())
            AND EXISTS (SELECT 1 FROM "Delivery" d WHERE d."channelId" = c.id AND d.state IN ('waiting', 'sending') AND d."nextStepAt" <= ${now}::timestamptz)
          ORDER BY c."leasedUntil" NULLS FIRST LIMIT ${max} FOR UPDATE SKIP LOCKED)
    UPDATE "Channel" c SET "leasedBy" = ${worker}, "leaseTerm" = c."leaseTerm" + 1, "leasedUntil" = now() + make_interval(secs => ${leaseSeconds}::double precision)
    FROM free WHERE c.id = free.id RETURNING c.id, c."leaseTerm"`
}

/** Keeps a channel for some more seconds; false when it is another's by now. */
export async function renewChannel({ id, leaseTerm }: LentChannel, leaseSeconds: number): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE "Channel" SET "leasedUntil" = now() + make_interval(secs => ${leaseSeconds}::double precision)
    WHERE id = ${id}::uuid AND "leaseTerm" = ${leaseTerm} AND "leasedUntil" > now()`
  return count === 1
}

/** Gives a channel back, if it is still this worker's. When its turn ended is kept: the others come first. */
export async function returnChannel({ id, leaseTerm }: LentChannel): Promise<void> {
  await db().$executeRaw`UPDATE "Channel" SET "leasedUntil" = now(), "leasedBy" = NULL WHERE id = ${id}::uuid AND "leaseTerm" = ${leaseTerm}`
}

export type Sending = { id: string; place: bigint; batchId: string; noticeId: bigint; attempts: number; createdAt: Date }

/**
 * Marks what is sent next as being sent and returns it in order: what was cut off, under the id that it had; else the first
 * that is due, or as many as a digest takes, under a new one. Empty when nothing is due or the channel is not lent any more.
 */
export async function beginSending({ id, leaseTerm }: LentChannel, now: Date, batchMax: number): Promise<Sending[]> {
  const rows = await db().$queryRaw<Sending[]>`
    WITH lent AS (SELECT id FROM "Channel" WHERE id = ${id}::uuid AND "leaseTerm" = ${leaseTerm} AND "leasedUntil" > now() FOR UPDATE),
      cut AS (SELECT d.place, d."batchId" FROM "Delivery" d, lent WHERE d."channelId" = lent.id AND d.state = 'sending'),
      again AS (SELECT d.place FROM "Delivery" d, lent WHERE d."channelId" = lent.id AND d.state = 'waiting' AND d."batchId" IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM cut)
          AND d."batchId" = (SELECT f."batchId" FROM "Delivery" f WHERE f."channelId" = lent.id AND f.state = 'waiting' AND f."nextStepAt" <= ${now}::timestamptz ORDER BY f.place LIMIT 1)),
      fresh AS (SELECT d.place FROM "Delivery" d, lent WHERE d."channelId" = lent.id AND d.state = 'waiting' AND d."nextStepAt" <= ${now}::timestamptz AND d."batchId" IS NULL
          AND NOT EXISTS (SELECT 1 FROM cut) AND NOT EXISTS (SELECT 1 FROM again) ORDER BY d.place LIMIT ${batchMax}),
      named AS (SELECT gen_random_uuid() AS id)
    UPDATE "Delivery" d SET state = 'sending', attempts = d.attempts + 1, "triedAt" = ${now}::timestamptz, "batchId" = coalesce(d."batchId", named.id)
    FROM named
    WHERE d."channelId" = ${id}::uuid AND d.place IN (SELECT place FROM cut UNION ALL SELECT place FROM again UNION ALL SELECT place FROM fresh)
    RETURNING d.id, d."batchId", d."noticeId", d.attempts, d."createdAt", d.place`
  return rows.sort((one, other) => Number(one.place - other.place))
}

export type Settled = { state: 'delivered' | 'waiting' | 'given-up'; answer: string; heldUntil: Date | null }

/**
 * Notes how sending ended, of the deliveries and of their channel, in one statement; false when the channel was lent to
 * another meanwhile, who sends it again.
 */
export async function settleSending({ id, leaseTerm }: LentChannel, ids: readonly string[], { state, answer, heldUntil }: Settled, now: Date): Promise<boolean> {
  const isDelivered = state === 'delivered'
  const rows = await db().$queryRaw<{ count: number }[]>`
    WITH lent AS (
      UPDATE "Channel" SET "heldUntil" = ${heldUntil}::timestamptz, failures = CASE WHEN ${state} = 'waiting' THEN failures + 1 ELSE 0 END, "lastError" = ${isDelivered ? null : answer}::text,
        "lastDeliveryAt" = CASE WHEN ${isDelivered}::boolean THEN ${now}::timestamptz ELSE "lastDeliveryAt" END
      WHERE id = ${id}::uuid AND "leaseTerm" = ${leaseTerm} RETURNING id),
    settled AS (
      UPDATE "Delivery" d SET state = ${state}, answer = ${answer}::text, "deliveredAt" = CASE WHEN ${isDelivered}::boolean THEN ${now}::timestamptz END
      FROM lent WHERE d."channelId" = lent.id AND d.id = ANY(${[...ids]}::uuid[]) AND d.state = 'sending' RETURNING d.id)
    SELECT count(*)::int AS count FROM settled`
  return (rows[0]?.count ?? 0) === ids.length
}

/** How many wait for each of these channels. */
export async function countWaiting(channelIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db().delivery.groupBy({ by: ['channelId'], where: { channelId: { in: [...channelIds] }, state: { in: OPEN } }, _count: true })
  return new Map(rows.map(({ channelId, _count }) => [channelId, _count]))
}
