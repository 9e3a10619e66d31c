import { atRoot } from './paths.mjs'
import { withLock } from './lock.mjs'
import { ensureInstalled } from './install.mjs'
import { Sentence, say } from './say.mjs'

const OLDEST_NODE = [20, 19]

/** npm only warns about `engines`, and an older Node fails with a syntax error far from the cause. */
export function demandNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  throw new Sentence(`Palisade needs Node.js ${OLDEST_NODE.join('.')} or newer, and this is ${version}. Install a newer one and start again.`)
}

/**
 * Makes the checkout ready: packages, database client, and what `parts` names. Two commands at once take turns.
 * @param {('web' | 'bundles')[]} parts
 */
export function prepareCheckout(parts) {
  demandNode()
  return withLock(
    atRoot('.build/prepare.lock'),
    async () => {
      await ensureInstalled()
      // These need packages, so they are loaded only now.
      const { ensureGenerated } = await import('./generate.mjs')
      await ensureGenerated()
      const { ensureBuilt, ensureBundled } = await import('./build.mjs')
      if (parts.includes('web')) await ensureBuilt()
      else if (parts.includes('bundles')) await ensureBundled()
    },
    () => say('Another Palisade command is installing or building in this folder; waiting for it.'),
  )
}
