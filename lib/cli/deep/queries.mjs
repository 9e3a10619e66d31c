import { randomInt } from 'node:crypto'
import { atRoot } from '../paths.mjs'
import { runNode } from '../run.mjs'
import { say } from '../say.mjs'

export const needs = []

const EXPRESSIONS = 100_000
const AT_ONCE = 10_000
const HOSTILE = 50_000

/** A test of its own process, with its seed; throws with what it printed. */
async function runTest(file, seed, env) {
  const { code, output } = await runNode([atRoot('node_modules/vitest/vitest.mjs'), 'run', file], { env: { ...env, SEED: String(seed) } })
  if (code !== 0) throw new Error(`With the seed ${seed}:\n${output}`)
}

/** The query language against an evaluator that shares no code with it, on a new fleet for each 10,000 expressions; then hostile questions. */
export async function deep({ deadlineMs }) {
  const seed = randomInt(2 ** 30)
  let asked = 0
  for (; asked < EXPRESSIONS && (asked === 0 || performance.now() < deadlineMs); asked += AT_ONCE) await runTest('lib/query-language/same-rows.test.ts', seed + asked, { EXPRESSIONS: String(AT_ONCE) })
  say(`queries: ${asked} of ${EXPRESSIONS} expressions gave the same rows as the evaluator, seed ${seed}`)
  if (performance.now() > deadlineMs) return say('queries: no time was left for hostile questions')
  await runTest('lib/query-language/hostile.test.ts', seed, { QUESTIONS: String(HOSTILE) })
  say(`queries: ${HOSTILE} hostile questions ended in a 400 or an answer within 100 ms, seed ${seed}`)
}
