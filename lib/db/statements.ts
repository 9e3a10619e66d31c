import 'server-only'
import pg from 'pg'
import { databaseUrl } from '@/lib/core/env'
import { log } from '@/lib/core/log'

const POOL_CONNECTIONS_MAX = 8
const shared: typeof globalThis & { palisadePool?: pg.Pool } = globalThis

function pool(): pg.Pool {
  if (shared.palisadePool) return shared.palisadePool
  const made = new pg.Pool({ connectionString: databaseUrl(), max: POOL_CONNECTIONS_MAX, keepAlive: true, application_name: 'palisade statements' })
  // Without a listener an idle connection that the server ends would end the process.
  made.on('error', (error) => log().warn({ err: { message: error.message } }, 'a database connection ended'))
  shared.palisadePool = made
  return made
}

/**
 * Runs a prepared statement of the hot paths, straight on the driver: a fifth of the time that the same statement takes
 * through Prisma, which matters where a request runs eight of them. `name` must be the statement's alone.
 */
export async function statement<Row>(name: string, text: string, values: readonly unknown[]): Promise<{ rows: Row[]; count: number }> {
  const { rows, rowCount } = await pool().query<Row & pg.QueryResultRow>({ name, text, values: [...values] })
  return { rows, count: rowCount ?? 0 }
}

/**
 * Lends one connection to `work`, for what needs several statements on the same one: a cursor, a lock. It is thrown away
 * when `work` fails, so a transaction that was left open ends with it.
 */
export async function onOneConnection<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  const onError = (error: Error) => log().warn({ err: { message: error.message } }, 'a database connection ended')
  client.on('error', onError)
  let failed = true
  try {
    const value = await work(client)
    failed = false
    return value
  } finally {
    client.off('error', onError)
    client.release(failed)
  }
}

/**
 * Runs `work` unless another process is at it, and returns whether it ran. The lock is a transaction's, so it ends with
 * this process, whatever becomes of it.
 */
export function unlessRunning(lock: bigint, work: () => Promise<unknown>): Promise<boolean> {
  return onOneConnection(async (client) => {
    await client.query('BEGIN')
    const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS free', [lock])
    const free = rows[0]?.free === true
    if (free) await work()
    await client.query('COMMIT')
    return free
  })
}

/** Closes the connections; for workers, commands and tests that end. */
export async function closeStatements(): Promise<void> {
  const open = shared.palisadePool
  delete shared.palisadePool
  await open?.end()
}
