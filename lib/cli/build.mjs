import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT, atRoot } from './paths.mjs'
import { hashOf, storedHash } from './hash.mjs'
import { runNode } from './run.mjs'
import { Sentence, step } from './say.mjs'

const SOURCES = ['app', 'components', 'lib', 'public', 'prisma/schema', 'next.config.js', 'proxy.ts', 'instrumentation.ts', 'postcss.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json']
/** Parses configurations on a thread of web, worker and tests alike (lib/configuration/parse-on-thread.ts). */
const CONFIGURATION_THREAD = 'lib/configuration/thread.ts'
const NEXT_MARK = atRoot('.next/palisade-hash')
const BUNDLE_MARK = atRoot('.build/palisade-hash')
const BUNDLES = { worker: 'lib/worker/main.ts', admin: 'lib/admin/main.ts', 'configuration-thread': CONFIGURATION_THREAD }

const isNotBuilt = (file) => /\.(test|spec)\.tsx?$/.test(file) || file === atRoot('lib/cli') || file === atRoot('lib/db/generated') || path.basename(file) === '__fixtures__'

/** One hash over everything that ends up in a build; tests and these commands do not. */
export const sourcesHash = () => hashOf(ROOT, SOURCES, isNotBuilt)

/** One program of the TypeScript side as one file; packages stay in node_modules. */
export async function bundleFile(source, outfile) {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: ROOT,
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    // server-only throws outside the web framework.
    alias: { 'server-only': './lib/core/empty.cjs' },
    sourcemap: true,
    tsconfig: 'tsconfig.json',
    logLevel: 'silent',
  })
}

/** The thread alone, for tests; several runs may do this at once. */
export async function bundleThread() {
  const [file, made] = ['.build/configuration-thread.mjs', `.build/configuration-thread.${process.pid}.mjs`].map((name) => atRoot(name))
  await bundleFile(CONFIGURATION_THREAD, made)
  renameSync(made, file)
}

/** The programs beside the web: one file each, packages stay in node_modules (0.1 s). */
async function bundle(hash) {
  const entries = Object.entries(BUNDLES).filter(([, source]) => existsSync(atRoot(source)))
  rmSync(BUNDLE_MARK, { force: true })
  const built = entries.map(([name, source]) => bundleFile(source, `.build/${name}.mjs`))
  await Promise.all(built).catch((error) => {
    throw new Sentence(`The worker and the admin command could not be built: ${error.message}`)
  })
  mkdirSync(path.dirname(BUNDLE_MARK), { recursive: true })
  writeFileSync(BUNDLE_MARK, `${hash}\n`)
}

async function buildWeb(hash) {
  rmSync(NEXT_MARK, { force: true })
  const { code, output } = await runNode(['node_modules/next/dist/bin/next', 'build'], { env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', PALISADE_BUILD_ID: hash.slice(0, 16) } })
  if (code !== 0) throw new Sentence(`The pages could not be built. The build said:\n\n${output.trim()}`)
  // Written last: a build that was killed half way is stale.
  writeFileSync(NEXT_MARK, `${hash}\n`)
}

/** Bundles worker and admin command when the sources changed. */
export async function ensureBundled(hash = sourcesHash()) {
  if (storedHash(BUNDLE_MARK) !== hash) await bundle(hash)
}

/** Builds what is missing or older than the sources. */
export async function ensureBuilt() {
  const hash = sourcesHash()
  await ensureBundled(hash)
  if (storedHash(NEXT_MARK) !== hash) await step('Building the pages (under a minute)', () => buildWeb(hash))
}
