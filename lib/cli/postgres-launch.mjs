import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { SERVER_ENVIRONMENT } from './postgres-init.mjs'
import { recordOf } from './processes.mjs'

const POLL_MS = 30
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '100',
  timezone: 'UTC',
  // The binaries carry no LLVM; in 18, io_method=sync saves three idle processes.
  jit: 'off',
  io_method: 'sync',
}

/** True when the server takes this connection; the error's code otherwise. */
export async function tryConnect(config) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query('SHOW data_directory')
    return { ok: true, cluster: rows[0].data_directory }
  } catch (error) {
    return { ok: false, code: error.code ?? error.message }
  } finally {
    await client.end().catch(() => {})
  }
}

const reasonIn = (text) =>
  /shared memory block|is still in use|lock file .* already exists/.test(text) ? 'in-use'
  : /could not bind|Address already in use/.test(text) ? 'port-taken'
  : 'failed'

/**
 * Starts the server on a port and waits until it takes connections. It runs detached with its output in a file: it
 * outlives this process when that is killed, and the next start adopts it.
 * @returns {Promise<{ state: 'up', process: import('./processes.mjs').ProcessRecord } | { state: 'in-use' | 'port-taken' | 'failed', text: string }>}
 */
export async function launchPostgres(places, programs, account, config, settings) {
  const log = openSync(places.log, 'a', 0o600)
  const logStart = statSync(places.log).size
  const options = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = [...account.wrap, programs.postgres, '-D', places.cluster, '-p', String(config.port), ...options]
  const child = spawn(command[0], command.slice(1), { cwd: '/', env: SERVER_ENVIRONMENT, uid: account.uid, gid: account.gid, detached: true, stdio: ['ignore', log, log] })
  let ended = false
  child.on('exit', () => (ended = true))
  child.on('error', () => (ended = true))
  child.unref()
  closeSync(log)
  // There is no deadline: recovery after a crash takes as long as it takes, and the server says so in its log.
  while (!ended) {
    const answer = await tryConnect({ ...config, database: 'postgres' })
    if (answer.ok && !ended) return { state: 'up', process: recordOf(child.pid) }
    await delay(POLL_MS)
  }
  const text = readFileSync(places.log).subarray(logStart).toString('utf8').trim()
  return { state: reasonIn(text), text }
}
