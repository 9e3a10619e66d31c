import { spawn } from 'node:child_process'
import { ADMIN_BUNDLE, ROOT } from './paths.mjs'

/**
 * Runs a verb of the TypeScript side's admin program. What it says to people goes to our stderr as it is.
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 * @param {{ keepOutput?: boolean }} [options] `keepOutput` returns stdout; otherwise stdin and stdout are the terminal's
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runAdmin(args, env, { keepOutput = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', ADMIN_BUNDLE, ...args], { cwd: ROOT, env, stdio: keepOutput ? ['ignore', 'pipe', 'inherit'] : 'inherit' })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output: output.trim() }))
  })
}
