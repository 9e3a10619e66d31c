import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../port.mjs'
import { startCommand } from '../start-command.mjs'

const RUNS = 5
const GOAL_S = 5
const POLL_MS = 10
const READY = /Ctrl-C stops Palisade/

async function signInAnswers(url) {
  const answer = await fetch(`${url}/signin`, { redirect: 'manual' }).catch(() => undefined)
  await answer?.arrayBuffer()
  return answer?.status === 200
}

/** Seconds from spawning `npm start` to the sign-in page. */
async function oneStart(env, url) {
  const started = performance.now()
  const command = startCommand(env, { npm: true })
  const over = command.ended.then(() => true)
  while (!(await signInAnswers(url))) {
    if (await Promise.race([over, delay(POLL_MS, false)])) throw new Error(command.output())
  }
  const seconds = (performance.now() - started) / 1000
  await command.says(READY)
  command.signal('SIGTERM')
  await command.ended
  return seconds
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
const rounded = (seconds) => Number(seconds.toFixed(2))

/** Second `npm start` on a database that exists, to 200 of the sign-in page. */
export async function bench() {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'palisade-bench-'))
  const port = await freePort()
  const env = { PORT: String(port), PALISADE_DATA_DIR: dataDir, DATABASE_URL: '', LOG_LEVEL: 'warn' }
  try {
    const first = await oneStart(env, `http://127.0.0.1:${port}`)
    const seconds = []
    for (let run = 0; run < RUNS; run++) seconds.push(await oneStart(env, `http://127.0.0.1:${port}`))
    const rows = [
      { start: 'first (makes the database)', runs: 1, medianSeconds: rounded(first), maxSeconds: rounded(first) },
      { start: 'second', runs: RUNS, medianSeconds: rounded(median(seconds)), maxSeconds: rounded(Math.max(...seconds)) },
    ]
    return { rows, goals: [{ text: `the second start answers within ${GOAL_S} s`, met: median(seconds) <= GOAL_S }] }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
