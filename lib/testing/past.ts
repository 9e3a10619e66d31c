// Measured values and changes of 90 days, for tests that read them.
import pg from 'pg'
import { databaseUrl } from '@/lib/core/env'
import { inventPast } from '@/lib/cli/demo/past.mjs'

/** Gives the firewall of this installation an invented past that ends at `now`. */
export async function withPast(firewallId: string, now: Date, options: { days?: number; hoursOfFine?: number } = {}): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl() })
  await client.connect()
  try {
    await inventPast(client, firewallId, { now, ...options })
  } finally {
    await client.end()
  }
}
