import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { runAdmin } from './admin-bundle.mjs'
import { childrenFile, endLeftOvers } from './children.mjs'
import { tryLock } from './lock.mjs'
import { WORKER_BUNDLE, atRoot } from './paths.mjs'
import { demandPort } from './port.mjs'
import { prepareCheckout } from './prepare.mjs'
import { Sentence, say } from './say.mjs'
import { supervisor } from './supervise.mjs'

const POLL_MS = 50
const HEALTH_LIMIT_MS = 60_000
const HEALTH_ANSWER_MS = 5000
/** npm returns before what it started has ended; a restart right after it is no second start. */
const HOLDER_PATIENCE_MS = 1000
const ENDING_LIMIT_MS = 60_000

/** @typedef {ReturnType<typeof import('./environment.mjs').readEnvironment>} Environment */

/**
 * One supervisor on a data directory; a second one stops and names the first one's address, unless the first is ending.
 * @param {Environment} environment
 */
async function takeDataDir({ dataDir, url, role }) {
  // Others may pass through (the database's own account has to), not look.
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const started = performance.now()
  for (;;) {
    const lock = tryLock(path.join(dataDir, 'supervisor.json'), { url: role === 'worker' ? null : url })
    if (lock.held) return lock
    const { holder } = lock
    const waitedMs = performance.now() - started
    if (waitedMs > (holder.ending ? ENDING_LIMIT_MS : HOLDER_PATIENCE_MS)) {
      const where = holder.url ? `at ${holder.url}` : 'as a worker'
      throw new Sentence(`Palisade already runs ${where} with the data directory ${dataDir} (process ${holder.pid}). Use that one, stop it first, or set PALISADE_DATA_DIR to another folder.`)
    }
    await delay(POLL_MS)
  }
}

/** What every process of ours is told; NODE_ENV is fixed because a build is a production build. */
const childEnvironment = (environment, databaseUrl, extra) => ({
  ...process.env,
  ...extra,
  NODE_ENV: 'production',
  NEXT_TELEMETRY_DISABLED: '1',
  PORT: String(environment.port),
  HOST: environment.host,
  DATABASE_URL: databaseUrl,
  PALISADE_DATA_DIR: environment.dataDir,
  PALISADE_URL: environment.url,
  PALISADE_MASTER_KEY_FILE: environment.masterKeyFile,
})

const follow = ['--import', atRoot('lib/cli/follow-supervisor.mjs')]

function keepProcesses(keeper, environment, env, onWebEnd) {
  const { role, workers, port, host } = environment
  if (role !== 'worker') {
    const next = [atRoot('node_modules/next/dist/bin/next'), 'start', '-p', String(port), '-H', host]
    keeper.keep({ name: 'web process', args: [...follow, '--import', atRoot('lib/http/preload.mjs'), ...next], env, onEnd: onWebEnd })
  }
  for (let number = 1; role !== 'web' && number <= workers; number++) {
    keeper.keep({ name: workers === 1 ? 'worker' : `worker ${number}`, args: [...follow, '--enable-source-maps', WORKER_BUNDLE], env })
  }
}

/** Waits for the web process; its end before the first answer is a failed start, not something to repeat for ever. */
async function waitForHealth(localUrl, ended) {
  const deadline = performance.now() + HEALTH_LIMIT_MS
  while (performance.now() < deadline) {
    const answer = await fetch(`${localUrl}/api/v1/health`, { signal: AbortSignal.timeout(HEALTH_ANSWER_MS) }).catch(() => undefined)
    if (answer?.ok) return
    if (ended()) throw new Sentence(`The web process ${ended()} before it answered. What it said is above.`)
    await delay(POLL_MS)
  }
  throw new Sentence(`The web process did not answer at ${localUrl} within ${HEALTH_LIMIT_MS / 1000} seconds. What it said is above.`)
}

async function demandPrepared(env) {
  const { code } = await runAdmin(['prepare'], env, { keepOutput: true })
  // The program has said the sentence itself.
  if (code !== 0) throw new Sentence('Palisade was not started.')
}

async function makeFirstOwner(env) {
  const { code } = await runAdmin(['first-owner'], env, { keepOutput: true })
  if (code !== 0) throw new Sentence('The first owner could not be made from PALISADE_ADMIN_EMAIL and PALISADE_ADMIN_PASSWORD, so Palisade was not started.')
}

/** Undoes in reverse order what was begun; each part once, also when a signal arrives half way through the start. */
function undoing() {
  const parts = []
  let running
  return {
    later: (part) => parts.push(part),
    all: () =>
      (running ??= (async () => {
        for (const part of parts.reverse()) await part()
      })()),
  }
}

/**
 * Starts Palisade: database, web and workers of an environment, and keeps them running until `stop`. Throws a Sentence,
 * with everything ended again, when something is in the way.
 * @param {Environment} environment
 * @param {{ extra?: Record<string, string>, signal?: AbortSignal, before?: () => void }} [options] `extra` is added to the
 *   processes' environment; `signal` stops a start that is under way; `before` runs once the data directory is ours alone
 * @returns {Promise<{ setUpLink: string, databaseUrl: string, stop: () => Promise<void> }>} `setUpLink` is empty unless the database is
 */
export async function startPalisade(environment, { extra = {}, signal, before } = {}) {
  const undo = undoing()
  const step = async (work) => {
    signal?.throwIfAborted()
    return work()
  }
  try {
    const lock = await takeDataDir(environment)
    undo.later(lock.release)
    const childrenAt = path.join(environment.dataDir, 'processes.json')
    for (const name of await endLeftOvers(childrenAt)) say(`A ${name} of a start that was killed was still running; it was ended.`)
    before?.()
    if (environment.role !== 'worker') await demandPort(environment.port, environment.host)
    await step(() => prepareCheckout(environment.role === 'worker' ? ['bundles'] : ['web']))
    const { openDatabase } = await import('./database.mjs')
    const database = await step(() => openDatabase(environment))
    undo.later(database.close)
    const env = () => childEnvironment(environment, database.url(), extra)
    await step(() => demandPrepared(env()))
    if (environment.firstOwner && environment.role !== 'worker') await step(() => makeFirstOwner(env()))
    const keeper = supervisor({ file: childrenFile(childrenAt) })
    undo.later(() => keeper.stop())
    undo.later(() => lock.note({ ending: true }))
    let webEnd
    signal?.throwIfAborted()
    keepProcesses(keeper, environment, env, (how) => (webEnd = how))
    database.watch(keeper.renew)
    if (environment.role === 'worker') return { setUpLink: '', databaseUrl: database.url(), stop: undo.all }
    await waitForHealth(environment.localUrl, () => signal?.aborted ? 'was asked to stop' : webEnd)
    const { output } = await step(() => runAdmin(['setup-link'], env(), { keepOutput: true }))
    return { setUpLink: output, databaseUrl: database.url(), stop: undo.all }
  } catch (error) {
    await undo.all()
    throw error
  }
}
