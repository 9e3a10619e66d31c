// A past for a firewall of the browser tests, written into the database of the product: no API makes one.
import pg from 'pg'
import { inventPast } from '@/lib/cli/demo/past.mjs'
import { openPostgres } from '@/lib/cli/postgres.mjs'
import { shared } from './shared'

/** Gives a firewall measured values and changes of 92 days, up to `now`. */
export async function givePast(firewallId: string, now: Date): Promise<void> {
  const server = await openPostgres(shared().dataDir)
  const client = new pg.Client(server.config)
  try {
    await client.connect()
    await inventPast(client, firewallId, { now })
  } finally {
    await client.end()
    await server.close()
  }
}
