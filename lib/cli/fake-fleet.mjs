import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { ROOT, atRoot } from './paths.mjs'
import { Sentence } from './say.mjs'

/**
 * Starts the simulated fleet as a process of its own and speaks with its control server. For the demo and benchmarks.
 * @param {{ folder: string }} options where certificates are kept
 */
export async function startFakeFleet({ folder }) {
  const child = spawn(process.execPath, ['--import', 'tsx', atRoot('e2e/fake-firewalls/main.ts'), '--folder', folder], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const first = await Promise.race([new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve)), ended])
  if (typeof first !== 'string') throw new Sentence('The simulated fleet could not be started. What it said is above.')
  const { controlUrl } = JSON.parse(first)
  const call = async (method, at, body) => {
    const answer = await fetch(`${controlUrl}${at}`, { method, ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`simulated fleet: ${method} ${at} answered ${answer.status}: ${text.slice(0, 300)}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const at = (name) => `/firewalls/${encodeURIComponent(name)}`
  return {
    process: child,
    add: (options) => call('POST', '/firewalls', options),
    patch: (name, options) => call('PATCH', at(name), options),
    counts: (name) => call('GET', `${at(name)}/counts`),
    recorded: (name) => call('GET', `${at(name)}/recorded`),
    resetCounts: (name) => call('POST', `${at(name)}/counts/reset`),
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
