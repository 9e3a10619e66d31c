import 'server-only'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { CopyFigures, OwnFigures, Waiting } from '@/lib/db/metrics-sql'
import type { Lag } from '@/lib/db/visit-lag-sql'
import { QUEUES } from '@/lib/jobs/queues'
import { metricText, one, seconds, type Point } from './exposition'
import type { MetricOf } from './names'

export type Own = { figures: OwnFigures; lag: Lag; jobs: readonly Waiting[]; deliveries: readonly Pick<Waiting, 'state' | 'count'>[]; copies: readonly CopyFigures[]; version: string }

const JOB_STATES = { waiting: ['created', 'retry'], active: ['active'], failed: ['failed'] } as const
const DELIVERY_STATES = ['waiting', 'sending', 'given-up'] as const
const packageFile = z.object({ version: z.string() })
let version: Promise<string> | undefined

/** The version of Palisade, from the file that names it; empty where that is not there. */
export const ownVersion = (): Promise<string> =>
  (version ??= readFile(path.join(process.cwd(), 'package.json'), 'utf8').then(
    (text) => packageFile.parse(JSON.parse(text)).version,
    () => '',
  ))

/** Only queues that we know, so that the labels are a closed list. */
const jobPoints = ({ jobs }: Own): Point[] =>
  Object.keys(QUEUES).flatMap((queue) =>
    Object.entries(JOB_STATES).map(([state, words]): Point => [jobs.filter((row) => row.name === queue && words.some((word) => word === row.state)).reduce((sum, { count }) => sum + count, 0), { queue, state }]),
  )

const FIGURES: readonly (readonly [MetricOf<'installation'>, (own: Own) => readonly Point[]])[] = [
  ['palisade_build_info', ({ figures, version: ours }) => [[1, { version: ours, node: process.versions.node, migration: figures.migration ?? '' }]]],
  ['palisade_workers', ({ figures }) => one(figures.workers)],
  ['palisade_worker_last_heartbeat_timestamp_seconds', ({ figures }) => one(seconds(figures.heartbeatAt))],
  [
    'palisade_visit_lag_seconds',
    ({ lag }) => [
      [lag.lagP50Seconds, { quantile: '0.5' }],
      [lag.lagP95Seconds, { quantile: '0.95' }],
    ],
  ],
  ['palisade_visits_due', ({ lag }) => one(lag.due)],
  ['palisade_visits_overdue', ({ lag }) => one(lag.overdue)],
  ['palisade_visits_backing_off', ({ lag }) => one(lag.backingOff)],
  ['palisade_visit_leases', ({ figures }) => one(figures.visitLeases)],
  ['palisade_call_leases', ({ figures }) => one(figures.callLeases)],
  ['palisade_queue_jobs', jobPoints],
  ['palisade_deliveries', ({ deliveries }) => DELIVERY_STATES.map((state): Point => [deliveries.find((row) => row.state === state)?.count ?? 0, { state }])],
  ['palisade_audit_entries_total', ({ figures }) => one(figures.lastEntry)],
  ['palisade_audit_last_entry_timestamp_seconds', ({ figures }) => one(seconds(figures.lastEntryAt))],
  ['palisade_audit_last_checkpoint_timestamp_seconds', ({ figures }) => one(seconds(figures.signedAt))],
  ['palisade_audit_unsigned_entries', ({ figures }) => one(Math.max(0, figures.lastEntry - figures.signedEntry))],
  ['palisade_audit_chain_intact', ({ figures }) => one(figures.verifiedAt === null ? null : figures.problem === null ? 1 : 0)],
  ['palisade_audit_last_verification_timestamp_seconds', ({ figures }) => one(seconds(figures.verifiedAt))],
  ['palisade_audit_copy_waiting_entries', ({ copies }) => copies.map(({ name, waiting }): Point => [waiting, { copy: name }])],
  ['palisade_audit_copy_last_success_timestamp_seconds', ({ copies }) => copies.map(({ name, lastCopyAt }): Point => [seconds(lastCopyAt), { copy: name }])],
  ['palisade_audit_copy_failures', ({ copies }) => copies.map(({ name, failures }): Point => [failures, { copy: name }])],
  ['palisade_database_size_bytes', ({ figures }) => one(figures.databaseBytes)],
  ['palisade_installation_backup_timestamp_seconds', ({ figures }) => one(seconds(figures.backupAt))],
]

/** What Palisade tells of itself, one text for each metric. */
export function* ownTexts(own: Own): Generator<string> {
  for (const [name, figure] of FIGURES) yield metricText(name, [{ shared: '', points: figure(own) }])
}
