import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { bundleFile } from '../build.mjs'
import { ROOT, atRoot } from '../paths.mjs'
import { endProcess, recordOf } from '../processes.mjs'
import { say } from '../say.mjs'
import { startVisitWorld } from '../testing/visit-world.mjs'

export const needs = ['bundles']

const FIREWALLS = 12
const HELD_MIN = 10
const ROUNDS = 3
const LEASE_SECONDS = 2
/** Minutes of waiting are seconds: what a worker does for a minute to be sure takes it two. */
const SPEED = 30
const LOOK_MS = 100
const HOLD_MS = 20_000
const END_MS = 60_000
const LANES = 3
const [WORKER, SEEDER] = ['.build/update-worker.mjs', '.build/update-seeder.mjs']

/** Where the simulator holds jobs, and in which state they must be to be held there. */
const POINTS = [
  { name: 'first look', state: 'preflight', hold: { path: '/api/core/firmware/running', when: 'before' } },
  { name: 'check', state: 'preflight', hold: { path: '/api/core/firmware/check', when: 'before' } },
  { name: 'backup', state: 'backing-up', hold: { path: '/api/core/backup/download', when: 'before' } },
  { name: 'last look', state: 'backing-up', hold: { path: '/api/core/firmware/running', when: 'before' } },
  { name: 'start, not yet read', state: 'starting', hold: { path: '/api/core/firmware/update', when: 'before' } },
  { name: 'start, unanswered', state: 'starting', hold: { path: '/api/core/firmware/update', when: 'after' } },
  { name: 'installing', state: 'installing', hold: { path: '/api/core/firmware/', when: 'before' } },
  { name: 'verifying', state: 'verifying', hold: { path: '/api/routes/gateway', when: 'before' } },
]
const OVER = ['succeeded', 'failed', 'skipped', 'cancelled', 'held', 'blocked', 'unknown']

