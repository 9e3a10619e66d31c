import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { run, runNode } from './run.mjs'
import { Sentence, step } from './say.mjs'

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)('@playwright/test').chromium.executablePath()
  } catch {
    return undefined
  }
}

/** The browser for tests: the one that is named, Playwright's own, or the system's; undefined when there is none. */
export const findChromium = (env = process.env) => [env.PALISADE_CHROMIUM, playwrightsOwn(), ...SYSTEM].find((place) => place && existsSync(place))

/** The browser for tests, installed when there is none. Throws a Sentence: browser tests are never skipped. */
export async function ensureChromium() {
  if (process.env.PALISADE_CHROMIUM && !existsSync(process.env.PALISADE_CHROMIUM)) {
    throw new Sentence(`PALISADE_CHROMIUM names ${process.env.PALISADE_CHROMIUM}, which does not exist. Correct it or leave it out.`)
  }
  const found = findChromium()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await step('Installing Chromium with apt-get', async () => {
      await run('apt-get', ['update'])
      await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env: { DEBIAN_FRONTEND: 'noninteractive' } })
    })
  }
  if (!findChromium()) await step('Installing Chromium with Playwright', () => runNode(['node_modules/@playwright/test/cli.js', 'install', 'chromium']))
  const installed = findChromium()
  if (installed) return installed
  throw new Sentence('There is no Chromium for the browser tests and it could not be installed. Install Chromium or Google Chrome, or set PALISADE_CHROMIUM to its path.')
}
