import 'server-only'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Registry } from 'prom-client'
import { METRICS, type MetricOf } from './names'

const NANOSECONDS = 1e9
const RESOLUTION_MS = 20
const QUANTILES = [0.5, 0.99, 1] as const

type ProcessMetric = MetricOf<'process'>
const described = (name: ProcessMetric, registry: Registry) => ({ name, help: METRICS[name].help, registers: [registry] })

/** Figures of this process are read when they are asked for; only the delay of its event loop is watched all the time. */
function makeRegistry(): Registry {
  const registry = new Registry()
  const startedAt = Date.now() / 1000 - process.uptime()
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  let cpuSeconds = 0
  new Gauge({ ...described('process_resident_memory_bytes', registry), collect() { this.set(process.memoryUsage.rss()) } })
  new Counter({
    ...described('process_cpu_seconds_total', registry),
    collect() {
      const { user, system } = process.cpuUsage()
      this.inc((user + system) / 1e6 - cpuSeconds)
      cpuSeconds = (user + system) / 1e6
    },
  })
  new Gauge({ ...described('process_start_time_seconds', registry), collect() { this.set(startedAt) } })
  new Gauge({ ...described('nodejs_heap_size_used_bytes', registry), collect() { this.set(process.memoryUsage().heapUsed) } })
  new Gauge({
    ...described('nodejs_eventloop_lag_seconds', registry),
    labelNames: ['quantile'],
    collect() {
      // The histogram counts its own interval too.
      for (const quantile of QUANTILES) this.set({ quantile: String(quantile) }, Math.max(0, delay.percentile(quantile * 100) / NANOSECONDS - RESOLUTION_MS / 1000))
      delay.reset()
    },
  })
  return registry
}

/** Routes are bundled apart: one for the whole process. */
const shared: typeof globalThis & { palisadeProcessFigures?: Registry } = globalThis

/** The figures of the process that answers, in the text format. The first call begins to watch its event loop. */
export async function processText(): Promise<string> {
  const text = await (shared.palisadeProcessFigures ??= makeRegistry()).metrics()
  return `${text.split('\n').filter((line) => line !== '').join('\n')}\n`
}
