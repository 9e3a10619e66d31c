import { atRoot } from '../paths.mjs'
import { runNode } from '../run.mjs'

export const needs = []

/** Every route by every caller for what is theirs, another's, deleted and unknown. */
export async function deep() {
  const { code, output } = await runNode([atRoot('node_modules/vitest/vitest.mjs'), 'run', 'lib/api/authorisation-matrix.test.ts'], { env: { PALISADE_EVERY_WAY: 'true' } })
  if (code !== 0) throw new Error(output)
}
