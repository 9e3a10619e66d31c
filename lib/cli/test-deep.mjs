import { existsSync, readdirSync } from 'node:fs'
import { atRoot } from './paths.mjs'
import { prepareCheckout } from './prepare.mjs'
import { Sentence, announce, runCommand, say, secondsSince } from './say.mjs'
import { countLine, oneOf, sum } from './test-count.mjs'

const FOLDER = atRoot('lib/cli/deep')
const DEFAULT_BUDGET = '20m'
const UNITS_MS = { s: 1000, m: 60_000, h: 3_600_000 }

function budgetMs(args) {
  const at = args.indexOf('--budget')
  const text = at < 0 ? DEFAULT_BUDGET : args[at + 1]
  const found = /^(\d+)([smh])$/.exec(text ?? '')
  if (!found) throw new Sentence('--budget takes a time such as 90s, 20m or 2h.')
  return Number(found[1]) * UNITS_MS[found[2]]
}

function chosenNames(args) {
  const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.mjs')).map((file) => file.slice(0, -4)).sort() : []
  const wanted = args.find((arg, at) => !arg.startsWith('--') && !['--budget', '--trials'].includes(args[at - 1]))
  if (wanted === undefined) return names
  if (!names.includes(wanted)) throw new Sentence(`There is no deep run "${wanted}". There are: ${names.join(', ')}`)
  return [wanted]
}

/** How many jobs a run tries that counts them; as many as it likes unless told. */
function trialsOf(args) {
  const at = args.indexOf('--trials')
  if (at < 0) return {}
  const trials = Number(args[at + 1])
  if (!Number.isInteger(trials) || trials < 1) throw new Sentence('--trials takes a whole number.')
  return { trials }
}

/** Repeats one run until its share of the time is over; each repetition is a test. */
async function runFor(name, shareMs, more) {
  const { deep } = await import(`${FOLDER}/${name}.mjs`)
  const started = performance.now()
  const counts = []
  do {
    try {
      await deep({ round: counts.length, deadlineMs: started + shareMs, ...more })
      counts.push(oneOf(true))
    } catch (error) {
      say(`${name}, round ${counts.length + 1}: ${error.stack ?? error}`)
      counts.push(oneOf(false))
    }
  } while (performance.now() - started < shareMs)
  say(`── ${name}: ${countLine(sum(counts))} in ${secondsSince(started)}`)
  return sum(counts)
}

// A deep run exports `deep({ round, deadlineMs })` and, when it does not need the pages, what it `needs` instead. It throws when something is wrong, and can be repeated.
await runCommand(async () => {
  const args = process.argv.slice(2)
  const names = chosenNames(args)
  const endMs = performance.now() + budgetMs(args)
  // Packages first: a run imports some.
  await prepareCheckout([])
  const runs = await Promise.all(names.map((name) => import(`${FOLDER}/${name}.mjs`)))
  await prepareCheckout(runs.flatMap(({ needs = ['web'] }) => needs))
  const counts = []
  for (const [at, name] of names.entries()) {
    const leftMs = endMs - performance.now()
    if (leftMs <= 0) {
      say(`No time was left for: ${names.slice(at).join(', ')}`)
      counts.push({ passed: 0, failed: 0, skipped: names.length - at })
      break
    }
    counts.push(await runFor(name, leftMs / (names.length - at), trialsOf(args)))
  }
  const total = sum(counts)
  announce(countLine(total))
  return total.failed === 0 ? 0 : 1
})
