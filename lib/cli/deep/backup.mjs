import { spawn } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { runAdmin } from '../admin-bundle.mjs'
import { apiClient } from '../api-client.mjs'
import { openDatabase } from '../database.mjs'
import { readEnvironment } from '../environment.mjs'
import { connect } from '../migrate.mjs'
import { ROOT } from '../paths.mjs'
import { freePort } from '../port.mjs'
import { say } from '../say.mjs'
import { startPalisade } from '../serve.mjs'

const FIREWALLS = 500
const WRITES_PER_SECOND = 20
const BACKUPS = 5
const RESTORE_LIMIT_S = 300
const EMAIL = 'deep@nordwall.example'
/** One may be used 600 times a minute. */
const TOKENS = 3

const demand = (isRight, sentence) => {
  if (!isRight) throw new Error(sentence)
}
const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]

/** A command to its end; rejects with what it said when the exit code is another than expected. */
function run(args, env, expected = 0) {
  const started = performance.now()
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let said = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === expected) resolve({ out: out.trim(), said, seconds: (performance.now() - started) / 1000 })
      else reject(new Error(`${args.join(' ')} ended with ${code}:\n${said}`))
    })
  })
}

/** Audited writes at a fixed rate, whatever the time of each, until `stop`. */
function writeSteadily(clients, customerId) {
  const underWay = new Set()
  const ms = []
  const failures = []
  let count = 0
  const write = async () => {
    const number = (count += 1)
    const started = performance.now()
    await clients[number % clients.length]('POST', '/sites', { name: `Site ${number}`, customerId, timeZone: 'UTC' }).then(
      () => ms.push(performance.now() - started),
      (error) => failures.push(error),
    )
  }
  const timer = setInterval(() => {
    const one = write().finally(() => underWay.delete(one))
    underWay.add(one)
  }, 1000 / WRITES_PER_SECOND)
  const started = performance.now()
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(underWay)
      if (failures[0]) throw failures[0]
      return { writes: ms.length, perSecond: ms.length / ((performance.now() - started) / 1000), p95Ms: percentile(ms, 0.95) }
    },
  }
}

