/** A failure that a person can act on: its message is the whole output, without a stack. */
export class Sentence extends Error {}

/** Progress goes to stderr, so that a command's result is alone on stdout. */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** The result of a command. */
export function announce(text) {
  process.stdout.write(`${text}\n`)
}

export const secondsSince = (startedMs) => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`

const TICK_MS = 1000

/**
 * Says what is being done and how long it took. On a terminal the seconds count up, because installing and building
 * take long enough to look stuck.
 * @template T
 * @param {string} text
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(text, work) {
  const started = performance.now()
  const live = Boolean(process.stderr.isTTY)
  const show = () => process.stderr.write(`\r${text} … ${secondsSince(started)} `)
  if (live) show()
  else say(`${text} …`)
  const ticker = live ? setInterval(show, TICK_MS) : undefined
  try {
    const result = await work()
    if (live) process.stderr.write(`\r${text} … done in ${secondsSince(started)}\n`)
    else say(`${text}: done in ${secondsSince(started)}`)
    return result
  } catch (error) {
    if (live) process.stderr.write('\n')
    throw error
  } finally {
    clearInterval(ticker)
  }
}

/**
 * Runs a command to its exit code; a Sentence is shown alone, anything else with its stack, because it is our fault.
 * @param {() => Promise<number | void>} main
 */
export async function runCommand(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    say(error instanceof Sentence ? error.message : String(error?.stack ?? error))
    process.exitCode = 1
  }
}
