import path from 'node:path'
import { ROOT } from './paths.mjs'
import { Sentence } from './say.mjs'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/
const ROLES = ['all', 'web', 'worker']

function wholeNumber(env, name, fallback, min, max) {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new Sentence(`${name} is "${text}", but it has to be a whole number from ${min} to ${max}.`)
}

function address(env, name, protocols) {
  const text = env[name]
  if (text === undefined || text === '') return undefined
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text
  // The value is not repeated: a database address carries a password.
  throw new Sentence(`${name} is not an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}. Correct it and start again.`)
}

function origin(env) {
  const text = address(env, 'PALISADE_URL', ['http:', 'https:'])
  if (text && new URL(text).pathname !== '/') {
    throw new Sentence(`PALISADE_URL is "${text}", but Palisade has to be at the root of its address. Leave the path "${new URL(text).pathname}" out.`)
  }
  return text && new URL(text).origin
}

/** Names that fetch and a browser on this machine can open for a server bound to `host`. */
export const reachableHost = (host) => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host)

/**
 * The environment variables that commands need before anything is installed, checked; the TypeScript side reads all of
 * them again with its schema (lib/core/env.ts).
 * @param {Record<string, string | undefined>} env
 * @param {string} base folder that relative paths start from
 */
export function readEnvironment(env = process.env, base = ROOT) {
  const host = env.HOST || '127.0.0.1'
  const port = wholeNumber(env, 'PORT', 3000, 1, 65_535)
  const givenUrl = origin(env)
  if (!LOOPBACK.test(host) && !givenUrl?.startsWith('https:')) {
    throw new Sentence(
      `HOST is ${host}, which other machines can reach, so passwords must not travel in clear. Set PALISADE_URL to the https address that people open (a reverse proxy with a certificate in front of Palisade), or leave HOST out.`,
    )
  }
  const role = env.PALISADE_ROLE || 'all'
  if (!ROLES.includes(role)) throw new Sentence(`PALISADE_ROLE is "${role}", but it has to be one of ${ROLES.join(', ')}.`)
  const dataDir = path.resolve(base, env.PALISADE_DATA_DIR || '.data')
  if (Boolean(env.PALISADE_ADMIN_EMAIL) !== Boolean(env.PALISADE_ADMIN_PASSWORD)) {
    throw new Sentence('PALISADE_ADMIN_EMAIL and PALISADE_ADMIN_PASSWORD work together. Set both or neither.')
  }
  return {
    host,
    port,
    /** What people open. */
    url: givenUrl ?? `http://localhost:${port}`,
    /** What this machine asks. */
    localUrl: `http://${reachableHost(host)}:${port}`,
    dataDir,
    databaseUrl: address(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    masterKeyFile: path.resolve(base, env.PALISADE_MASTER_KEY_FILE || path.join(dataDir, 'master.key')),
    role,
    workers: wholeNumber(env, 'PALISADE_WORKERS', 1, 0, 64),
    firstOwner: Boolean(env.PALISADE_ADMIN_EMAIL),
  }
}
