import 'server-only'
// SQL that stores what a visit read: everything as sets, so that the number of statements does not grow with what changed.
import type pg from 'pg'
import type { ChangeWord, StoredFact } from '@/lib/facts/difference'
import { FACT_KINDS, type FactKind } from '@/lib/facts/kinds'
import { onOneConnection, statement } from './statements'

/** Names of tables are no values; this closed list is where they come from. */
export const FACT_TABLES = {
  rules: 'FactRule',
  aliases: 'FactAlias',
  arp: 'FactNeighbour',
  leases: 'FactLease',
  gateways: 'FactGateway',
  interfaces: 'FactInterface',
  services: 'FactService',
  vpn: 'FactTunnel',
} as const satisfies Record<FactKind, string>

export type ReadingToStore = {
  kind: string
  observedAt: Date
  digest: string
  /** null where the kind has no facts. */
  factsDigest: string | null
  itemCount: number | null
  /** JSON text. */
  body: string
}

export type ReadingProblem = { kind: string; problem: object }

/** A body so short lies in the row itself and is written with it anyhow, whatever else the update changes. */
const SMALL_BODY_MAX = 2_000
/** A longer one, of which only counters and the like differ, is written again when it is so old. */
const BODY_SECONDS_MAX = 900

const SETTLE = `WITH noted AS (
    UPDATE "Reading" r SET problem = n.problem::jsonb FROM unnest($9::text[], $10::text[]) AS n (kind, problem) WHERE r."firewallId" = $1::uuid AND r.kind = n.kind)
  UPDATE "Reading" r
  SET "observedAt" = n.at, problem = NULL, digest = CASE WHEN n.body IS NULL THEN r.digest ELSE n.digest END, body = coalesce(n.body::jsonb, r.body),
      "itemCount" = coalesce(n.count, r."itemCount"), "bodyAt" = CASE WHEN n.body IS NULL AND r.digest <> n.digest THEN r."bodyAt" ELSE n.at END
  FROM unnest($2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::int[], $7::text[]) AS n (kind, at, digest, facts, count, body)
  WHERE r."firewallId" = $1::uuid AND r.kind = n.kind AND r."observedAt" <= n.at AND r."factsDigest" IS NOT DISTINCT FROM n.facts
    AND (r.digest = n.digest OR n.body IS NOT NULL OR (n.facts IS NOT NULL AND r."bodyAt" > n.at - make_interval(secs => ${BODY_SECONDS_MAX})))
    AND (r."partialAt" IS NULL OR r."partialAt" > n.at - make_interval(secs => $8::double precision))
  RETURNING r.kind`

/**
 * Moves the time of readings whose facts are the stored ones, in one statement, and returns their kinds. Counters in a small
 * body are written as well; those in a long one are up to 15 minutes older than the reading. `partialSeconds` after the
 * first partial reading of a kind, it is not settled here, so that it is compared again. `problems` say of other kinds why they
 * stay as they are.
 */
export async function settleReadings(firewallId: string, readings: readonly ReadingToStore[], problems: readonly ReadingProblem[], partialSeconds: number): Promise<ReadonlySet<string>> {
  const column = <T>(of: (reading: ReadingToStore) => T) => readings.map(of)
  const { rows } = await statement<{ kind: string }>('settle-readings', SETTLE, [
    firewallId,
    column(({ kind }) => kind),
    column(({ observedAt }) => observedAt),
    column(({ digest }) => digest),
    column(({ factsDigest }) => factsDigest),
    column(({ itemCount }) => itemCount),
    column(({ body }) => (body.length <= SMALL_BODY_MAX ? body : null)),
    partialSeconds,
    problems.map(({ kind }) => kind),
    problems.map(({ problem }) => JSON.stringify(problem)),
  ])
  return new Set(rows.map(({ kind }) => kind))
}

export type StoredReading = { kind: string; observedAt: Date; factsDigest: string | null; gaps: string[]; partialAt: Date | null }
export type WrittenReading = ReadingToStore & { gaps: readonly string[]; partialAt: Date | null }
export type WrittenFact = { kind: FactKind; key: string; what: ChangeWord; at: Date; body: string | null; digest: string | null }
export type WrittenChange = { kind: FactKind; key: string; what: ChangeWord; at: Date; before: string | null; after: string | null }
export type FactName = { kind: FactKind; key: string }

const READINGS = `SELECT kind, "observedAt", "factsDigest", "factsGaps" AS gaps, "partialAt" FROM "Reading" WHERE "firewallId" = $1::uuid AND kind = ANY($2::text[])`

const union = (part: (kind: FactKind, table: string) => string): string => FACT_KINDS.map((kind) => part(kind, FACT_TABLES[kind])).join(' UNION ALL ')

const FACTS = union((kind, table) => {
  const position = kind === 'rules' ? `(body->>'position')::double precision` : 'NULL::double precision'
  return `SELECT '${kind}' AS kind, key, digest, "goneAt" IS NOT NULL AS "isGone", ${position} AS position FROM "${table}" WHERE "firewallId" = $1::uuid AND '${kind}' = ANY($2::text[])`
})

