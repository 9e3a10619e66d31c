import { spawn } from 'node:child_process'
import { ROOT } from './paths.mjs'
import { endProcess, recordOf } from './processes.mjs'
import { say } from './say.mjs'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** A child that lived this long counts as well again. */
const STEADY_MS = 60_000
const STOP_GRACE_MS = 10_000

const howItEnded = (code, name) => (name ? `was ended by ${name}` : `ended with code ${code}`)

/**
 * Keeps processes running until `stop`.
 * @param {{ file: ReturnType<typeof import('./children.mjs').childrenFile>, firstPauseMs?: number, onSay?: (text: string) => void }} options
 */
export function supervisor({ file, firstPauseMs = FIRST_PAUSE_MS, onSay = say }) {
  const children = new Map()
  let stopping = false

  function launch(child) {
    const startedMs = performance.now()
    // Detached: Ctrl-C in a terminal reaches this process alone, which then ends all of it in order.
    const running = spawn(process.execPath, child.args, { cwd: ROOT, env: child.env(), detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    child.running = running
    if (running.pid) file.add(child.name, running.pid)
    running.on('error', (error) => onSay(`The ${child.name} could not be started: ${error.message}.`))
    running.on('exit', (code, name) => {
      file.remove(child.name)
      child.running = undefined
      child.onEnd?.(howItEnded(code, name))
      if (stopping) return
      if (performance.now() - startedMs > STEADY_MS) child.pauseMs = firstPauseMs
      onSay(`The ${child.name} ${howItEnded(code, name)}. It starts again in ${child.pauseMs / 1000} s.`)
      child.timer = setTimeout(() => launch(child), child.pauseMs)
      child.pauseMs = Math.min(child.pauseMs * 2, LONGEST_PAUSE_MS)
    })
  }

  return {
    /**
     * @param {{ name: string, args: string[], env: () => Record<string, string | undefined>, onEnd?: (how: string) => void }} child
     *   `env` is asked at each start, because the database may have moved
     */
    keep(child) {
      const kept = { ...child, pauseMs: firstPauseMs }
      children.set(child.name, kept)
      launch(kept)
    },
    pidOf: (name) => children.get(name)?.running?.pid,
    /** Ends every child so that it is started again with the environment of now. */
    renew() {
      for (const { running } of children.values()) running?.kill('SIGTERM')
    },
    /** Ends every child: asks, waits, then insists. */
    async stop(graceMs = STOP_GRACE_MS) {
      stopping = true
      await Promise.all(
        [...children.values()].map(async ({ running, timer }) => {
          clearTimeout(timer)
          if (running?.pid) await endProcess(recordOf(running.pid), graceMs)
        }),
      )
    },
  }
}
