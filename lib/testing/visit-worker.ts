// A worker that only visits, as a process of its own, for benchmarks and deep runs: how many at once and how fast the clock
// runs is told by its arguments. Its parent asks over IPC which visits began.
// visit-worker WORKER LANES SILENT_LANES SCALE
import { closeDatabase } from '@/lib/db/client'
import { installationKeys } from '@/lib/installation/keys'
import { runVisits } from '@/lib/worker/run-visits'

const [worker = 'bench', lanes = '64', silentLanes = '8', scale = '1'] = process.argv.slice(2)
const stopping = new AbortController()
const stop = () => stopping.abort()
process.once('SIGTERM', stop)
process.once('disconnect', stop)

let begun: { firewallId: string; lateMs: number; atMs: number }[] = []
process.on('message', () => {
  process.send?.(begun)
  begun = []
})
await installationKeys()
process.send?.('ready')
await runVisits({ worker, lanes: Number(lanes), silentLanes: Number(silentLanes), scale: Number(scale), onBegin: ({ firewallId, lateMs }) => begun.push({ firewallId, lateMs, atMs: Date.now() }) }, stopping.signal)
await closeDatabase()
process.exit(0)
