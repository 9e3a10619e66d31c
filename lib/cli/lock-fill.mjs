import { readFileSync, writeFileSync } from 'node:fs'
import { atRoot } from './paths.mjs'
import { announce, runCommand } from './say.mjs'

// A registry without packages of other platforms makes npm leave them out of the lock, and npm ci then refuses it. Run
// this after each change of dependencies; `--check` changes nothing and exits 1 when something is missing.

const SYSTEMS = ['darwin', 'win32', 'linux', 'android', 'freebsd', 'openbsd', 'netbsd', 'sunos', 'aix', 'openharmony']
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32']

function libcOf(os, words) {
  if (words.includes('musl')) return ['musl']
  return os === 'linux' && words.some((word) => word.startsWith('gnu')) ? ['glibc'] : undefined
}

/** A package of another platform as npm would list it; undefined when the name does not say for which one it is. */
function entryFor(name, version, parent) {
  const words = name.split(/[/-]/)
  const os = words.find((word) => SYSTEMS.includes(word))
  const cpu = words.find((word) => PROCESSORS.includes(word))
  if (!cpu || !/^\d/.test(version)) return undefined
  const libc = libcOf(os, words)
  // Without os and cpu npm would try to install it everywhere.
  return { version, cpu: [cpu], ...(parent.dev && { dev: true }), ...(libc && { libc }), optional: true, ...(os && { os: [os] }) }
}

/**
 * Names of optional packages that the lock mentions and does not list, added to `lock`.
 * @param {{ packages: Record<string, any> }} lock
 */
export function fillLock(lock) {
  const added = []
  for (const [where, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const place = `node_modules/${name}`
      if (lock.packages[place] || lock.packages[`${where}/${place}`]) continue
      const made = entryFor(name, version, entry)
      if (!made) continue
      lock.packages[place] = made
      added.push(`${name}@${version}`)
    }
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  lock.packages = Object.fromEntries(sorted)
  return added
}

if (process.argv[1] === import.meta.filename) {
  await runCommand(() => {
    const file = atRoot('package-lock.json')
    const lock = JSON.parse(readFileSync(file, 'utf8'))
    const added = fillLock(lock)
    if (process.argv.includes('--check')) {
      for (const name of added) announce(`Missing from package-lock.json: ${name}`)
      return added.length === 0 ? 0 : 1
    }
    writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
    announce(`Added to package-lock.json: ${added.length}`)
    return 0
  })
}
