// What stands in the database, in a few words for each table: two digests tell which tables were touched in between.
import { db } from '@/lib/db/client'

/** Counts of requests, signs of life and slots: they move by themselves, and nothing is lost or shown with them. */
const RUNTIME_TABLES = ['RateWindow', 'Heartbeat', 'OriginLease', 'LiveChange', '_prisma_migrations']
const RUNTIME_COLUMNS = ['lastSeenAt', 'lastAddress', 'lastUsedAt']

export type Digest = Record<string, string>

/**
 * Rows and checksum of every table, without what moves by itself. Wake-ups of the job engine count as a table. A row is
 * known by its place and by who wrote it, which every writing changes and which costs a hundredth of reading it; where
 * some columns move by themselves, it is known by the others.
 */
export async function digestTables(): Promise<Digest> {
  const tables = await db().$queryRaw<{ name: string; moves: boolean }[]>`
    SELECT t.table_name AS name, bool_or(coalesce(c.column_name, '') = ANY(${RUNTIME_COLUMNS})) AS moves
    FROM information_schema.tables t LEFT JOIN information_schema.columns c USING (table_schema, table_name)
    WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' GROUP BY 1 ORDER BY 1`
  const [jobs] = await db().$queryRaw<{ there: boolean }[]>`SELECT to_regclass('pgboss.job') IS NOT NULL AS there`
  const without = RUNTIME_COLUMNS.map((name) => `'${name}'`).join(', ')
  const parts = tables
    .filter(({ name }) => !RUNTIME_TABLES.includes(name))
    .map(({ name, moves }) => `SELECT '${name}' AS name, ${moves ? `(to_jsonb(t) - ARRAY[${without}])::text` : "t.ctid::text || ' ' || t.xmin::text"} AS text FROM "${name}" t`)
  if (jobs?.there) parts.push(`SELECT 'jobs' AS name, id::text AS text FROM pgboss.job WHERE name = 'check-step'`)
  // Names of tables are no values, so the statement cannot be a tagged one.
  const rows = await db().$queryRawUnsafe<Digest[]>(`SELECT name, count(*) || ' rows ' || sum(hashtextextended(text, 0)) AS sum FROM (${parts.join(' UNION ALL ')}) every_row GROUP BY name`)
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]))
}

/** Names of the tables that differ. */
export const touched = (before: Digest, after: Digest): string[] => [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name]).sort()
