import { randomInt } from 'node:crypto'
import { atRoot } from '../paths.mjs'
import { runNode } from '../run.mjs'
import { say } from '../say.mjs'

export const needs = []

/** Parts of the zones, so that a run that is short of time says how far it came. */
const PARTS = 12

/** Maintenance windows of every zone for ten years, judged minute by minute around each change of the clocks and on two days by chance of each year. */
export async function deep({ deadlineMs }) {
  const seed = randomInt(2 ** 30)
  let part = 0
  for (; part < PARTS && (part === 0 || performance.now() < deadlineMs); part += 1) {
    const { code, output } = await runNode([atRoot('node_modules/vitest/vitest.mjs'), 'run', 'lib/windows/every-zone.test.ts'], { env: { SEED: String(seed + part), PART: String(part), PARTS: String(PARTS), NO_COLOR: '1' } })
    if (code !== 0) throw new Error(`With the seed ${seed + part}, part ${part} of ${PARTS}:\n${output}`)
    for (const line of output.split('\n')) if (/^windows: /.test(line)) say(line)
  }
  say(`windows: ${part} of ${PARTS} parts of the zones, seed ${seed}`)
}
