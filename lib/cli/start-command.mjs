import { spawn } from 'node:child_process'
import { ROOT } from './paths.mjs'

/**
 * `npm start` as a process of its own, for benches and tests that start and end it as people do.
 * @param {Record<string, string>} env
 * @param {{ npm?: boolean }} [options] `npm` goes through npm itself instead of straight to the command
 */
export function startCommand(env, { npm = false } = {}) {
  const [program, args] = npm ? ['npm', ['start']] : [process.execPath, ['lib/cli/start.mjs']]
  const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const waiting = new Set()
  const hear = (chunk) => {
    output += chunk
    for (const check of waiting) check()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise((resolve) => {
    child.on('close', (code) => {
      resolve(code)
      for (const check of waiting) check(true)
    })
  })
  return {
    pid: child.pid,
    output: () => output,
    /** Its exit code, when its output is closed too. */
    ended,
    signal: (name) => child.kill(name),
    /**
     * Resolves with what `pattern` finds in the output; rejects when the process ends without having said it.
     * @param {RegExp} pattern
     * @returns {Promise<RegExpMatchArray>}
     */
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const check = (closed = false) => {
          const found = output.match(pattern)
          if (!found && !closed) return
          waiting.delete(check)
          if (found) resolve(found)
          else reject(new Error(`It ended without saying ${pattern}:\n${output}`))
        }
        waiting.add(check)
        check()
      }),
  }
}
