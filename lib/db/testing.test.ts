import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { createTestDatabase } from './testing'

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

describe('createTestDatabase', () => {
  it('gives each caller a migrated database of its own and removes it', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()])
    await query(one.url, `INSERT INTO "RateWindow" (key, "startsAt", count) VALUES ('a', now(), 1)`)
    expect(await query(two.url, 'SELECT key FROM "RateWindow"')).toEqual([])
    await Promise.all([one.drop(), two.drop()])
    await expect(query(one.url, 'SELECT 1')).rejects.toThrow(/does not exist/)
  })
})
