import { spawn } from 'node:child_process'
import { ROOT } from './paths.mjs'

/**
 * Runs a program to its end and keeps what it prints; nothing is shown unless `show` is set.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, show?: boolean, shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>} code is 1 when a signal ended it, 127 when it could not be started
 */
export function run(program, args, { env = {}, cwd = ROOT, show = false, shell = false } = {}) {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(program, args, { cwd, shell, env: { ...process.env, ...env }, stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'] })
    const keep = (chunk) => (output += chunk)
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Runs a JavaScript file with this Node. */
export const runNode = (args, options) => run(process.execPath, args, options)
