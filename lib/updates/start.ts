import 'server-only'
import type { FirewallAdapter } from '@/lib/adapters/adapter'
import type { StartAnswer } from '@/lib/adapters/firmware-port'
import { requestBackup } from '@/lib/backups/request'
import { findBackupTask } from '@/lib/backups/task'
import { AppError, type ErrorCode } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { storedOffer } from './approved'
import { adapterOf, approverOf, inSeconds, move, stepOf, type Work } from './context'
import { moveUpdate } from './machine'
import { memoryOf, remembering } from './memory'
import { lookAtPair } from './pair'
import { lookAtOffer, lookAtOurs, lookAtWindow, refuse } from './preflight'
import { look, type Looked } from './preflight-look'

const LOOK_SECONDS = 3
/** The firewall read the call and did not carry it out, or it was never sent. */
const NOT_DONE: readonly ErrorCode[] = ['firewall-privilege-missing', 'firewall-credential-rejected', 'firewall-read-only', 'firewall-not-reported', 'firewall-command-permission-needed', 'firewall-api-off', 'firewall-no-tries-left', 'firewall-calls-stopped', 'firewall-certificate-changed', 'firewall-certificate-unknown', 'firewall-address-forbidden']

/** Asks for the backup, then waits for it, then starts. Asking again, after a crash, is answered with the one that is open. */
export async function backUp(work: Work): Promise<void> {
  const { job, row, now } = work
  const memory = memoryOf(job)
  const approver = await approverOf(work)
  if (!approver) return void (await refuse(work, [look('approver', 'Approval holds', 'Palisade', null, { event: 'held', reason: 'approver-gone', message: 'Who approved the plan may not do so any more. Someone who may has to approve it anew.' })]))
  if (memory.withoutBackup) return begin(work)
  if (memory.backupTaskId === undefined) {
    const task = await requestBackup(approver, { id: row.id, reason: 'before-update' })
    return void (await move(work, 'waits', { at: inSeconds(now, LOOK_SECONDS), data: remembering(job, { backupTaskId: task.id }) }))
  }
  const task = await findBackupTask(memory.backupTaskId)
  if (task && task.finishedAt === null) return void (await move(work, 'waits', { at: inSeconds(now, LOOK_SECONDS) }))
  const isGood = task !== null && task.backupId !== null && (task.state === 'done' || task.state === 'unchanged')
  if (!isGood) return void (await move(work, 'blocked', { reason: 'backup', message: `Without a complete backup nothing is installed. ${task?.message ?? 'It could not be taken.'}`, data: remembering(job, { backupTaskId: undefined }) }))
  const format = (await db().backup.findUnique({ where: { id: task.backupId ?? '' }, select: { content: { select: { format: true } } } }))?.content.format
  if (format !== 'xml') return void (await move(work, 'blocked', { reason: 'backup', message: 'The backup is for comparison only and could not be given back, so nothing is installed. Switch the command permission on for a complete one.', data: { ...remembering(job, { backupTaskId: undefined }) } }))
  work.job = { ...job, backupId: task.backupId }
  await begin(work)
}

/**
 * The last looks, the intent, and the one call. A backup may have taken minutes, in which the peer may have died and this one
 * become the master, so what could have changed is looked at again. From the intent on no step ever makes the call
 * again; `lookAfterStart` reads what became of it.
 */
async function begin(work: Work): Promise<void> {
  const ours = [...(await lookAtOurs(work)), ...lookAtWindow(work)]
  if (await refuse(work, ours)) return
  const adapter = await adapterOf(work)
  const facts = await adapter.firmware.facts(work.signal)
  const busy: Looked[] = facts.updateRunning.known && facts.updateRunning.value ? [look('other-update', 'No other update running', facts.updateRunning.source, 'running', { event: 'waits', reason: 'other-update', message: 'Another firmware job is running on the firewall. Palisade waits for its end.', seconds: 30 })] : []
  if (await refuse(work, [...ours, ...busy, ...(await lookAtOffer(adapter, work)), ...(await lookAtPair(adapter, work))])) return
  // The looks may have lasted minutes: from here on it is now.
  work.now = work.clock()
  if (await refuse(work, lookAtWindow(work))) return
  if (!(await noteIntent(work))) return
  await call(work, adapter)
}

/** The intent in the audit log commits with the state; whether all others allow the start is asked in the same transaction. */
async function noteIntent(work: Work): Promise<boolean> {
  const { job, now, admit } = work
  const approver = await approverOf(work)
  if (!approver) return false
  const step = { ...stepOf(work), actor: approver }
  const moved = await db().$transaction(async (tx) => {
    const admission = await admit(tx, job, 'start', now)
    if (!admission.go) {
      await moveUpdate(tx, step, admission.event === 'waits' ? 'postponed' : admission.event, { reason: admission.reason, message: admission.message, ...(admission.event === 'waits' && { at: admission.until }), data: remembering(job, { checked: undefined, checkBegunAt: undefined, backupTaskId: undefined }) })
      return null
    }
    const rebootDue = job.kind === 'minor' ? (storedOffer(job.offer)?.rebootRequired ?? null) : true
    return moveUpdate(tx, step, 'starts', { at: inSeconds(now, LOOK_SECONDS), data: { intentAt: now, rebootDue, backupId: job.backupId, activePair: admission.activePair } })
  })
  if (moved) work.job = moved
  return moved !== null
}

const sent = (adapter: FirewallAdapter, { job, signal }: Work): Promise<StartAnswer> => (job.kind === 'reboot' ? adapter.firmware.reboot(signal) : adapter.firmware.start(job.kind === 'major' ? 'major' : 'minor', signal))

async function call(work: Work, adapter: FirewallAdapter): Promise<void> {
  // A worker that stood still past its lease may not send any more: another one looks already.
  if (work.signal.aborted) return
  try {
    const answer = await sent(adapter, work)
    if (answer.answer !== 'accepted') return void (await move(work, 'refused', { reason: 'refused', message: `Nothing was started. ${answer.reason}` }))
    await move(work, work.job.kind === 'reboot' ? 'restarts' : 'runs', { at: inSeconds(work.clock(), LOOK_SECONDS), data: { calledAt: work.now } })
  } catch (error) {
    if (work.signal.aborted) return
    if (error instanceof AppError && NOT_DONE.includes(error.code)) return void (await move(work, 'notStarted', { reason: 'not-started', message: `${error.message} Nothing was started on the firewall.` }))
    await move(work, 'waits', { at: inSeconds(work.clock(), LOOK_SECONDS), message: 'The answer of the firewall was lost. Palisade looks what became of it.' })
  }
}
