import { randomInt } from 'node:crypto'
import { atRoot } from '../paths.mjs'
import { runNode } from '../run.mjs'
import { say } from '../say.mjs'

export const needs = []

/** One plan over 500 firewalls of 40 customers in nine zones, 3 % of which fail, in simulated time; judged by the firewalls' own logs. */
export async function deep() {
  const seed = randomInt(2 ** 30)
  const { code, output } = await runNode([atRoot('node_modules/vitest/vitest.mjs'), 'run', 'lib/rollout/fleet.test.ts'], { env: { SEED: String(seed), FIREWALLS: process.env.FIREWALLS ?? '500', NO_COLOR: '1' } })
  if (code !== 0) throw new Error(`With the seed ${seed}:\n${output}`)
  for (const line of output.split('\n')) if (/^rollout: /.test(line)) say(line)
}
