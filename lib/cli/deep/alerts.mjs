import { atRoot } from '../paths.mjs'
import { runNode } from '../run.mjs'
import { say } from '../say.mjs'

export const needs = []

/** One test file with its size; prints what it prints, throws when it fails. */
async function runTest(file, env) {
  const { code, output } = await runNode([atRoot('node_modules/vitest/vitest.mjs'), 'run', file], { env: { ...env, NO_COLOR: '1' } })
  if (code !== 0) throw new Error(`${file}:\n${output}`)
  for (const line of output.split('\n')) if (/^[│┌├└]|^alerts: /.test(line)) say(line)
}

/** A simulated day of 1,000 firewalls with planted incidents; random days against a model; what a look at 10,000 costs. */
export async function deep() {
  await runTest('lib/alerts/simulated-day.test.ts', { FIREWALLS: '1000', MINUTES: '1440' })
  await runTest('lib/alerts/random.test.ts', { DAYS: '200' })
  await runTest('lib/alerts/cost.test.ts', { FIREWALLS: '10000' })
}