async function rowsOf(databaseUrl, sql) {
  const client = await connect({ connectionString: databaseUrl })
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** What one snapshot has to agree on: a site is there exactly when its audit entry is, and the log has no gap. */
const CONSISTENT = `SELECT (SELECT count(*)::int FROM "Site") AS sites,
  (SELECT count(*)::int FROM "AuditEntry" a WHERE action = 'site.create' AND result = 'done' AND EXISTS (SELECT 1 FROM "Site" s WHERE s.id::text = a."targetId")) AS "sitesInLog",
  (SELECT count(*)::int FROM "AuditEntry" WHERE action = 'site.create' AND result = 'done') AS "creations",
  (SELECT count(*)::int FROM "FirewallCredential" k JOIN "Firewall" f ON f.id = k."firewallId" JOIN "Customer" c ON c.id = f."customerId") AS credentials,
  (SELECT count(*)::int FROM "AuditEntry") AS entries, (SELECT max(entry)::int FROM "AuditEntry") AS last,
  (SELECT count(*)::int FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND NOT convalidated) AS "notValid"`

async function restoreAndLook(file, place, keyFile, env) {
  const restored = { ...env, PALISADE_DATA_DIR: place, PALISADE_MASTER_KEY_FILE: keyFile }
  const { said, seconds } = await run(['lib/cli/admin.mjs', 'backup', 'restore', '--from', file], restored)
  demand(said.includes(`Opened ${FIREWALLS}: credentials of firewalls.`), `Not every credential was opened:\n${said}`)
  demand(/The audit log is whole: [\d,]+ entries/.test(said), `The chain was not verified:\n${said}`)
  demand(seconds <= RESTORE_LIMIT_S, `Restoring took ${seconds} s.`)
  const database = await openDatabase(readEnvironment(restored))
  try {
    const [found] = await rowsOf(database.url(), CONSISTENT)
    demand(found.sites === found.sitesInLog && found.sites === found.creations, `Sites and audit entries are of two moments: ${JSON.stringify(found)}`)
    demand(found.credentials === FIREWALLS && found.entries === found.last && found.notValid === 0, `Rows are missing: ${JSON.stringify(found)}`)
    return { seconds, ...found }
  } finally {
    await database.close()
    rmSync(place, { recursive: true, force: true })
  }
}

async function refuseWrongKey(file, place, env) {
  mkdirSync(place)
  writeFileSync(path.join(place, 'master.key'), `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  const { mtimeMs } = statSync(place)
  await run(['lib/cli/admin.mjs', 'backup', 'restore', '--from', file], { ...env, PALISADE_DATA_DIR: place }, 1)
  demand(readdirSync(place).join() === 'master.key' && statSync(place).mtimeMs === mtimeMs, 'A restore with a wrong key wrote something.')
}

/** The installation under load, its backups, and how it went. */
async function backUpUnderLoad(folder, extra) {
  const dataDir = path.join(folder, 'data')
  const environment = readEnvironment({ ...process.env, ...extra, PORT: String(await freePort()), PALISADE_DATA_DIR: dataDir, DATABASE_URL: '', PALISADE_ROLE: 'all', PALISADE_URL: '', PALISADE_MASTER_KEY_FILE: '' })
  const palisade = await startPalisade(environment, { extra })
  try {
    const env = { ...process.env, ...extra, DATABASE_URL: palisade.databaseUrl, PALISADE_DATA_DIR: dataDir, PALISADE_MASTER_KEY_FILE: environment.masterKeyFile, PALISADE_URL: environment.url, PORT: String(environment.port) }
    const clients = []
    for (let token = 0; token < TOKENS; token++) clients.push(apiClient(environment.localUrl, (await runAdmin(['token', 'create', '--email', EMAIL, '--role', 'owner', '--days', '1'], env, { keepOutput: true })).output))
    await run(['--conditions=react-server', '--import', 'tsx', 'lib/testing/sealed-fleet.ts', String(FIREWALLS)], env)
    const { id } = await clients[0]('POST', '/customers', { name: 'Written meanwhile' })
    const load = writeSteadily(clients, id)
    const backups = []
    for (let number = 1; number <= BACKUPS; number++) {
      await delay(500)
      const { out, said } = await run(['lib/cli/admin.mjs', 'backup', 'create', '--to', path.join(folder, `${number}.tar`)], { ...process.env, ...extra, DATABASE_URL: '', PALISADE_DATA_DIR: dataDir })
      backups.push({ file: out, bytes: statSync(out).size, said: said.split('\n')[0] })
    }
    return { backups, load: await load.stop(), keyFile: environment.masterKeyFile }
  } finally {
    await palisade.stop()
  }
}

/** Five backups in a row of 500 firewalls under 20 audited writes a second; each one restored elsewhere and held against itself. */
export async function deep() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'palisade-deep-'))
  const extra = { PALISADE_ALLOWED_NETWORKS: '127.0.0.0/8', PALISADE_ADMIN_EMAIL: EMAIL, PALISADE_ADMIN_PASSWORD: `deep-${randomInt(1e9)}-violin-otter`, LOG_LEVEL: 'fatal' }
  const env = { ...process.env, DATABASE_URL: '', PALISADE_URL: '', PALISADE_MASTER_KEY_FILE: '', PALISADE_MASTER_KEY_COMMAND: '' }
  try {
    const { backups, load, keyFile } = await backUpUnderLoad(folder, extra)
    say(`${load.writes} audited writes, ${load.perSecond.toFixed(1)} a second, p95 ${load.p95Ms.toFixed(0)} ms while ${BACKUPS} backups were made`)
    demand(load.perSecond >= WRITES_PER_SECOND * 0.9, 'The load was not what it has to be.')
    let before = -1
    for (const { file, bytes, said } of backups) {
      const found = await restoreAndLook(file, path.join(folder, 'restored'), keyFile, env)
      demand(found.sites > before, 'A later backup has no more than an earlier one.')
      before = found.sites
      say(`${path.basename(file)}: ${(bytes / 1e6).toFixed(1)} MB (${said}) restored in ${found.seconds.toFixed(1)} s with ${found.credentials} credentials, ${found.sites} sites and ${found.entries} audit entries`)
    }
    await refuseWrongKey(backups[0].file, path.join(folder, 'wrong-key'), env)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
