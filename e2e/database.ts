// The database of the product, for what no API makes: time that has passed.
import pg from 'pg'
import { openPostgres } from '@/lib/cli/postgres.mjs'
import { shared } from './shared'

/** Runs these statements one after the other, all with the same values. */
export async function inDatabase(values: readonly unknown[], ...statements: readonly string[]): Promise<void> {
  const server = await openPostgres(shared().dataDir)
  const client = new pg.Client(server.config)
  try {
    await client.connect()
    for (const statement of statements) await client.query(statement, [...values])
  } finally {
    await client.end()
    await server.close()
  }
}
