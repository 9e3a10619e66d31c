import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './paths.mjs'
import { run } from './run.mjs'
import { Sentence, step } from './say.mjs'

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {}

/**
 * True when node_modules holds what the lock file asks for. npm writes its own list last, so an installation that was
 * killed half way has none. Optional packages are left out: those of other platforms are never there.
 */
export function isInstalled(root = ROOT) {
  const written = path.join(root, 'node_modules/.package-lock.json')
  if (!existsSync(written)) return false
  const present = packagesOf(written)
  return Object.entries(packagesOf(path.join(root, 'package-lock.json'))).every(
    ([where, entry]) => where === '' || entry.optional || entry.link || present[where]?.version === entry.version,
  )
}

/** Installs the packages of the lock file when they are missing or older than it. */
export async function ensureInstalled() {
  if (isInstalled()) return
  await step('Installing packages (one to three minutes the first time)', async () => {
    // A machine with NODE_ENV=production would leave out what builds and tests.
    const { code, output } = await run('npm', ['ci', '--include=dev', '--loglevel=error'], { shell: process.platform === 'win32' })
    if (code !== 0) throw new Sentence(`npm could not install the packages. It said:\n\n${output.trim()}\n\nCheck the connection to the package registry and start again.`)
  })
}