function child(file, args, env, lane) {
  const process_ = spawn(process.execPath, [atRoot(file), ...args], { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const message = () => new Promise((resolve, reject) => {
    process_.once('message', resolve)
    process_.once('exit', () => reject(new Error(`${lane} ended.`)))
  })
  return { pid: process_.pid, process: process_, message, ready: message(), ended: new Promise((resolve) => process_.once('exit', resolve)) }
}

/** What becomes of the processes while the jobs are held. `kill -9 beside`: a process that, like the web, makes jobs and holds no lease and no call. */
const STRIKES = {
  'kill -9 worker': async (crash) => {
    const dying = crash.workers.splice(0)
    for (const { process: one } of dying) one.kill('SIGKILL')
    await Promise.all(dying.map(({ ended }) => ended))
    await crash.staff(1)
  },
  'kill -9 beside': async (crash) => {
    crash.seeder.process.kill('SIGKILL')
    await crash.seeder.ended
    await crash.startSeeder()
  },
  'SIGSTOP, SIGCONT': async (crash) => {
    const still = [...crash.workers]
    for (const { process: one } of still) one.kill('SIGSTOP')
    await crash.staff(1)
    await delay(LEASE_SECONDS * 1000 + 1_500)
    for (const { process: one } of still) one.kill('SIGCONT')
  },
  'connection cut': ({ world }) => world.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()`),
}

class Crash {
  workers = []
  #count = 0
  #epochMs = Date.now()
  constructor(world) {
    this.world = world
  }
  nowMs = () => this.#epochMs + (Date.now() - this.#epochMs) * SPEED
  async staff(count = 1 + randomInt(4)) {
    const made = Array.from({ length: count }, () => child(WORKER, [`worker-${(this.#count += 1)}`, String(this.#epochMs), String(SPEED), String(LEASE_SECONDS)], this.world.env, 'A worker'))
    this.workers.push(...made)
    await Promise.all(made.map(({ ready }) => ready))
  }
  async dismiss() {
    for (const { pid } of this.workers.splice(0)) await endProcess(recordOf(pid))
  }
  async startSeeder() {
    this.seeder = child(SEEDER, [String(this.#count += 1)], this.world.env, 'The seeder')
    await this.seeder.ready
  }
  async seed(names) {
    const answer = this.seeder.message()
    this.seeder.process.send({ names, nowMs: this.nowMs() })
    const { ids, error } = await answer
    if (error) throw new Error(error)
    return ids
  }
}

const startsOf = async ({ fleet }, name) => (await fleet.counts(name)).updateLog.filter(({ what }) => what.startsWith('start by')).length

async function until(isDone, ms) {
  for (const endMs = performance.now() + ms; performance.now() < endMs; await delay(LOOK_MS)) if (await isDone()) return true
  return false
}

/** Holds jobs as they reach the state of the point, and returns how many are held when enough are, or when no more come. */
async function holdAll({ world, names, ids, point }) {
  const waiting = new Map((await world.query(`SELECT j.id, f.name FROM "UpdateJob" j JOIN "Firewall" f ON f.id = j."firewallId" WHERE j.id = ANY ($1)`, [ids])).map(({ id, name }) => [id, name]))
  await until(async () => {
    const there = await world.query(`SELECT id FROM "UpdateJob" WHERE id = ANY ($1) AND state = $2`, [[...waiting.keys()], point.state])
    for (const { id } of there) {
      await world.fleet.patch(waiting.get(id), { hold: point.hold })
      waiting.delete(id)
    }
    const held = await Promise.all(names.map(async (name) => (await world.fleet.counts(name)).held))
    return held.filter((count) => count > 0).length >= HELD_MIN
  }, HOLD_MS)
  const held = await Promise.all(names.map(async (name) => (await world.fleet.counts(name)).held))
  return held.filter((count) => count > 0).length
}

/** A firewall's slots and a backup's fetch are kept for longer than a job; here no longer, so that minutes are not waited for. */
async function shortenLeases({ query }) {
  await query(`UPDATE "OriginLease" SET until = now() + make_interval(secs => $1) WHERE until > now() + make_interval(secs => $1)`, [LEASE_SECONDS])
  await query(`UPDATE "BackupTask" SET "nextStepAt" = now() + make_interval(secs => $1) WHERE "finishedAt" IS NULL AND "nextStepAt" > now() + make_interval(secs => $1)`, [LEASE_SECONDS])
}

/** Before the intent is written nothing may keep a job from its update; after it, an update that never came is said to have failed. */
function wordOf({ state, intentAt }, starts) {
  if (!OVER.includes(state)) return 'stuck'
  if (state === 'unknown') return 'undecidable'
  if (state === 'succeeded' && starts === 1) return 'succeeded'
  return state === 'failed' && intentAt !== null && starts === 0 ? 'notStarted' : 'lost'
}

/** One strike at one point. Judged by what the simulator counted. */
async function trial(crash, point, strike, at) {
  const { world } = crash
  const names = world.infos.map(({ name }) => name)
  const version = `27.1.${at + 1}`
  for (const name of names) await world.fleet.patch(name, { hold: null, offer: { version, needsReboot: true }, checked: true, durationsMs: { check: 0, install: 400, reboot: 400 } })
  const before = new Map(await Promise.all(names.map(async (name) => [name, await startsOf(world, name)])))
  const early = point.state === 'starting' || point.state === 'preflight' || point.name === 'backup'
  if (early) for (const name of names) if (point.state === 'starting' || point.name === 'backup') await world.fleet.patch(name, { hold: point.hold })
  const ids = await crash.seed(names)
  await crash.staff()
  const held = await holdAll({ world, names, ids, point })
  await STRIKES[strike](crash)
  await shortenLeases(world)
  for (const name of names) await world.fleet.patch(name, { hold: null })
  const isOver = async () => (await world.query(`SELECT count(*)::int AS open FROM "UpdateJob" WHERE id = ANY ($1) AND state <> ALL ($2)`, [ids, OVER]))[0].open === 0
  if (!(await until(isOver, END_MS))) say(JSON.stringify(await world.query(`SELECT state, reason, message, "nextStepAt", "leasedBy", count(*)::int FROM "UpdateJob" WHERE id = ANY ($1) GROUP BY 1, 2, 3, 4, 5`, [ids])))
  const jobs = await world.query(`SELECT j.id, j.state, j.reason, j.message, j."intentAt", f.name FROM "UpdateJob" j JOIN "Firewall" f ON f.id = j."firewallId" WHERE j.id = ANY ($1)`, [ids])
  const result = { held, jobs: jobs.length, succeeded: 0, notStarted: 0, undecidable: 0, double: 0, lost: 0, stuck: 0 }
  for (const job of jobs) {
    const starts = (await startsOf(world, job.name)) - before.get(job.name)
    const word = starts > 1 ? 'double' : wordOf(job, starts)
    result[word] += 1
    if (word !== 'succeeded' && word !== 'notStarted') say(`  ${job.name}: ${word}, ${job.state} ${job.reason ?? ''}, ${starts} starts: ${job.message ?? ''}`)
  }
  await crash.dismiss()
  // What nobody decided may not stand in the way of the next one.
  await world.query(`UPDATE "UpdateJob" SET state = 'cancelled', "finishedAt" = now() WHERE id = ANY ($1) AND "finishedAt" IS NULL`, [ids])
  return result
}

/** A fleet, a database and workers of its own. */
async function openLane() {
  const world = await startVisitWorld({ firewalls: FIREWALLS, latencyMs: 1, settings: { synchronous_commit: 'off' }, kinds: [['opnsense', '26.7']] })
  const crash = new Crash(world)
  await crash.startSeeder()
  return crash
}

async function closeLane(crash) {
  await crash.dismiss()
  if (crash.seeder) await endProcess(recordOf(crash.seeder.pid))
  await crash.world.end()
}

/**
 * Jobs are held at eight points while workers are killed, stopped and cut off; the simulator counts how often an update
 * was started. Most of a strike is waiting for leases and for what a worker waits to be sure, so several run beside each
 * other, each with all of its own.
 */
export async function deep({ deadlineMs, trials = FIREWALLS * POINTS.length * Object.keys(STRIKES).length * ROUNDS }) {
  await Promise.all([bundleFile('lib/testing/update-worker.ts', WORKER), bundleFile('lib/testing/update-seeder.ts', SEEDER)])
  const startedMs = performance.now()
  const plan = Array.from({ length: Math.ceil(trials / FIREWALLS) }, (_, at) => ({ at, point: POINTS[at % POINTS.length], strike: Object.keys(STRIKES)[Math.floor(at / POINTS.length) % 4] }))
  const count = plan.length
  const lanes = []
  const table = []
  const strikeOn = async (crash) => {
    while (plan.length > 0 && performance.now() < deadlineMs) {
      const { at, point, strike } = plan.shift()
      const result = await trial(crash, point, strike, at)
      table.push({ point: point.name, strike, ...result })
      say(`${point.name.padEnd(20)} ${strike.padEnd(17)} ${Object.entries(result).map(([word, number]) => `${word} ${number}`).join(' · ')}`)
    }
  }
  try {
    // One after the other: they make the same files.
    for (let lane = 0; lane < Math.min(LANES, count); lane += 1) lanes.push(await openLane())
    await Promise.all(lanes.map(strikeOn))
  } finally {
    await Promise.all(lanes.map(closeLane))
  }
  if (plan.length > 0) say(`No time was left for ${plan.length} of ${count} strikes.`)
  judge(table, performance.now() - startedMs)
}

const WORDS = ['jobs', 'held', 'succeeded', 'notStarted', 'undecidable', 'double', 'lost', 'stuck']

/** Prints what became of the jobs by point and by strike; throws when an update was started twice, lost, stuck or left open. */
function judge(table, ms) {
  const sumOf = (rows) => Object.fromEntries(WORDS.map((word) => [word, rows.reduce((sum, row) => sum + row[word], 0)]))
  for (const column of ['point', 'strike']) for (const value of new Set(table.map((row) => row[column]))) {
    const rows = table.filter((row) => row[column] === value)
    say(`  ${value.padEnd(22)} ${Object.entries({ strikes: rows.length, ...sumOf(rows) }).map(([word, number]) => `${word} ${number}`).join(' · ')}`)
  }
  const all = sumOf(table)
  say(`${table.length} strikes in ${(ms / 60_000).toFixed(1)} min: ${Object.entries(all).map(([word, number]) => `${word} ${number}`).join(' · ')}`)
  if (table.length === 0) throw new Error('No strike was tried: there was no time.')
  if (all.double + all.lost + all.stuck > 0 || all.undecidable > all.jobs / 100) throw new Error('An update was started twice, lost, stuck or not decided; the table is above.')
}
