import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 25

const bootId = () => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

/**
 * When this process id began, as an opaque text; null when no live process has the id. Compared with a stored one, so
 * that a process id used again by another program is never taken for ours.
 * @param {number} pid
 * @returns {string | null}
 */
export function startMark(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null
  try {
    if (existsSync('/proc/self/stat')) {
      // The program's name is in brackets and may contain spaces and brackets itself: count from the last one.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [state, ticks] = [fields[0], fields[19]]
      return state === 'Z' || state === 'X' ? null : `${bootId()}:${ticks}`
    }
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '')
  } catch {
    return null
  }
}

/**
 * @typedef {{ pid: number, mark: string }} ProcessRecord
 * @param {number} [pid]
 * @returns {ProcessRecord}
 */
export const recordOf = (pid = process.pid) => ({ pid, mark: startMark(pid) ?? '' })

/** @param {ProcessRecord | undefined | null} record */
export const isAlive = (record) => Boolean(record?.mark) && startMark(record.pid) === record.mark

/** @param {ProcessRecord} record */
export function signal(record, name) {
  if (!isAlive(record)) return
  try {
    process.kill(record.pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/**
 * Waits until the process is gone; false when it is still there after `timeoutMs`.
 * @param {ProcessRecord} record
 */
export async function waitForEnd(record, timeoutMs) {
  const deadline = performance.now() + timeoutMs
  while (isAlive(record)) {
    if (performance.now() > deadline) return false
    await delay(POLL_MS)
  }
  return true
}

/**
 * Ends a process: asks first, and after `graceMs` does not ask any more.
 * @param {ProcessRecord} record
 */
export async function endProcess(record, graceMs = 10_000) {
  signal(record, 'SIGTERM')
  if (await waitForEnd(record, graceMs)) return
  signal(record, 'SIGKILL')
  await waitForEnd(record, graceMs)
}