const BODIES = `WITH n AS (SELECT * FROM unnest($2::text[], $3::text[]) AS n (kind, key)) ${union(
  (kind, table) => `SELECT n.kind, n.key, f.body::text AS body FROM n JOIN "${table}" f ON f."firewallId" = $1::uuid AND f.key = n.key WHERE n.kind = '${kind}'`,
)}`

const WRITE = `WITH n AS (SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[]) AS n (kind, key, what, at, body, digest)), ${FACT_KINDS.map(
  (kind) => `${kind}_there AS (
    INSERT INTO "${FACT_TABLES[kind]}" ("firewallId", key, body, digest, "firstSeenAt", "changedAt")
    SELECT $1::uuid, key, body::jsonb, digest, at, at FROM n WHERE kind = '${kind}' AND what <> 'gone'
    ON CONFLICT ("firewallId", key) DO UPDATE SET body = excluded.body, digest = excluded.digest, "changedAt" = excluded."changedAt", "goneAt" = NULL),
  ${kind}_gone AS (
    UPDATE "${FACT_TABLES[kind]}" f SET "goneAt" = n.at FROM n WHERE n.kind = '${kind}' AND n.what = 'gone' AND f."firewallId" = $1::uuid AND f.key = n.key)`,
).join(', ')}, put AS (
    INSERT INTO "Reading" AS r ("firewallId", kind, "observedAt", digest, "factsDigest", "itemCount", body, "bodyAt", "factsGaps", "partialAt")
    SELECT $1::uuid, kind, at, digest, facts, count, body::jsonb, at, ARRAY(SELECT jsonb_array_elements_text(gaps::jsonb)), partial
    FROM unnest($14::text[], $15::timestamptz[], $16::text[], $17::text[], $18::int[], $19::text[], $20::text[], $21::timestamptz[]) AS n (kind, at, digest, facts, count, body, gaps, partial)
    ON CONFLICT ("firewallId", kind) DO UPDATE SET "observedAt" = excluded."observedAt", digest = excluded.digest, "factsDigest" = excluded."factsDigest",
      "itemCount" = excluded."itemCount", body = excluded.body, "bodyAt" = excluded."bodyAt", "factsGaps" = excluded."factsGaps", "partialAt" = excluded."partialAt", problem = NULL)
  INSERT INTO "Change" ("firewallId", kind, key, what, at, before, after)
  SELECT $1::uuid, kind, key, what, at, before::jsonb, after::jsonb
  FROM unnest($8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::text[], $13::text[]) AS c (kind, key, what, at, before, after)`

/** The statements of one transaction about one firewall. Each method is one statement; names are prepared once. */
export class FactsTransaction {
  constructor(
    private readonly client: pg.ClientBase,
    private readonly firewallId: string,
  ) {}

  async #run<Row extends pg.QueryResultRow>(name: string, text: string, ...values: unknown[]): Promise<Row[]> {
    return (await this.client.query<Row>({ name, text, values: [this.firewallId, ...values] })).rows
  }

  readings(kinds: readonly string[]): Promise<StoredReading[]> {
    return this.#run('facts-readings', READINGS, kinds)
  }

  facts(kinds: readonly FactKind[]): Promise<(StoredFact & { kind: FactKind })[]> {
    return this.#run('facts-stored', FACTS, kinds)
  }

  /** Stored bodies as JSON text. */
  bodies(names: readonly FactName[]): Promise<(FactName & { body: string })[]> {
    return this.#run('facts-bodies', BODIES, ...columns(names, 'kind', 'key'))
  }

  /** Readings, facts and changes together. */
  async write(readings: readonly WrittenReading[], facts: readonly WrittenFact[], changes: readonly WrittenChange[]): Promise<void> {
    const rows = readings.map((reading) => ({ ...reading, gaps: JSON.stringify(reading.gaps) }))
    const values = [
      ...columns(facts, 'kind', 'key', 'what', 'at', 'body', 'digest'),
      ...columns(changes, 'kind', 'key', 'what', 'at', 'before', 'after'),
      ...columns(rows, 'kind', 'observedAt', 'digest', 'factsDigest', 'itemCount', 'body', 'gaps', 'partialAt'),
    ]
    await this.#run('facts-write', WRITE, ...values)
  }
}

const columns = <T>(rows: readonly T[], ...names: (keyof T)[]): unknown[][] => names.map((name) => rows.map((row) => row[name]))

/**
 * Runs `work` in a transaction that holds the firewall's row, so that two readings of one firewall never interleave; false,
 * without running it, when the firewall was removed meanwhile. What fails in it leaves nothing.
 */
export function onFirewall(firewallId: string, work: (transaction: FactsTransaction) => Promise<void>): Promise<boolean> {
  return onOneConnection(async (client) => {
    await client.query('BEGIN')
    const { rowCount } = await client.query({ name: 'facts-lock', text: 'SELECT 1 FROM "Firewall" WHERE id = $1::uuid FOR NO KEY UPDATE', values: [firewallId] })
    if (rowCount === 1) await work(new FactsTransaction(client, firewallId))
    await client.query('COMMIT')
    return rowCount === 1
  })
}
