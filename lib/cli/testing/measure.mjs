import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

const read = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
/** Fields of /proc/PID/stat after the name, which may hold spaces: [0] is the state. */
const statOf = (pid) => {
  const text = read(`/proc/${pid}/stat`)
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}
const childrenOf = (pid) => readdirSync('/proc').filter((name) => /^\d+$/.test(name) && statOf(name)[1] === String(pid))

/** CPU seconds that a process, its children and those of them that ended have used. Linux. */
export function cpuSeconds(pid) {
  const [user, system, endedUser, endedSystem] = statOf(pid).slice(11, 15).map(Number)
  const own = (user + system + endedUser + endedSystem) / TICKS_PER_SECOND
  return (Number.isNaN(own) ? 0 : own) + childrenOf(pid).reduce((sum, child) => sum + cpuSeconds(child), 0)
}

/** Resident memory of one process, in MiB. */
export const residentMib = (pid) => Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024

/** Memory that a process and its children have for themselves, in MiB: what they share, such as a server's buffers, is not in it. */
export function privateMib(pid) {
  const own = [...read(`/proc/${pid}/smaps_rollup`).matchAll(/^Private_(?:Clean|Dirty):\s+(\d+)/gm)].reduce((sum, [, kb]) => sum + Number(kb), 0) / 1024
  return own + childrenOf(pid).reduce((sum, child) => sum + privateMib(child), 0)
}

/** CPU seconds by name since this call. */
export function stopwatch(processes) {
  const before = Object.entries(processes).map(([name, pid]) => [name, pid, cpuSeconds(pid)])
  const started = performance.now()
  return () => ({ seconds: (performance.now() - started) / 1000, cpu: Object.fromEntries(before.map(([name, pid, was]) => [name, cpuSeconds(pid) - was])) })
}

export const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
export const median = (values) => percentile(values, 0.5)
