import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { Sentence } from './say.mjs'

/** @typedef {{ wrap: string[], uid?: number, gid?: number }} Account how the server's programs are run */

function accounts() {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  return lines.map((line) => line.split(':')).map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}

const named = (name) => accounts().find((account) => account.name === name)

function makeAccount(name) {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name], { stdio: 'ignore' })
  } catch {
    // No useradd, a read-only /etc, or another start that made it a moment ago; what counts is whether it is there.
  }
  return named(name)
}

/**
 * PostgreSQL refuses to run as root and needs an account with a name. The owner of existing data comes first, so that
 * files do not change hands; "nobody" comes last, because other programs may run as it.
 */
function unprivilegedAccount(cluster) {
  const owner = existsSync(cluster) ? statSync(cluster).uid : 0
  return accounts().find((account) => owner !== 0 && account.uid === owner) ?? named('postgres') ?? named('palisade') ?? makeAccount('palisade') ?? named('nobody')
}

const PROBE = 'cd "$1" && exec "$2" --version'

/** Asks the system itself: modes, libraries, mounts and security modules all have a say in whether this works. */
const works = (program, args, options) => spawnSync(program, args, { ...options, stdio: 'ignore', timeout: 10_000 }).status === 0

/** Gives the data to the account that serves it; needed when a folder was opened or closed between two starts. */
function giveTo(place, uid, gid) {
  const entry = lstatSync(place, { throwIfNoEntry: false })
  if (!entry) return
  if (entry.uid !== uid) chownSync(place, uid, gid)
  if (entry.isDirectory()) for (const name of readdirSync(place)) giveTo(path.join(place, name), uid, gid)
}

/**
 * How to run the server's programs: as we are; as root under an unprivileged account; or, where that account cannot
 * reach the programs or the data (a clone in root's closed home), in a user namespace in which root's files stay
 * root's and the server sees itself as "nobody". The namespace comes second: in it the server keeps root's access to files.
 * @param {{ postgres: string }} programs
 * @param {{ dataDir: string, cluster: string }} places
 * @returns {Account}
 */
export function postgresAccount(programs, { dataDir, cluster }) {
  if (process.getuid?.() !== 0) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    return { wrap: [] }
  }
  // Others may pass through, not look: the account has to reach the cluster below.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const account = unprivilegedAccount(cluster)
  if (account && works('/bin/sh', ['-c', PROBE, 'sh', dataDir, programs.postgres], { uid: account.uid, gid: account.gid, cwd: '/' })) {
    return { wrap: [], uid: account.uid, gid: account.gid }
  }
  const nobody = named('nobody')
  const wrap = nobody ? ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`] : []
  if (nobody && works('unshare', [...wrap.slice(1), '/bin/sh', '-c', PROBE, 'sh', dataDir, programs.postgres], { cwd: '/' })) return { wrap }
  throw new Sentence(
    `PostgreSQL does not run as root, an unprivileged account cannot reach ${dataDir} or ${programs.postgres}, and this system forbids user namespaces. Run Palisade as a normal user, or put the clone and PALISADE_DATA_DIR where every user can enter, for example below /opt and /var/lib.`,
  )
}

/**
 * @param {string} cluster is not served by anybody at this moment
 * @param {Account} account
 */
export function ownCluster(cluster, account) {
  if (process.getuid?.() === 0) giveTo(cluster, account.uid ?? 0, account.gid ?? 0)
}
