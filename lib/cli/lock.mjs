import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isAlive, recordOf } from './processes.mjs'

const POLL_MS = 50

const read = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** True when the lock was made; a link appears whole or not at all, so nobody reads a half-written holder. */
function place(file, holder) {
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Moves a dead holder's lock away; if a live one slipped in between, it is put back. */
function clearDead(file) {
  const aside = `${file}.${randomUUID()}`
  try {
    renameSync(file, aside)
    const moved = read(aside)
    if (isAlive(moved)) linkSync(aside, file)
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

/**
 * Takes a lock file for this process, or says who holds it. A lock whose process is gone is taken over.
 * @param {string} file
 * @param {Record<string, unknown>} [note] is stored for those who find the lock taken
 */
export function tryLock(file, note = {}) {
  mkdirSync(path.dirname(file), { recursive: true })
  const mine = { ...recordOf(), ...note, id: randomUUID() }
  const isMine = () => read(file)?.id === mine.id
  for (;;) {
    if (place(file, mine)) {
      return {
        held: true,
        holder: mine,
        /** Adds to what others read in the lock. */
        note(more) {
          const draft = `${file}.${randomUUID()}`
          writeFileSync(draft, JSON.stringify({ ...mine, ...more }), { mode: 0o600 })
          if (isMine()) renameSync(draft, file)
        },
        release: () => isMine() && rmSync(file, { force: true }),
      }
    }
    const holder = read(file)
    if (isAlive(holder)) return { held: false, holder, note: () => {}, release: () => false }
    clearDead(file)
  }
}

/**
 * Runs work while no other process runs work under the same file; waits for its turn.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {(holder: { pid: number }) => void} [onWait] is called once when somebody else is at it
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  let lock = tryLock(file)
  if (!lock.held) onWait?.(lock.holder)
  while (!lock.held) {
    await delay(POLL_MS)
    lock = tryLock(file)
  }
  try {
    return await work()
  } finally {
    lock.release()
  }
}
