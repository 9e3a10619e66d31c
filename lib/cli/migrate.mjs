import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { MIGRATIONS } from './paths.mjs'
import { Sentence } from './say.mjs'

/** The number that Prisma's own command takes, so that both wait for each other. */
const ADVISORY_LOCK = 72_707_369

const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`

/**
 * The migrations of a folder in the order in which they are applied.
 * @param {string} folder
 */
export function readMigrations(folder = MIGRATIONS) {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'migration.sql'))) : []
  return names.sort().map((name) => {
    const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

function demandKnownHistory(applied, migrations) {
  for (const row of applied) {
    const file = migrations.find(({ name }) => name === row.name)
    if (!file) {
      throw new Sentence(`This database was used with a newer version of Palisade (it has the migration "${row.name}"). Nothing was changed. Start that version, or restore a backup from before the upgrade.`)
    }
    if (!row.finished_at) {
      throw new Sentence(`The migration "${row.name}" was begun by another program and did not finish. Nothing was changed. Restore a backup from before it and start again.`)
    }
    if (row.checksum !== file.checksum) {
      throw new Sentence(`The migration "${row.name}" was changed after it had been applied to this database. Nothing was changed. Restore the file as it was (git checkout prisma/migrations) and put new changes into a new migration.`)
    }
  }
}

/** One transaction for the script and its row: a migration that fails leaves nothing behind. */
async function applyOne(client, { name, sql, checksum }) {
  await client.query('BEGIN')
  try {
    // Without values pg sends the whole text at once; cut at semicolons, $$ bodies of functions would break.
    await client.query(sql)
    await client.query(
      'INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), clock_timestamp(), 1)',
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new Sentence(`The migration "${name}" failed and left nothing behind: ${error.message}. The database is as it was before.`)
  }
}

/**
 * One connection, or a Sentence that names the server and not its password.
 * @param {import('pg').ClientConfig} config
 */
export async function connect(config) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 15_000, application_name: 'palisade-migrate' })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    throw new Sentence(`The database at ${client.host}, port ${client.port}, could not be used: ${error.message || error.code}. Check DATABASE_URL and that the server runs.`)
  }
}

/**
 * Brings a database to the migrations of a folder; processes that start at once take turns. Throws a Sentence, having
 * changed nothing, when the database is ahead of the folder or the folder was edited.
 * @param {import('pg').ClientConfig} config
 * @param {string} [folder]
 * @param {readonly string[]} [only] names of those to apply now; all of them unless given
 * @returns {Promise<string[]>} names of what was applied now
 */
export async function applyMigrations(config, folder = MIGRATIONS, only) {
  const migrations = readMigrations(folder)
  const client = await connect(config)
  try {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK])
    await client.query(TABLE)
    const { rows } = await client.query('SELECT migration_name AS name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL')
    demandKnownHistory(rows, migrations)
    const missing = migrations.filter(({ name }) => !rows.some((row) => row.name === name) && (only?.includes(name) ?? true))
    for (const migration of missing) await applyOne(client, migration)
    return missing.map(({ name }) => name)
  } finally {
    await client.end()
  }
}
