// Entry of the worker process. Several may run on several machines; the database decides who does what.
import { randomBytes } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { hostname } from 'node:os'
import { checkpointKeeper } from '@/lib/audit/checkpoint'
import { log } from '@/lib/core/log'
import { closeDatabase } from '@/lib/db/client'
import { installationKeys } from '@/lib/installation/keys'
import { copyAuditLog } from '@/lib/worker/copy-audit-log'
import { beat, forget } from '@/lib/worker/heartbeat'
import { keepAuditLog } from '@/lib/worker/keep-audit-log'
import { keepReports } from '@/lib/reports/keep'
import { keepSamples } from '@/lib/worker/keep-samples'
import { runLoop } from '@/lib/worker/loop'
import { sweep } from '@/lib/worker/sweep'
import { stopJobs } from '@/lib/jobs/boss'
import { startBackups, wakeOverdueBackups } from '@/lib/worker/run-backups'
import { startBulkSteps, wakeOverdueBulk } from '@/lib/worker/run-bulk'
import { startChecks, wakeOverdueChecks } from '@/lib/worker/run-checks'
import { runDailyBackups } from '@/lib/worker/run-daily-backups'
import { deliverer } from '@/lib/worker/run-deliveries'
import { alertKeeper } from '@/lib/worker/run-alerts'
import { runDailyChecks } from '@/lib/worker/run-daily-checks'
import { runPlans } from '@/lib/worker/run-plans'
import { startEnrolments, wakeOverdueEnrolments } from '@/lib/worker/run-enrolments'
import { startReverts, wakeOverdueReverts } from '@/lib/worker/run-reverts'
import { updateRunner } from '@/lib/worker/run-updates'
import { runVisits } from '@/lib/worker/run-visits'
import { admit } from '@/lib/rollout/admit'

const HEARTBEAT_MS = 15_000
const IDLE_MS = 1_000
const DAILY_CHECKS_MS = 30_000
const DAILY_BACKUPS_MS = 30_000
const PLANS_MS = 2_000
const OVERDUE_MS = 10_000
const CHECKPOINT_MS = 2_000
const COPIES_MS = 2_000
const ALERTS_MS = 10_000
const AUDIT_MS = 600_000
const SAMPLES_MS = 60_000
const REPORTS_MS = 600_000
const SWEEP_MS = 600_000

async function main(): Promise<void> {
  const id = `${hostname().slice(0, 40)}-${process.pid}-${randomBytes(3).toString('hex')}`
  const stopping = new AbortController()
  // Each loop and each visit under way listens; that is no leak.
  setMaxListeners(0, stopping.signal)
  const stop = () => stopping.abort()
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  await installationKeys()
  const checkpoints = checkpointKeeper()
  const deliveries = deliverer(id)
  const alerts = alertKeeper()
  const updates = updateRunner({ worker: id, admit })
  await beat(id)
  await startChecks(id)
  await startBackups(id)
  await startReverts(id)
  await startBulkSteps(id, stopping.signal)
  await startEnrolments(id, stopping.signal)
  log().info({ worker: id }, 'worker started')
  await Promise.all([
    runLoop('heartbeat', HEARTBEAT_MS, stopping.signal, () => beat(id)),
    runLoop('visits', IDLE_MS, stopping.signal, (signal) => runVisits({ worker: id }, signal)),
    runLoop('plans', PLANS_MS, stopping.signal, () => runPlans(id, new Date())),
    runLoop('updates', IDLE_MS, stopping.signal, () => updates.run()),
    runLoop('overdue acts', OVERDUE_MS, stopping.signal, () => wakeOverdueBulk(new Date())),
    runLoop('daily checks', DAILY_CHECKS_MS, stopping.signal, (signal) => runDailyChecks(id, new Date(), signal)),
    runLoop('daily backups', DAILY_BACKUPS_MS, stopping.signal, (signal) => runDailyBackups(id, new Date(), signal)),
    runLoop('overdue backups', OVERDUE_MS, stopping.signal, () => wakeOverdueBackups(new Date())),
    runLoop('alerts', ALERTS_MS, stopping.signal, () => alerts.keep(new Date())),
    runLoop('deliveries', IDLE_MS, stopping.signal, (signal) => deliveries.run(signal)),
    runLoop('overdue checks', OVERDUE_MS, stopping.signal, () => wakeOverdueChecks(new Date())),
    runLoop('overdue reverts', OVERDUE_MS, stopping.signal, () => wakeOverdueReverts(new Date())),
    runLoop('overdue enrolments', OVERDUE_MS, stopping.signal, () => wakeOverdueEnrolments(new Date())),
    runLoop('checkpoints', CHECKPOINT_MS, stopping.signal, () => checkpoints.keep(new Date())),
    runLoop('copies of the audit log', COPIES_MS, stopping.signal, (signal) => copyAuditLog(new Date(), signal)),
    runLoop('audit log', AUDIT_MS, stopping.signal, (signal) => keepAuditLog(id, new Date(), signal)),
    runLoop('samples', SAMPLES_MS, stopping.signal, (signal) => keepSamples(new Date(), signal)),
    runLoop('reports', REPORTS_MS, stopping.signal, (signal) => keepReports(new Date(), signal)),
    runLoop('sweep', SWEEP_MS, stopping.signal, () => sweep(new Date())),
  ])
  await deliveries.ended()
  await updates.ended()
  updates.stop()
  await stopJobs()
  // Nobody may sign for a long time after this.
  await checkpoints.keep(new Date(), { all: true })
  await forget(id)
  await closeDatabase()
  log().info({ worker: id }, 'worker stopped')
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    log().fatal({ err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'worker failed')
    process.exit(1)
  },
)
