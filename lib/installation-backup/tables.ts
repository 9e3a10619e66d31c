import 'server-only'
import pg from 'pg'
import { databaseUrl } from '@/lib/core/env'
import { AppError } from '@/lib/core/errors'
import type { BackupHeader } from './format'

type Table = BackupHeader['tables'][number]

/**
 * Left out: who is alive and who is calling a firewall just now, which ends with the machine; what open pages should look
 * at again, which nobody asks for after an hour; acts over many firewalls and notices on their way, which must not be carried out or sent a second time; and the history of migrations, which stands in backup.json. The job engine has a schema of its own and is left out whole: a job only wakes
 * a row, and workers find overdue rows by themselves.
 */
const LEFT_OUT = ['Heartbeat', 'OriginLease', 'BulkAct', 'BulkItem', 'Delivery', 'LiveChange', 'Notice', '_prisma_migrations']

export const quoted = (name: string): string => pg.escapeIdentifier(name)
export const columnList = ({ columns }: Table): string => columns.map(quoted).join(', ')

/** COPY text is the same whatever the server's settings are, and a long transfer is not cut off. */
const SETTINGS = `SET client_encoding = 'UTF8'; SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET extra_float_digits = 1; SET bytea_output = 'hex';
  SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0`

/** Lends a connection of its own that ends with `work`, and with it a transaction that was not committed. */
export async function onOwnConnection<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl(), keepAlive: true, application_name: 'palisade backup' })
  // Without a listener a connection that the server ends would end the process; the running query fails anyhow.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(SETTINGS)
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Numbers of transactions (xid8) are left out: they mean nothing on another server, where the rows get that of their loading. */
const COLUMNS = `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.atttypid <> 'xid8'::regtype
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace AND c.relname <> ALL ($1)
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  GROUP BY c.oid, c.relname ORDER BY c.relname`

const REFERENCES = `SELECT child.relname AS child, parent.relname AS parent
  FROM pg_constraint k JOIN pg_class child ON child.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid
  WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND child.oid <> parent.oid`

const COUNTED_COLUMNS = `SELECT c.relname AS "table", a.attname AS "column" FROM pg_class s
  JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype IN ('a', 'i')
  JOIN pg_class c ON c.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
  WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace`

/** Lets columns that the server counts up go on after the rows that were loaded. */
export async function continueCounting(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(COUNTED_COLUMNS)
  for (const { table, column } of rows) {
    await client.query(`SELECT setval(pg_get_serial_sequence($1, $2), coalesce(max(${quoted(column)}), 0) + 1, false) FROM ${quoted(table)}`, [quoted(table), column])
  }
}

/** The tables that a backup holds, what is referred to before what refers to it. Throws when tables refer to each other in a circle. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const tables = await client.query<Table>(COLUMNS, [LEFT_OUT])
  const references = await client.query<{ child: string; parent: string }>(REFERENCES)
  const ordered: Table[] = []
  const waiting = new Map(tables.rows.map((table) => [table.name, table]))
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ name }) => !references.rows.some(({ child, parent }) => child === name && waiting.has(parent)))
    if (ready.length === 0) throw new AppError('internal', `The tables ${[...waiting.keys()].join(', ')} refer to each other in a circle, so no order of them can be loaded.`)
    for (const table of ready) waiting.delete(table.name)
    ordered.push(...ready)
  }
  return ordered
}
