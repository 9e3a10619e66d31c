import { randomBytes, randomUUID } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { Sentence, step } from './say.mjs'

const PASSWORD_BYTES = 24

/** Environment of the server's programs: nothing of ours, and never the machine's locale, which changes sort order. */
export const SERVER_ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: 'C', ...(process.env.SystemRoot && { SystemRoot: process.env.SystemRoot }) }

/** The stored password; made when there is no database yet. */
export function databasePassword(places) {
  if (existsSync(places.password)) return readFileSync(places.password, 'utf8').trim()
  if (existsSync(places.cluster)) {
    throw new Sentence(`The password of the database is missing: ${places.password}. Put that file back from a backup, or move ${places.cluster} away to begin with an empty database.`)
  }
  const password = randomBytes(PASSWORD_BYTES).toString('base64url')
  writeFileSync(places.password, password, { mode: 0o600, flag: 'wx' })
  return password
}

function runInitdb(draft, passwordFile, programs, account) {
  const command = [
    ...account.wrap,
    programs.initdb,
    ...['-D', draft, '-U', 'palisade', '--pwfile', passwordFile, '--auth=scram-sha-256', '-E', 'UTF8'],
    ...['--locale-provider=builtin', '--locale=C.UTF-8', '--no-sync'],
  ]
  return spawnSync(command[0], command.slice(1), { cwd: '/', env: SERVER_ENVIRONMENT, uid: account.uid, gid: account.gid, encoding: 'utf8' })
}

/**
 * Makes the database files in a folder beside their place and moves them there when they are whole, so that a start
 * that is killed leaves nothing that looks like a database.
 */
export async function ensureCluster(places, programs, account, password) {
  const { cluster } = places
  if (existsSync(cluster)) return
  const dataDir = path.dirname(cluster)
  for (const name of readdirSync(dataDir)) if (name.startsWith('postgres.init-')) rmSync(path.join(dataDir, name), { recursive: true, force: true })
  const room = path.join(dataDir, `postgres.init-${randomUUID()}`)
  const passwordFile = path.join(room, 'password')
  mkdirSync(room, { mode: 0o700 })
  try {
    await step('Making the database', () => {
      writeFileSync(passwordFile, password, { mode: 0o600 })
      if (account.uid !== undefined) for (const place of [passwordFile, room]) chownSync(place, account.uid, account.gid)
      const { status, stderr, error } = runInitdb(path.join(room, 'cluster'), passwordFile, programs, account)
      if (status !== 0) throw new Sentence(`PostgreSQL could not make the database in ${cluster}. It said: ${(stderr ?? error?.message ?? '').trim()}`)
      renameSync(path.join(room, 'cluster'), cluster)
    })
  } finally {
    rmSync(room, { recursive: true, force: true })
  }
}
