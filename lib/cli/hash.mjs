import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

function* filesIn(place, skip) {
  if (!existsSync(place) || skip(place)) return
  if (!statSync(place).isDirectory()) {
    yield place
    return
  }
  for (const name of readdirSync(place).sort()) yield* filesIn(path.join(place, name), skip)
}

/**
 * One SHA-256 over the names and contents of files and folders; places that do not exist count as absent.
 * @param {string} base names are taken relative to it, so that a moved checkout is not stale
 * @param {string[]} places
 * @param {(file: string) => boolean} [skip]
 */
export function hashOf(base, places, skip = () => false) {
  const hash = createHash('sha256')
  for (const place of places) {
    for (const file of filesIn(path.join(base, place), skip)) {
      hash.update(`${path.relative(base, file)}\0`).update(readFileSync(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

/** What was stored at the last success, or undefined. */
export const storedHash = (file) => (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined)
