import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { tryLock } from './lock.mjs'
import { applyMigrations, connect } from './migrate.mjs'
import { MIGRATIONS } from './paths.mjs'
import { Sentence } from './say.mjs'

/** There from before the first thing that a restore writes until everything is proven. */
const MARK = 'restore-unfinished'
/** The same in a database of yours: an empty schema. */
const MARK_SCHEMA = 'palisade_restore'
const LOCK = 'supervisor.json'
const CHECKPOINTS = 'audit-checkpoints.jsonl'

const howToEmpty = (masterKeyFile) => `Empty it (${masterKeyFile ? `keep ${masterKeyFile}` : 'keep the master key'}), then restore again.`
const howToEmptyDatabase = `Empty it (DROP DATABASE and CREATE DATABASE), then restore again.`

async function hasMarkSchema(client) {
  const { rowCount } = await client.query('SELECT FROM pg_namespace WHERE nspname = $1', [MARK_SCHEMA])
  return rowCount > 0
}

async function onConnection(databaseUrl, work) {
  const client = await connect({ connectionString: databaseUrl })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * Throws a Sentence where a restore did not finish, so that half of an installation is never taken for one.
 * @param {{ dataDir: string, databaseUrl?: string }} environment
 */
export async function demandNoHalfRestore({ dataDir, databaseUrl }) {
  if (!databaseUrl && existsSync(path.join(dataDir, MARK))) throw new Sentence(`A restore into ${dataDir} did not finish, so what is there is not used. ${howToEmpty()}`)
  if (databaseUrl && (await onConnection(databaseUrl, hasMarkSchema))) throw new Sentence(`A restore into this database did not finish, so what is there is not used. ${howToEmptyDatabase}`)
}

/** What is in a data directory beside the master key. */
function contentOf(dataDir, masterKeyFile) {
  const allowed = path.dirname(masterKeyFile) === dataDir ? path.basename(masterKeyFile) : undefined
  return existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name !== allowed) : []
}

function demandEmptyDirectory(dataDir, masterKeyFile, alsoAllowed) {
  const found = contentOf(dataDir, masterKeyFile).filter((name) => name !== alsoAllowed)
  if (found.includes(MARK)) throw new Sentence(`An earlier restore into ${dataDir} did not finish. ${howToEmpty(masterKeyFile)}`)
  if (found.length > 0) throw new Sentence(`The data directory ${dataDir} is not empty (it has "${found[0]}"), and a restore never mixes with what is there. Set PALISADE_DATA_DIR to an empty folder, or move what is there away.`)
}

const demandEmptyDatabase = (databaseUrl) =>
  onConnection(databaseUrl, async (client) => {
    if (await hasMarkSchema(client)) throw new Sentence(`An earlier restore into this database did not finish. ${howToEmptyDatabase}`)
    const { rows } = await client.query(`SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'pgboss', 'samples')
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') LIMIT 1`)
    if (rows[0]) throw new Sentence(`The database of DATABASE_URL is not empty (it has the table "${rows[0].name}"), and a restore never mixes with what is there. Point DATABASE_URL to an empty database.`)
  })

/** So that the mark survives a power cut that what follows it survives. */
function writeMark(dataDir) {
  const file = path.join(dataDir, MARK)
  writeFileSync(file, 'A restore began here. Palisade does not start from this folder before it is finished.\n', { mode: 0o600, flag: 'wx', flush: true })
  const folder = openSync(dataDir, 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function inDirectory({ dataDir, masterKeyFile }) {
  return {
    name: dataDir,
    demandEmpty: async () => demandEmptyDirectory(dataDir, masterKeyFile),
    afterFailure: howToEmpty(masterKeyFile),
    async begin() {
      mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
      const lock = tryLock(path.join(dataDir, LOCK), { url: null })
      if (!lock.held) throw new Sentence(`Palisade, or another restore, already uses the data directory ${dataDir} (process ${lock.holder.pid}). Set PALISADE_DATA_DIR to an empty folder.`)
      try {
        // Someone may have been quicker than the lock.
        demandEmptyDirectory(dataDir, masterKeyFile, LOCK)
        writeMark(dataDir)
        const { openPostgres } = await import('./postgres.mjs')
        const server = await openPostgres(dataDir)
        return {
          url: server.url,
          migrate: (only) => applyMigrations(server.config, MIGRATIONS, only),
          async end(isFinished) {
            await server.close()
            if (isFinished) rmSync(path.join(dataDir, MARK))
            lock.release()
          },
        }
      } catch (error) {
        lock.release()
        throw error
      }
    },
  }
}

/** They may name entries that the backup does not have: proof of what came after it, which the restored log would contradict. */
function demandNoCheckpoints(dataDir) {
  const file = path.join(dataDir, CHECKPOINTS)
  if (existsSync(file)) throw new Sentence(`The checkpoints of an audit log stand in ${file}. Move that file away and keep it: it proves what was recorded after the backup. Then restore again.`)
}

function inDatabase({ databaseUrl, dataDir }) {
  return {
    name: 'the database of DATABASE_URL',
    async demandEmpty() {
      demandNoCheckpoints(dataDir)
      await demandEmptyDatabase(databaseUrl)
    },
    afterFailure: howToEmptyDatabase,
    async begin() {
      await onConnection(databaseUrl, (client) => client.query(`CREATE SCHEMA ${MARK_SCHEMA}`))
      return {
        url: databaseUrl,
        migrate: (only) => applyMigrations({ connectionString: databaseUrl }, MIGRATIONS, only),
        end: async (isFinished) => {
          if (isFinished) await onConnection(databaseUrl, (client) => client.query(`DROP SCHEMA ${MARK_SCHEMA}`))
        },
      }
    },
  }
}

/**
 * Where an environment restores to. `demandEmpty` writes nothing; `begin` marks the place as unfinished and opens its
 * database; `end` closes it, and takes the mark away when all is done.
 * @param {ReturnType<typeof import('./environment.mjs').readEnvironment>} environment
 */
export const restorePlace = (environment) => (environment.databaseUrl ? inDatabase(environment) : inDirectory(environment))
