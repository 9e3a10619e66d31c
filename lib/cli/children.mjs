import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { endProcess, isAlive, recordOf } from './processes.mjs'

/**
 * The file that names the live children of a supervisor, for the next start after this one was killed.
 * @param {string} file
 */
export function childrenFile(file) {
  const records = new Map()
  const write = () => {
    const draft = `${file}.new`
    writeFileSync(draft, JSON.stringify([...records.values()]), { mode: 0o600 })
    renameSync(draft, file)
  }
  return {
    add(name, pid) {
      records.set(name, { ...recordOf(pid), name })
      write()
    },
    remove(name) {
      records.delete(name)
      write()
    },
  }
}

/**
 * Ends what a supervisor that was killed left running. A process id that another program has by now is left alone.
 * @param {string} file
 * @returns {Promise<string[]>} names of what was ended
 */
export async function endLeftOvers(file, graceMs = 5000) {
  let records = []
  try {
    records = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return []
  }
  const alive = records.filter(isAlive)
  await Promise.all(alive.map((record) => endProcess(record, graceMs)))
  rmSync(file, { force: true })
  return alive.map(({ name }) => name)
}
