import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { ROOT, WORKER_BUNDLE, atRoot } from '../paths.mjs'
import { freePort } from '../port.mjs'
import { endProcess, recordOf } from '../processes.mjs'
import { say, step } from '../say.mjs'
import { percentile, privateMib, residentMib, stopwatch } from '../testing/measure.mjs'
import { startVisitWorld } from '../testing/visit-world.mjs'

/** 30 ms round trip and 60 ms that the firewall needs for an answer. */
const LATENCY_MS = 90
/** First visits read everything; they are over when the measured time begins. */
const FIRST_VISITS_SECONDS = 240
const LOOK_MS = 5_000
const RAISE_MINUTES = 3
const RAISE_BY = 500
const RAISES_MAX = 12
const GOAL_LAG_S = 5
const GOAL_OURS_MIB = 700
const GOAL_POSTGRES_MIB = 400
const GOAL_SLOPE = 1

const rounded = (value, digits = 1) => Number(value.toFixed(digits))
const numberOf = (args, name, otherwise) => (args.includes(`--${name}`) ? Number(args[args.indexOf(`--${name}`) + 1]) : otherwise)

function start(world, args, env) {
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...world.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  world.later(() => endProcess(recordOf(child.pid)))
  return child
}

/** A worker as `npm start` runs it, which tells in its log how late each visit began. */
function startWorker(world) {
  const child = start(world, ['--enable-source-maps', WORKER_BUNDLE], { LOG_LEVEL: 'debug' })
  let late = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const found = /"lateMs":(\d+)/.exec(line)
    if (found) late.push(Number(found[1]))
  })
  return { pid: child.pid, take: () => late.splice(0) }
}

async function startWeb(world) {
  const port = await freePort()
  const child = start(world, ['--import', atRoot('lib/http/preload.mjs'), atRoot('node_modules/next/dist/bin/next'), 'start', '-p', String(port), '-H', '127.0.0.1'], { PORT: String(port), PALISADE_URL: `http://localhost:${port}` })
  child.stdout.resume()
  while (!(await fetch(`http://127.0.0.1:${port}/api/v1/health`).catch(() => null))?.ok) await delay(200)
  return child
}

/** MiB in a minute, by least squares. */
function slopeOf(samples) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [at, mib] = [mean(samples.map(({ minutes }) => minutes)), mean(samples.map(({ ours }) => ours))]
  const above = samples.reduce((sum, { minutes, ours }) => sum + (minutes - at) * (ours - mib), 0)
  const below = samples.reduce((sum, { minutes }) => sum + (minutes - at) ** 2, 0)
  return below === 0 ? 0 : above / below
}

/** Watches for some minutes: how late visits begin, what memory and time the processes take. */
async function watch(world, worker, web, minutes) {
  worker.take()
  const stop = stopwatch({ ...world.processes, workers: worker.pid, web: web.pid })
  const [late, samples] = [[], []]
  const started = performance.now()
  while (performance.now() - started < minutes * 60_000) {
    await delay(LOOK_MS)
    late.push(...worker.take())
    samples.push({ minutes: (performance.now() - started) / 60_000, ours: residentMib(worker.pid) + residentMib(web.pid), postgres: privateMib(world.processes.PostgreSQL) })
  }
  const { seconds, cpu } = stop()
  const share = (name) => rounded((cpu[name] / seconds) * 100, 0)
  return {
    firewalls: world.infos.length,
    minutes: rounded(seconds / 60),
    visitsPerSecond: rounded(late.length / seconds),
    lagP50Ms: percentile(late, 0.5),
    lagP95Ms: percentile(late, 0.95),
    webAndWorkerMib: rounded(Math.max(...samples.map(({ ours }) => ours)), 0),
    postgresMib: rounded(Math.max(...samples.map(({ postgres }) => postgres)), 0),
    mibPerMinute: rounded(slopeOf(samples.filter((sample) => sample.minutes > minutes / 2)), 2),
    // Of one core.
    simulatorCpuPercent: share('simulator'),
    workersCpuPercent: share('workers'),
    webCpuPercent: share('web'),
    postgresCpuPercent: share('PostgreSQL'),
  }
}

/** 3,000 mixed firewalls at the intervals of a new installation; then more, until visits begin too late. */
export async function bench(args) {
  const world = await startVisitWorld({ firewalls: numberOf(args, 'firewalls', 3_000), latencyMs: LATENCY_MS, firstVisitsSeconds: FIRST_VISITS_SECONDS })
  try {
    const web = await startWeb(world)
    const worker = startWorker(world)
    await step('First visits', () => delay((FIRST_VISITS_SECONDS + 60) * 1000))
    const steady = await step('Steady', () => watch(world, worker, web, numberOf(args, 'minutes', 10)))
    const rows = [steady]
    for (let raise = 0; raise < numberOf(args, 'raises', RAISES_MAX) && rows.at(-1).lagP95Ms <= GOAL_LAG_S * 1000; raise += 1) {
      await world.add(RAISE_BY, FIRST_VISITS_SECONDS / 4)
      await delay((FIRST_VISITS_SECONDS / 4 + 60) * 1000)
      rows.push(await watch(world, worker, web, RAISE_MINUTES))
      say(JSON.stringify(rows.at(-1)))
    }
    return {
      rows,
      goals: [
        { text: `p95 of start - due at most ${GOAL_LAG_S} s with ${steady.firewalls} firewalls (${steady.lagP95Ms} ms)`, met: steady.lagP95Ms <= GOAL_LAG_S * 1000 },
        { text: `web and workers in ${GOAL_OURS_MIB} MiB (${steady.webAndWorkerMib})`, met: steady.webAndWorkerMib <= GOAL_OURS_MIB },
        { text: `PostgreSQL in ${GOAL_POSTGRES_MIB} MiB of its own (${steady.postgresMib})`, met: steady.postgresMib <= GOAL_POSTGRES_MIB },
        { text: `memory grows by less than ${GOAL_SLOPE} MiB a minute (${steady.mibPerMinute})`, met: steady.mibPerMinute < GOAL_SLOPE },
      ],
    }
  } finally {
    await world.end()
  }
}
