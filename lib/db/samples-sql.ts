import 'server-only'
// Measured values over time, in the schema `samples`: what visits measure, rolled up to five minutes and to hours, each in a
// table for each UTC day, so that what is too old goes by dropping a table.
import type { Sample } from '@/lib/samples/sample-of'
import { onOneConnection, statement } from './statements'

/** A rate over a longer time would be drawn as if it had been even; counters that run backwards began anew. */
const RATE_SECONDS_MAX = 7_200

const SAVE = `WITH firewall AS (SELECT id FROM "Firewall" WHERE id = $1::uuid),
  before AS (SELECT c.at, n.name, n.counter FROM samples.counter c, unnest(c.names, c.counters) AS n (name, counter) WHERE c."firewallId" = $1::uuid),
  rates AS (
    SELECT array_agg(CASE WHEN now.counter >= before.counter AND $2::timestamptz > before.at AND $2::timestamptz - before.at <= make_interval(secs => ${RATE_SECONDS_MAX})
                          THEN ((now.counter - before.counter) * 8 / extract(epoch FROM $2::timestamptz - before.at))::real END ORDER BY now.place) AS rates
    FROM unnest($6::text[], $7::double precision[]) WITH ORDINALITY AS now (name, counter, place) LEFT JOIN before ON before.name = now.name),
  counted AS (
    INSERT INTO samples.counter ("firewallId", at, names, counters) SELECT id, $2, $6, $7 FROM firewall WHERE cardinality($6::text[]) > 0
    ON CONFLICT ("firewallId") DO UPDATE SET at = excluded.at, names = excluded.names, counters = excluded.counters),
  named AS (
    INSERT INTO samples.layout AS l ("firewallId", id, names, "usedAt") SELECT id, $3::bigint, $4, $2 FROM firewall
    ON CONFLICT ("firewallId", id) DO UPDATE SET "usedAt" = excluded."usedAt" WHERE l."usedAt" < excluded."usedAt" - interval '1 day')
  INSERT INTO samples.visit ("firewallId", at, layout, measured) SELECT id, $2, $3::bigint, $5::real[] || coalesce(rates, '{}') FROM firewall, rates
  ON CONFLICT DO NOTHING`

/** Stores what a visit measured, in one statement; nothing for a firewall that was removed. */
export async function saveSample(firewallId: string, at: Date, { layout, names, values, counterNames, counters }: Sample): Promise<void> {
  await statement('save-sample', SAVE, [firewallId, at, layout, names, values, counterNames, counters])
}

export const ROLL_UPS = {
  five_minutes: { seconds: 300, from: 'visit' },
  hour: { seconds: 3_600, from: 'five_minutes' },
} as const
export type RollUp = keyof typeof ROLL_UPS

/** A visit ends at most four minutes after what it measured first. */
const LATE_SECONDS_MAX = 300
/** Rolled up in one statement at most; a worker that was away for a day catches up in as many steps. */
const SPANS_MAX = 12

const PLACES = {
  visit: `unnest(s.measured, s.measured, s.measured) WITH ORDINALITY AS v (low, mean, high, place)`,
  five_minutes: `unnest(s.low, s.mean, s.high) WITH ORDINALITY AS v (low, mean, high, place)`,
} as const
const VISITS = { visit: '1', five_minutes: 's.visits' } as const

/** From rows of a finer table: means weigh by the visits behind them, and a value that nobody measured stays empty. */
function rollUpText(target: RollUp): string {
  const { seconds, from } = ROLL_UPS[target]
  const visits = VISITS[from]
  return `INSERT INTO samples.${target} ("firewallId", at, layout, visits, low, mean, high)
  SELECT "firewallId", span, layout, max(visits), array_agg(low ORDER BY place), array_agg(mean ORDER BY place), array_agg(high ORDER BY place)
  FROM (
    SELECT s."firewallId", date_bin(make_interval(secs => ${seconds}), s.at, 'epoch') AS span, s.layout, v.place, sum(${visits})::int AS visits, min(v.low) AS low,
           (sum(v.mean * ${visits}) / nullif(sum(${visits}) FILTER (WHERE v.mean IS NOT NULL), 0))::real AS mean, max(v.high) AS high
    FROM samples.${from} s, ${PLACES[from]} WHERE s.at >= $1 AND s.at < $2 GROUP BY 1, 2, 3, 4) places
  GROUP BY 1, 2, 3
  ON CONFLICT ("firewallId", at, layout) DO UPDATE SET visits = excluded.visits, low = excluded.low, mean = excluded.mean, high = excluded.high`
}

/**
 * Rolls up what is complete since the last time, at most twelve spans, and returns whether there is more. What is rolled up
 * and how far that has come are one transaction, and the same span again gives the same rows.
 */
export function rollUp(target: RollUp, now: Date): Promise<boolean> {
  const { seconds, from } = ROLL_UPS[target]
  const spanOf = (time: number) => Math.floor(time / 1000 / seconds) * seconds * 1000
  return onOneConnection(async (client) => {
    await client.query('BEGIN')
    const { rows } = await client.query<{ upTo: Date | null; complete: Date | null }>(
      `SELECT coalesce((SELECT "upTo" FROM samples.progress WHERE target = $1 FOR UPDATE), (SELECT min(at) FROM samples.${from})) AS "upTo",
              ${from === 'visit' ? '$2::timestamptz' : `(SELECT least("upTo", $2::timestamptz) FROM samples.progress WHERE target = '${from}')`} AS complete`,
      [target, new Date(now.getTime() - LATE_SECONDS_MAX * 1000)],
    )
    const begin = rows[0]?.upTo ? spanOf(rows[0].upTo.getTime()) : null
    const complete = rows[0]?.complete ? spanOf(rows[0].complete.getTime()) : null
    if (begin === null || complete === null || begin >= complete) {
      await client.query('COMMIT')
      return false
    }
    const end = Math.min(complete, begin + SPANS_MAX * seconds * 1000)
    await client.query(rollUpText(target), [new Date(begin), new Date(end)])
    await client.query('INSERT INTO samples.progress (target, "upTo") VALUES ($1, $2) ON CONFLICT (target) DO UPDATE SET "upTo" = excluded."upTo"', [target, new Date(end)])
    await client.query('COMMIT')
    return end < complete
  })
}
