// A worker that only updates and takes backups, as a process of its own, for deep runs. Its clock runs `speed` times as fast as
// the real one from `epoch` on, so that minutes of waiting are seconds; leases follow the real clock.
// update-worker WORKER EPOCH_MS SPEED LEASE_SECONDS
import { overdueBackups, stepBackup } from '@/lib/backups/step'
import { installationKeys } from '@/lib/installation/keys'
import { updateRunner } from '@/lib/worker/run-updates'
import { letAll } from './approved-job'

const TICK_MS = 150
const [worker = 'worker', epoch = '0', speed = '1', lease = '2'] = process.argv.slice(2)
const epochMs = Number(epoch)
const now = () => new Date(epochMs + (Date.now() - epochMs) * Number(speed))

process.once('disconnect', () => process.exit(0))
await installationKeys()
const runner = updateRunner({ worker, admit: letAll, now, leaseSeconds: Number(lease) })
process.send?.('ready')
for (;;) {
  // A database that is away for a moment is asked again.
  await runner.run().catch(() => undefined)
  const due = await overdueBackups(new Date(Date.now() + 5_000)).catch(() => [])
  for (const id of due) void stepBackup(id, worker, new Date()).catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, TICK_MS))
}
