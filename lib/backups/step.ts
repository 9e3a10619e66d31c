import 'server-only'
import type { BackupPort, ConfigurationRevision } from '@/lib/adapters/adapter'
import { workerActor } from '@/lib/auth/actor'
import { actorOfJob } from '@/lib/auth/actor-of-job'
import { authorise } from '@/lib/auth/authorise'
import { AppError, firewallError, type ErrorCode } from '@/lib/core/errors'
import { log } from '@/lib/core/log'
import { claimBackupTask, lockBackups } from '@/lib/db/backups-sql'
import { db } from '@/lib/db/client'
import { findConnection } from '@/lib/db/sql'
import { connectTo } from '@/lib/firewalls/connect'
import { moduleOf } from '@/lib/firewalls/dto-of'
import { noteFailedCall, problemOf } from '@/lib/firewalls/note-failure'
import { send } from '@/lib/jobs/boss'
import { fetchConfiguration, isUnchanged, type Fetched, type Last } from './fetch'
import { prepareContent } from './prepare'
import { advance, beginFetching, finish, TaskLost, whileKept, type Run } from './run'
import { renewTrees } from './renew'
import { pruneBackups } from './retention'
import { BACKUP_REASONS, FORMAT_OF, isBeforeAct } from './states'
import { storeBackup } from './store'

const PROBE_LEASE_SECONDS = 120
/** Three readings of at most 120 s each, with what waits for its turn; a living step ends by itself before. */
const FETCH_LEASE_SECONDS = 420
const STORE_LEASE_SECONDS = 150
const OVERDUE_SECONDS = 5
/** What kills its worker, by the memory it takes for instance, would do so for ever and take along what the worker does beside it. */
const ATTEMPTS_MAX = 5
const ATTEMPTS_HOURS_MAX = 3

/** How long who is not there is tried again, and how often. A schedule has the night. */
const RETRIES = { daily: { everySeconds: 1_200, forSeconds: 7_200 }, other: { everySeconds: 20, forSeconds: 120 } } as const
const PASSES: readonly ErrorCode[] = ['firewall-unreachable', 'firewall-timed-out', 'firewall-busy']
/** The firewall gave something, and it was not taken. */
const UNFIT: readonly ErrorCode[] = ['firewall-reply-not-understood', 'firewall-reply-too-large', 'firewall-not-reported']

/** Open tasks whose time came and whose wake-up got lost, for instance with a killed process. */
export async function overdueBackups(now: Date): Promise<string[]> {
  const rows = await db().backupTask.findMany({ where: { finishedAt: null, nextStepAt: { lt: new Date(now.getTime() - OVERDUE_SECONDS * 1000) } }, select: { id: true }, take: 100 })
  return rows.map(({ id }) => id)
}

type Known = { revision: string | null; version: string | null; last: (Last & { id: string }) | null }

async function whatIsKnown(firewallId: string): Promise<Known> {
  const [firewall, newest] = await Promise.all([
    db().firewall.findUnique({ where: { id: firewallId }, select: { backupRevision: true, version: true } }),
    db().backup.findFirst({ where: { firewallId }, orderBy: [{ takenAt: 'desc' }, { id: 'desc' }], select: { id: true, takenAt: true, content: { select: { bytes: true, format: true } } } }),
  ])
  return { revision: firewall?.backupRevision ?? null, version: firewall?.version ?? null, last: newest && { id: newest.id, takenAt: newest.takenAt, ...newest.content } }
}

const good = (port: Pick<BackupPort, 'format'>, revision: ConfigurationRevision | null, now: Date) => ({ backupAt: now, backupFormat: FORMAT_OF[port.format], backupError: null, backupRevision: revision?.id ?? null })

/** The newest backup still holds: nothing is fetched, only the times move. */
async function confirm(run: Run, port: BackupPort, revision: ConfigurationRevision | null, last: { id: string }): Promise<void> {
  const now = new Date()
  await finish(run, async (tx) => {
    await lockBackups(tx, run.row.id)
    await tx.backup.update({ where: { id: last.id }, data: { seenAt: now, ...(run.task.reason === 'before-update' && { keepForever: true }) } })
    await tx.firewall.update({ where: { id: run.row.id }, data: good(port, revision, now) })
    await pruneBackups(tx, run.row.id, now)
    return { event: 'same', message: 'The configuration is the one of the last backup.', details: {}, backupId: last.id }
  })
}

async function store(run: Run, known: Known, { taken, revision, note }: Fetched): Promise<void> {
  // Parsing waits for its turn behind other configurations; its own time begins on its thread.
  const prepared = await whileKept(run, STORE_LEASE_SECONDS, async (signal) => {
    await renewTrees(run.row.id, signal)
    return prepareContent(run.row.id, taken.bytes, { family: moduleOf(run.row).family, format: taken.format, signal })
  })
  const now = new Date()
  const author = taken.author ?? revision
  const actor = typeof run.task.actor === 'object' && run.task.actor !== null && !Array.isArray(run.task.actor) ? run.task.actor : {}
  await finish(run, async (tx) => {
    const { backupId, isNew } = await storeBackup(tx, run.row.id, prepared, {
      takenAt: now,
      reason: BACKUP_REASONS.find((reason) => reason === run.task.reason) ?? 'daily',
      actor,
      revision: revision?.id ?? null,
      revisedAt: author?.at ?? null,
      revisedBy: author?.by ?? null,
      revisionNote: author?.note ?? null,
      version: known.version,
    })
    await tx.firewall.update({ where: { id: run.row.id }, data: good(taken, revision, now) })
    return { event: isNew ? 'stored' : 'same', message: note ?? (isNew ? null : 'The configuration is the one of the last backup.'), details: { bytes: prepared.bytes, sha256: prepared.sha256, format: FORMAT_OF[taken.format], revision: revision?.id ?? null }, backupId }
  })
}

