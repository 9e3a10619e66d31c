import { randomUUID } from 'node:crypto'
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { withLock } from './lock.mjs'
import { freePort, isFree } from './port.mjs'
import { ownCluster, postgresAccount } from './postgres-account.mjs'
import { clearLeftOver, demandSameVersion, postgresPlaces, postgresPrograms, readPostmaster } from './postgres-files.mjs'
import { databasePassword, ensureCluster } from './postgres-init.mjs'
import { launchPostgres, tryConnect } from './postgres-launch.mjs'
import { endProcess, isAlive, recordOf, signal, waitForEnd } from './processes.mjs'
import { Sentence } from './say.mjs'

const RETRY_MS = 250
const BUSY_LIMIT_MS = 30_000
const STOP_LIMIT_MS = 60_000

const urlOf = ({ user, password, host, port, database }) => `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`

/** The record of everybody who uses the server, so that only the last one out stops it. */
function enterUsers(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const mine = path.join(folder, `${process.pid}-${randomUUID()}`)
  writeFileSync(mine, JSON.stringify(recordOf()), { mode: 0o600 })
  return mine
}

function otherUsers(folder) {
  return readdirSync(folder).filter((name) => {
    const file = path.join(folder, name)
    try {
      if (isAlive(JSON.parse(readFileSync(file, 'utf8')))) return true
    } catch {
      // Half-written by a process that was killed: nobody.
    }
    rmSync(file, { force: true })
    return false
  })
}

/** A server that already runs on these files; undefined when there is none that could be used. */
async function adopt(places, config) {
  const found = readPostmaster(places.cluster)
  if (found.state !== 'running') return undefined
  const answer = await tryConnect({ ...config, port: found.port, database: 'postgres' })
  if (answer.ok && realpathSync(answer.cluster) === realpathSync(places.cluster)) return { port: found.port, process: found.process, adopted: true }
  if (answer.code === '28P01') {
    throw new Sentence(`The database server on port ${found.port} refuses the password in ${places.password}. Put the right file back from a backup and start again.`)
  }
  return undefined
}

async function startOrAdopt(places, programs, account, config, { port: wanted, settings }) {
  const deadline = performance.now() + BUSY_LIMIT_MS
  let port = wanted && (await isFree(wanted)) ? wanted : await freePort()
  for (;;) {
    const adopted = await adopt(places, config)
    if (adopted) return adopted
    clearLeftOver(places.cluster)
    let said = 'Another server is starting or stopping on these files.'
    if (readPostmaster(places.cluster).state === 'none') {
      ownCluster(places.cluster, account)
      const launched = await launchPostgres(places, programs, account, { ...config, port }, settings)
      if (launched.state === 'up') return { port, process: launched.process, adopted: false }
      said = launched.text
      if (launched.state === 'port-taken') port = await freePort()
      if (launched.state === 'failed') throw new Sentence(`PostgreSQL did not start. It said: ${said}\nThe whole log is ${places.log}.`)
    }
    // After kill -9 the children of the old server hold its memory for a moment.
    if (performance.now() > deadline) throw new Sentence(`PostgreSQL on ${places.cluster} did not become free. It said: ${said}\nThe whole log is ${places.log}.`)
    await delay(RETRY_MS)
  }
}

async function ensureDatabase(config, database) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ ...config, database: 'postgres' })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} TEMPLATE template0`)
  } finally {
    await client.end()
  }
}

async function stopServer(server) {
  // SIGINT is PostgreSQL's "fast" shutdown: it ends sessions and writes a checkpoint.
  signal(server, 'SIGINT')
  if (!(await waitForEnd(server, STOP_LIMIT_MS))) await endProcess(server)
}

function demandWritable(dataDir) {
  if (!existsSync(dataDir)) return
  try {
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  } catch {
    throw new Sentence(`This user may not write to the data directory ${dataDir}. Start as the user it belongs to, or set PALISADE_DATA_DIR to another folder.`)
  }
}

/**
 * The embedded database of a data directory: started, or adopted when it already runs. Two starts at once end with one
 * server and both using it.
 * @param {string} dataDir absolute; made when absent
 * @param {{ port?: number, settings?: Record<string, string>, database?: string }} [options] `port` is taken when it is free
 * @returns the connection and how to end its use
 */
export async function openPostgres(dataDir, { port, settings = {}, database = 'palisade' } = {}) {
  const programs = postgresPrograms()
  const places = postgresPlaces(dataDir)
  demandSameVersion(places.cluster, programs.majorVersion)
  demandWritable(dataDir)
  const account = postgresAccount(programs, { dataDir, cluster: places.cluster })
  return withLock(places.lock, async () => {
    const password = databasePassword(places)
    if (existsSync(places.log)) chmodSync(places.log, 0o600)
    await ensureCluster(places, programs, account, password)
    const base = { host: '127.0.0.1', user: 'palisade', password }
    const server = await startOrAdopt(places, programs, account, base, { port, settings })
    const config = { ...base, port: server.port, database }
    await ensureDatabase(config, database)
    const entry = enterUsers(places.users)
    return {
      config,
      url: urlOf(config),
      process: server.process,
      adopted: server.adopted,
      /** True when no other live process uses the server. */
      alone: () => otherUsers(places.users).length === 1,
      /** For a server that is gone: this use of it no longer counts. */
      forget: () => rmSync(entry, { force: true }),
      /** Ends this use; the last one to use the server stops it. */
      close: () =>
        withLock(places.lock, async () => {
          rmSync(entry, { force: true })
          if (otherUsers(places.users).length === 0) await stopServer(server.process)
        }),
    }
  })
}
