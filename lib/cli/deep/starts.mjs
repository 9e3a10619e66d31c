import { randomInt } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../port.mjs'
import { isAlive, recordOf, waitForEnd } from '../processes.mjs'
import { say } from '../say.mjs'
import { startCommand } from '../start-command.mjs'

const READY = /Ctrl-C stops Palisade/
const LONGEST_MOMENT_MS = 4000
const STARTS = 6

/** Live processes that a data directory knows of; fewer than all while a start is under way. */
function knownProcesses(dataDir) {
  const read = (name) => {
    try {
      return readFileSync(path.join(dataDir, name), 'utf8')
    } catch {
      return ''
    }
  }
  const children = JSON.parse(read('processes.json') || '[]')
  const server = recordOf(Number(read('postgres/postmaster.pid').split('\n')[0]))
  return [...children, server].filter(isAlive)
}

/** Kills a random choice of everything that runs, at a random moment of a start, and demands that the next start works. */
async function killAtRandom(env, dataDir) {
  const command = startCommand(env)
  const momentMs = randomInt(LONGEST_MOMENT_MS)
  await delay(momentMs)
  const victims = knownProcesses(dataDir).filter(() => randomInt(2) === 1)
  // Printed, so that a failure can be looked for at the same moment.
  say(`killing the start and ${victims.map(({ name = 'PostgreSQL' }) => name).join(', ') || 'nothing else'} after ${momentMs} ms`)
  command.signal('SIGKILL')
  for (const { pid } of victims) process.kill(pid, 'SIGKILL')
  await command.ended
}

/** Starts are killed at random moments; after each round a start is well, and after its end nothing runs. */
export async function deep() {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'palisade-deep-'))
  const env = { PORT: String(await freePort()), PALISADE_DATA_DIR: dataDir, DATABASE_URL: '', LOG_LEVEL: 'fatal' }
  try {
    for (let start = 0; start < STARTS; start++) await killAtRandom(env, dataDir)
    const command = startCommand(env)
    await command.says(READY)
    const running = knownProcesses(dataDir)
    command.signal('SIGTERM')
    if ((await command.ended) !== 0) throw new Error(`It did not end cleanly:\n${command.output()}`)
    for (const process_ of running) if (!(await waitForEnd(process_, 0))) throw new Error(`Process ${process_.pid} outlived its supervisor.`)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
