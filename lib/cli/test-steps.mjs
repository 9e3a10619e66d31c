import { rmSync } from 'node:fs'
import { atRoot } from './paths.mjs'
import { countPlaywright, countVitest, failedInPlaywright, failedInVitest, oneOf } from './test-count.mjs'
import { runNode } from './run.mjs'

const VITEST_REPORT = atRoot('.cache/vitest.json')
const PLAYWRIGHT_REPORT = atRoot('.cache/playwright.json')

const bin = (place) => atRoot('node_modules', place)

/** A check that passes or fails as one; what it says is shown only when it fails. */
const check = (name, ...commands) => ({
  name,
  async run() {
    for (const args of commands) {
      const { code, output } = await runNode(args)
      if (code !== 0) return { count: oneOf(false), output }
    }
    return { count: oneOf(true), output: '' }
  },
})

export const STATIC_STEPS = [
  // The first writes next-env.d.ts and the types of routes, which a fresh clone does not have.
  check('types', [bin('next/dist/bin/next'), 'typegen'], [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']),
  check('lint', [bin('eslint/bin/eslint.js'), '--cache', '--cache-location', '.cache/eslint/', '--max-warnings', '0', '.']),
  check('boundaries', [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'app', 'components', 'lib', 'e2e']),
  check('dead code', [bin('knip/bin/knip.js'), '--no-progress', '--no-config-hints']),
  check('schema and migrations', [atRoot('lib/cli/migrate-check.mjs')]),
  check('lock file', [atRoot('lib/cli/lock-fill.mjs'), '--check']),
]

export const UNIT_STEPS = [
  {
    name: 'unit and integration',
    async run() {
      rmSync(VITEST_REPORT, { force: true })
      const args = [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`]
      const { code } = await runNode(args, { show: true })
      return { count: countVitest(VITEST_REPORT, code === 0), output: '', failed: failedInVitest(VITEST_REPORT) }
    },
  },
]

export const E2E_STEPS = [
  {
    name: 'production build',
    async run() {
      const { ensureBuilt } = await import('./build.mjs')
      await ensureBuilt()
      return { count: oneOf(true), output: '' }
    },
  },
  {
    name: 'end to end',
    async run() {
      const { ensureChromium } = await import('./chromium.mjs')
      const chromium = await ensureChromium()
      rmSync(PLAYWRIGHT_REPORT, { force: true })
      const { code } = await runNode([bin('@playwright/test/cli.js'), 'test'], { show: true, env: { PALISADE_CHROMIUM: chromium } })
      return { count: countPlaywright(PLAYWRIGHT_REPORT, code === 0), output: '', failed: failedInPlaywright(PLAYWRIGHT_REPORT) }
    },
  },
]
