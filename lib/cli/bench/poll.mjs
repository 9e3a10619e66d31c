import { spawn } from 'node:child_process'
import { atRoot } from '../paths.mjs'
import { say, step } from '../say.mjs'
import { median, percentile, stopwatch } from '../testing/measure.mjs'
import { startVisitWorld } from '../testing/visit-world.mjs'

export const needs = ['bundles']

/** 30 ms round trip and 60 ms that the firewall needs for an answer. */
const LATENCY_MS = 90
const AT_ONCE = 64
const SILENT_LANES = 8
const PAIRS = 3
const DEAD_SHARE = 0.05
const GOAL_RATIO = 1.25
const GOAL_SHIFT_MS = 250
const GOAL_SHIFT = 0.05

const rounded = (value, digits = 1) => Number(value.toFixed(digits))
const numberOf = (args, name, otherwise) => Number(args[args.indexOf(`--${name}`) + 1] || otherwise)
const OWN_HEADERS = ['host', 'connection', 'content-length', 'transfer-encoding']
const sendable = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name)))

/** What one visit of each family sends, with the credential of each firewall. */
async function planOf({ fleet, infos, cycle }) {
  const samples = infos.filter(({ family }, at) => infos.findIndex((info) => info.family === family) === at)
  for (const { name } of samples) await fleet.patch(name, { record: true })
  await cycle(samples.map(({ name }) => name))
  const requests = new Map()
  for (const { name, family } of samples) {
    requests.set(family, await fleet.recorded(name))
    await fleet.patch(name, { record: false })
  }
  const plan = []
  for (const { name, family, url } of infos) {
    const { authorization, 'x-api-key': key } = (await fleet.counts(name)).lastHeaders
    const credential = { ...(authorization && { authorization }), ...(key && { 'x-api-key': key }) }
    plan.push({ url, requests: requests.get(family).map((request) => ({ ...request, headers: { ...sendable(request.headers), ...credential } })) })
  }
  return plan
}

async function startLoop(plan) {
  const child = spawn(process.execPath, [atRoot('lib/cli/testing/bare-loop.mjs')], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, NODE_NO_WARNINGS: '1' } })
  const message = () => new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`The bare loop ended with ${code}.`)))
  })
  await message()
  return {
    pid: child.pid,
    async run() {
      const done = message()
      child.send({ firewalls: plan, atOnce: AT_ONCE })
      await done
    },
    stop: () => child.kill(),
  }
}

async function handshakes({ fleet, infos }) {
  let sum = 0
  for (const { name } of infos) sum += (await fleet.counts(name)).handshakes
  return sum
}

/** One measured run: time, CPU of each process, handshakes for each firewall. */
async function measured(world, name, processes, act) {
  const before = await handshakes(world)
  const stop = stopwatch(processes)
  await step(name, act)
  const { seconds, cpu } = stop()
  return { name, seconds, cpu, handshakes: ((await handshakes(world)) - before) / world.infos.length }
}

async function compare(world, worker) {
  const { processes } = world
  const ours = { ...processes, workers: worker.pid }
  const first = await measured(world, 'first cycle', ours, () => world.cycle())
  const [{ rows }] = await world.query(`SELECT (SELECT sum("itemCount") FROM "Reading")::int AS rows`)
  const plan = await planOf(world)
  const loop = await startLoop(plan)
  const [cycles, loops] = [[], []]
  try {
    for (let run = 0; run < PAIRS; run += 1) {
      loops.push(await measured(world, 'bare loop', { ...processes, workers: loop.pid }, () => loop.run()))
      cycles.push(await measured(world, 'unchanged cycle', ours, () => world.cycle()))
    }
  } finally {
    loop.stop()
  }
  return { first, rows, cycles, loops, requests: plan.reduce((sum, { requests }) => sum + requests.length, 0) }
}

/** p95 of how late visits of the living begin, without and with silent firewalls, in turns. */
async function withDead(world, worker) {
  const dead = world.infos.filter((_, at) => at % Math.round(1 / DEAD_SHARE) === 0).map(({ name }) => name)
  const living = new Set((await world.query('SELECT id FROM "Firewall" WHERE name <> ALL ($1)', [dead])).map(({ id }) => id))
  const p95 = { without: [], with: [] }
  const scenario = async (word) => {
    for (const name of dead) await world.fleet.patch(name, { scenario: word })
    // They are known as silent, or as answering, before anything is measured.
    for (let round = 0; round < 2; round += 1) await world.cycle(dead)
  }
  for (let run = 0; run < PAIRS; run += 1) {
    for (const [kind, word] of [['without', 'none'], ['with', 'half-open']]) {
      await scenario(word)
      await worker.begun()
      await step(`cycle ${kind} silent firewalls`, () => world.cycle())
      const late = (await worker.begun()).filter(({ firewallId }) => living.has(firewallId)).map(({ lateMs }) => lateMs)
      p95[kind].push(percentile(late, 0.95))
      say(`p95 of start - due: ${Math.round(p95[kind].at(-1))} ms`)
    }
  }
  await scenario('none')
  return { without: median(p95.without), with: median(p95.with) }
}

/** A whole cycle over all firewalls, all tiers due, beside a bare loop that sends the same requests; then with one in twenty silent. */
export async function bench(args) {
  const firewalls = numberOf(args, 'firewalls', 1_000)
  const world = await startVisitWorld({ firewalls, latencyMs: LATENCY_MS })
  try {
    // No tier is due again while a cycle lasts.
    await world.query(`UPDATE "Settings" SET intervals = '{"status": 7200, "neighbours": 7200, "vpn": 7200, "rules": 7200}'`)
    const worker = await world.startWorker('bench', { lanes: AT_ONCE, silentLanes: SILENT_LANES })
    const compared = await compare(world, worker)
    const late = await withDead(world, worker)
    return summary(firewalls, compared, late)
  } finally {
    await world.end()
  }
}

function summary(firewalls, { first, rows, cycles, loops, requests }, late) {
  const row = ({ name, seconds, cpu, handshakes: each }, more = {}) => ({ what: name, seconds: rounded(seconds), rowsPerSecond: '', handshakesEach: rounded(each, 2), simulatorCpu: rounded(cpu.simulator), workersCpu: rounded(cpu.workers), postgresCpu: rounded(cpu.PostgreSQL), ...more })
  const seconds = (runs) => median(runs.map((run) => run.seconds))
  const ratio = seconds(cycles) / seconds(loops)
  const shift = late.with - late.without
  const each = (runs) => median(runs.map((run) => run.handshakes))
  return {
    rows: [row(first, { rowsPerSecond: Math.round(rows / first.seconds) }), ...cycles.map((run) => row(run)), ...loops.map((run) => row(run))],
    goals: [
      { text: `an unchanged cycle of ${firewalls} firewalls and ${requests} requests takes at most ${GOAL_RATIO} × the bare loop (${rounded(ratio, 2)} ×)`, met: ratio <= GOAL_RATIO },
      { text: `as many handshakes for each firewall as the loop (${rounded(each(cycles), 2)} and ${rounded(each(loops), 2)})`, met: each(cycles) <= each(loops) * 1.01 },
      { text: `one in twenty silent moves the p95 of start - due of the others by less than ${GOAL_SHIFT * 100} % or ${GOAL_SHIFT_MS} ms (${Math.round(late.without)} ms to ${Math.round(late.with)} ms)`, met: shift < Math.max(GOAL_SHIFT_MS, late.without * GOAL_SHIFT) },
    ],
  }
}
