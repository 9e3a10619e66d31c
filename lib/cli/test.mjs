import { prepareCheckout } from './prepare.mjs'
import { Sentence, announce, runCommand, say, secondsSince } from './say.mjs'
import { countLine, oneOf, sum } from './test-count.mjs'
import { E2E_STEPS, STATIC_STEPS, UNIT_STEPS } from './test-steps.mjs'

const PARTS = { static: STATIC_STEPS, unit: UNIT_STEPS, e2e: E2E_STEPS }

function chosenSteps(args) {
  const at = args.indexOf('--only')
  if (at < 0) return Object.values(PARTS).flat()
  const steps = PARTS[args[at + 1]]
  if (!steps) throw new Sentence(`--only takes one of ${Object.keys(PARTS).join(', ')}.`)
  return steps
}

/** A later step runs also when an earlier one failed: one run shows everything that is wrong. */
async function runStep({ name, run }) {
  const started = performance.now()
  say(`\n── ${name}`)
  const { count, output, failed = [] } = await run().catch((error) => ({ count: oneOf(false), output: error instanceof Sentence ? error.message : String(error.stack) }))
  if (output) say(output.trimEnd())
  say(`── ${name}: ${count.failed === 0 ? 'passed' : 'FAILED'}, ${secondsSince(started)}`)
  return { name, count, failed }
}

await runCommand(async () => {
  const steps = chosenSteps(process.argv.slice(2))
  await prepareCheckout([])
  const results = []
  for (const step of steps) results.push(await runStep(step))
  const failed = results.filter(({ count }) => count.failed > 0).map(({ name }) => name)
  const total = sum(results.map(({ count }) => count))
  // Once more at the end, because the end is what a record of a long run keeps.
  say(failed.length === 0 ? '' : `\nFailed: ${failed.join(', ')}\n${results.flatMap((result) => result.failed).join('\n')}`)
  announce(countLine(total))
  return total.failed === 0 ? 0 : 1
})
