import 'server-only'
// What charts show of one firewall: a fixed number of statements, each bounded, whatever the length of time.
import { statement } from './statements'

export type HistoryRow = { createdAt: Date; state: string; settingsIntervals: unknown; customerIntervals: unknown; intervals: unknown }

const FIREWALL = `SELECT f."createdAt", f.state, (SELECT intervals FROM "Settings") AS "settingsIntervals", c.intervals AS "customerIntervals", f.intervals
  FROM "Firewall" f JOIN "Customer" c ON c.id = f."customerId" WHERE f.id = $1::uuid AND ($2::boolean OR f."customerId" = ANY($3::uuid[]))`

/** What has to be known of a firewall before its past is read; null outside the given customers. */
export async function findForHistory(firewallId: string, customerIds: 'all' | readonly string[]): Promise<HistoryRow | null> {
  const { rows } = await statement<HistoryRow>('firewall-for-history', FIREWALL, [firewallId, customerIds === 'all', customerIds === 'all' ? [] : [...customerIds]])
  return rows[0] ?? null
}

export type SampleSource = 'visit' | 'five_minutes' | 'hour'

const VISIT = `SELECT s.at, s.layout, 1 AS visits, s.measured AS low, s.measured AS mean, s.measured AS high FROM samples.visit s WHERE s."firewallId" = $1::uuid AND s.at >= $2 AND s.at < $3`
const ROLLED = (table: 'five_minutes' | 'hour') => `SELECT s.at, s.layout, s.visits, s.low, s.mean, s.high FROM samples.${table} s WHERE s."firewallId" = $1::uuid AND s.at >= $2 AND s.at < $3`
/** What is not rolled up yet stands in the finer table alone. */
const SINCE = (target: 'five_minutes' | 'hour') => `AND s.at >= coalesce((SELECT "upTo" FROM samples.progress WHERE target = '${target}'), '-infinity')`
const SOURCES: Record<SampleSource, string> = {
  visit: VISIT,
  five_minutes: `${ROLLED('five_minutes')} UNION ALL ${VISIT} ${SINCE('five_minutes')}`,
  hour: `${ROLLED('hour')} UNION ALL ${ROLLED('five_minutes')} ${SINCE('hour')} UNION ALL ${VISIT} ${SINCE('five_minutes')}`,
}

/** A mean weighs by the visits behind it. Steps without a value are not there. */
const seriesText = (source: SampleSource) => `WITH r AS (${SOURCES[source]}),
  steps AS (
    SELECT v.name, floor(extract(epoch FROM r.at - $4::timestamptz) / $5)::int AS step, min(v.low) AS low, (sum(v.mean * r.visits) / sum(r.visits))::real AS mean, max(v.high) AS high
    FROM r JOIN samples.layout l ON l."firewallId" = $1::uuid AND l.id = r.layout, unnest(l.names, r.low, r.mean, r.high) AS v (name, low, mean, high)
    WHERE v.mean IS NOT NULL GROUP BY 1, 2)
  SELECT name, array_agg(step ORDER BY step) AS steps, array_agg(low ORDER BY step) AS low, array_agg(mean ORDER BY step) AS mean, array_agg(high ORDER BY step) AS high FROM steps GROUP BY name`

/** One measured name with the steps that have a value, in order. */
export type StoredSeries = { name: string; steps: number[]; low: number[]; mean: number[]; high: number[] }
export type Asked = { firewallId: string; from: Date; to: Date }

/** All that was measured in the time, by steps of `stepSeconds` from `start` on. */
export async function findSeries({ firewallId, from, to }: Asked, source: SampleSource, start: Date, stepSeconds: number): Promise<StoredSeries[]> {
  const { rows } = await statement<StoredSeries>(`series-${source}`, seriesText(source), [firewallId, from, to, start, stepSeconds])
  return rows
}

export type WholeChange = { at: Date; kind: string; key: string; before: unknown; after: unknown; count: number }

const WHOLE = `SELECT at, kind, key, before, after, 1 AS count FROM "Change" WHERE "firewallId" = $1::uuid AND kind = 'firewall'`
const CHANGES_OF_WHOLE = `(${WHOLE} AND at >= $2 AND at < $3 ORDER BY at DESC LIMIT $4)
  UNION ALL (${WHOLE} AND key = 'state' AND at < $2 ORDER BY at DESC LIMIT 1)`

/** Changes of the firewall as a whole in the time, newest first, at most `limit`; then the last of its state before, if there was one. */
export async function findChangesOfWhole({ firewallId, from, to }: Asked, limit: number): Promise<WholeChange[]> {
  const { rows } = await statement<WholeChange>('changes-of-whole', CHANGES_OF_WHOLE, [firewallId, from, to, limit])
  return rows
}

const COUNTS_BY_VISIT = `SELECT at, kind, '' AS key, NULL AS before, NULL AS after, count(*)::int AS count FROM "Change"
  WHERE "firewallId" = $1::uuid AND kind = ANY($4::text[]) AND kind NOT IN ('arp', 'leases', 'firewall') AND at >= $2 AND at < $3 GROUP BY at, kind ORDER BY at DESC LIMIT $5`

/** How many things of each of `kinds` differed at each visit in the time, newest first, at most `limit`; not for ARP and leases, and not for the firewall as a whole. */
export async function countChanges({ firewallId, from, to }: Asked, kinds: readonly string[], limit: number): Promise<WholeChange[]> {
  const { rows } = await statement<WholeChange>('count-changes', COUNTS_BY_VISIT, [firewallId, from, to, [...kinds], limit])
  return rows
}

export type ActRow = { entry: string; at: Date; actorKind: string; actorName: string; action: string; result: string }

const ACTS = `SELECT entry, at, "actorKind", "actorName", action, result FROM "AuditEntry"
  WHERE "targetId" = $1 AND at >= $2 AND at < $3 AND result <> 'intent' AND action <> ALL($4::text[]) ORDER BY entry DESC LIMIT $5`

/** Acts on the firewall in the time, newest first, at most `limit`, without those of `leftOut`. */
export async function findActs({ firewallId, from, to }: Asked, leftOut: readonly string[], limit: number): Promise<ActRow[]> {
  const { rows } = await statement<ActRow>('acts-on-firewall', ACTS, [firewallId, from, to, [...leftOut], limit])
  return rows
}
