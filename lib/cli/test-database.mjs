import { createHash } from 'node:crypto'
import pg from 'pg'
import { withLock } from './lock.mjs'
import { applyMigrations, readMigrations } from './migrate.mjs'
import { TEST_DATA } from './paths.mjs'
import { openPostgres } from './postgres.mjs'

// Tests throw their databases away, so the server need not survive a power cut.
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

async function withAdmin(config, work) {
  const client = new pg.Client({ ...config, database: 'postgres' })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A migrated database that tests are cloned from; its name changes with the migrations, so an old one is never used. */
async function ensureTemplate(config) {
  const name = `palisade_template_${createHash('sha256').update(JSON.stringify(readMigrations())).digest('hex').slice(0, 12)}`
  const draft = `${name}_draft`
  await withAdmin(config, async (admin) => {
    const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rowCount > 0) return
    await admin.query(`DROP DATABASE IF EXISTS "${draft}" WITH (FORCE)`)
    await admin.query(`CREATE DATABASE "${draft}" TEMPLATE template0`)
    await applyMigrations({ ...config, database: draft })
    await admin.query(`ALTER DATABASE "${draft}" RENAME TO "${name}"`)
  })
  return name
}

/** Databases that killed test runs and earlier migrations left behind. */
async function dropLeftOvers(config, template) {
  await withAdmin(config, async (admin) => {
    const { rows } = await admin.query(
      `SELECT datname AS name FROM pg_database WHERE (datname LIKE 'palisade\\_test\\_%' OR datname LIKE 'palisade\\_template\\_%' OR datname LIKE 'palisade\\_shadow\\_%') AND datname <> $1`,
      [template],
    )
    for (const { name } of rows) await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  })
}

/**
 * The PostgreSQL server of all tests: real, kept between runs, shared by runs at the same time. `url` names the
 * template; lib/db/testing.ts clones it.
 */
export async function openTestDatabase() {
  const server = await openPostgres(TEST_DATA, { settings: SETTINGS })
  const template = await withLock(`${TEST_DATA}/template.lock`, async () => {
    const name = await ensureTemplate(server.config)
    // Another run may be using what this one would take for left over.
    if (server.alone()) await dropLeftOvers(server.config, name)
    return name
  })
  return { url: server.url.replace(/[^/]+$/, template), close: server.close }
}

/** Vitest calls this once before all test files, and what it returns after them. */
export default async function setup() {
  if (process.env.PALISADE_TEST_DATABASE_URL) return undefined
  const database = await openTestDatabase()
  // Test files run in processes made after this, which inherit it.
  process.env.PALISADE_TEST_DATABASE_URL = database.url
  return database.close
}