/** Ends a try that brought nothing, or puts it off while the firewall may come back. What was stored before stays. */
async function giveUp(run: Run, error: unknown): Promise<void> {
  const now = new Date()
  const code = error instanceof AppError ? error.code : 'internal'
  if (!(error instanceof AppError)) log().error({ firewall: run.row.id, err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'taking a backup failed')
  if (!UNFIT.includes(code)) await noteFailedCall(run.row, workerActor(run.workerId), error)
  const { message } = problemOf(error, now)
  const { everySeconds, forSeconds } = RETRIES[run.task.reason === 'daily' ? 'daily' : 'other']
  if (PASSES.includes(code) && now.getTime() - run.task.createdAt.getTime() < forSeconds * 1000) {
    await advance(run, 'later', everySeconds, message)
    return send('backup-step', { taskId: run.task.id }, everySeconds)
  }
  await finish(run, async (tx) => {
    // Who asked may not any more: that says nothing about the firewall.
    if (code !== 'forbidden') await tx.firewall.update({ where: { id: run.row.id }, data: { backupError: message } })
    return { event: UNFIT.includes(code) ? 'refused' : 'failed', message, errorCode: code, details: { code }, backupId: null }
  })
}

async function take(run: Run, now: Date): Promise<void> {
  const actor = await actorOfJob(run.task.actor, run.workerId)
  if (!actor) throw new AppError('forbidden', 'Who asked for it may not do so any more.')
  authorise(actor, 'firewall:ask', { customerId: run.row.customerId })
  const known = await whatIsKnown(run.row.id)
  const signal = AbortSignal.timeout((FETCH_LEASE_SECONDS - 10) * 1000)
  const adapter = await connectTo(run.row, signal)
  const port = adapter.backup
  if (!port) throw firewallError('firewall-command-permission-needed', { message: adapter.backupReason ?? 'This firewall gives no configuration.' })
  const revision = await port.probe(AbortSignal.any([signal, AbortSignal.timeout((PROBE_LEASE_SECONDS - 10) * 1000)]))
  // Before an act nothing is taken on trust: the configuration itself is read.
  if (known.last && !isBeforeAct(run.task.reason) && isUnchanged(port, revision, known.revision, known.last, now)) return confirm(run, port, revision, known.last)
  await beginFetching(run, FETCH_LEASE_SECONDS)
  const fetched = await fetchConfiguration(port, revision, known.last, signal)
  await advance(run, 'fetched', STORE_LEASE_SECONDS)
  await store(run, known, fetched)
}

/** Whether it was begun and never ended so often, or for so long, that it is not begun again. */
function isHopeless({ task }: Run, now: Date): boolean {
  const began = task.startedAt ?? task.createdAt
  return task.attempts > ATTEMPTS_MAX || (task.attempts > 1 && now.getTime() - began.getTime() >= ATTEMPTS_HOURS_MAX * 3_600_000)
}

async function endHopeless(run: Run): Promise<void> {
  const tries = run.task.attempts - 1
  const message = `Taking the backup was begun ${tries === 1 ? 'once' : `${tries} times`} and each time its process ended before it was done, so it is not begun again. Look whether the machine of Palisade has memory enough, then take one by hand; the next daily one is tried all the same.`
  log().error({ firewall: run.row.id, task: run.task.id, tries }, 'a backup is given up: its process ended each time')
  await finish(run, async (tx) => {
    await tx.firewall.update({ where: { id: run.row.id }, data: { backupError: message } })
    return { event: 'failed', message, errorCode: 'internal', details: { code: 'internal', tries }, backupId: null }
  })
}

/**
 * Takes a backup as far as it goes: probe, fetch, store, each noted in the row before it begins. A step that is not due does
 * nothing. Never throws for a firewall's fault.
 */
export async function stepBackup(taskId: string, workerId: string, now: Date): Promise<void> {
  const task = await claimBackupTask(taskId, PROBE_LEASE_SECONDS)
  const row = task && (await findConnection(task.firewallId, 'all'))
  if (!task || !row) return
  const run: Run = { task, row, workerId }
  try {
    if (isHopeless(run, now)) return await endHopeless(run)
    await advance(run, 'began', PROBE_LEASE_SECONDS)
    await take(run, now).catch((error: unknown) => {
      if (error instanceof TaskLost) throw error
      return giveUp(run, error)
    })
  } catch (error) {
    // The lease ran out or the firewall was removed: whoever has it now decides.
    if (!(error instanceof TaskLost)) throw error
    log().warn({ task: taskId }, 'a backup was carried on by another worker')
  }
}
