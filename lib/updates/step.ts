import 'server-only'
import { AppError, type ErrorCode } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { findConnection } from '@/lib/db/sql'
import { holdVisits, isOriginBusy, type ClaimedUpdate } from '@/lib/db/updates-sql'
import { noteStop } from '@/lib/firewalls/note-failure'
import { workerActor } from '@/lib/auth/actor'
import type { Admit } from './admission'
import { abilityOf, inMinutes, inSeconds, move, stepOf, type Work } from './context'
import { afterStart, installing, rebooting } from './follow'
import { moveUpdate } from './machine'
import { remembering } from './memory'
import { preflight } from './preflight'
import { backUp } from './start'
import { ACTIVE_UPDATE_STATES, isActive, UPDATE_RULES, updateReasonOf, updateStateOf, type UpdateReason, type UpdateState } from './states'
import { reattach, soak, verify } from './verify'

const RETRY_SECONDS = 20
const BUSY_SECONDS = 30
/** Longer than the longest pause between two looks at a firewall under way. */
const VISITS_AWAY_SECONDS = 120

/** Takes its turn: window, ring, concurrency, pair and stop are asked in the transaction that begins. */
async function begin(work: Work): Promise<void> {
  const { job, now, admit } = work
  // Its ring is not open yet; who opens it says when it starts.
  if (job.startsAt === null || job.startsAt > now) return void (await move(work, 'waits', { at: job.startsAt ?? inMinutes(now, 10), message: job.message }))
  const step = stepOf(work)
  const moved = await db().$transaction(async (tx) => {
    const admission = await admit(tx, job, 'begin', now)
    if (!admission.go) return moveUpdate(tx, step, admission.event, { reason: admission.reason, message: admission.message, ...(admission.event === 'waits' && { at: admission.until }) })
    if (await isOriginBusy(tx, job.firewallId, ACTIVE_UPDATE_STATES)) return moveUpdate(tx, step, 'waits', { at: inSeconds(now, BUSY_SECONDS), message: 'Another job is at work at the same address.' })
    return moveUpdate(tx, step, 'began', { data: { activePair: admission.activePair, ...remembering(job, { checked: undefined, checkBegunAt: undefined, backupTaskId: undefined }) } })
  })
  if (moved) work.job = moved
}

const waits = (minutes: number) => async (work: Work): Promise<void> => void (await move(work, 'waits', { at: inMinutes(work.now, minutes), message: work.job.message }))
/** What each state does when its time comes; the final ones nothing. */
const ACTS: Partial<Record<UpdateState, (work: Work) => Promise<void>>> = {
  scheduled: begin,
  preflight,
  'backing-up': backUp,
  starting: afterStart,
  installing,
  rebooting,
  verifying: verify,
  soaking: soak,
  'package-missing': reattach,
  held: waits(60),
  blocked: waits(60),
  unknown: waits(60),
}

/** A firewall may be away as long as its family says, as often as it restarts in one update, and some minutes more. */
function minutesMax({ job, ability }: Work, state: UpdateState): number | null {
  const { minutesMax: minutes } = UPDATE_RULES[state]
  const away = ability.minutesAway.most * ability.restartsMax
  if (state === 'soaking' && job.soakUntil) return (job.soakUntil.getTime() - job.stateSince.getTime()) / 60_000 + 24 * 60
  return minutes !== null && (state === 'rebooting' || state === 'starting' || state === 'installing') ? Math.max(minutes, away + 5) : minutes
}

const TIME_OVER: Partial<Record<UpdateState, { reason: UpdateReason; message?: string }>> = {
  scheduled: { reason: 'plan-over', message: 'Its turn did not come within half a year.' },
  'backing-up': { reason: 'backup', message: 'The backup was not ready in time. Nothing was changed on the firewall.' },
  starting: { reason: 'not-knowable', message: 'The firewall does not tell whether the update began.' },
  installing: { reason: 'too-long', message: 'The installation did not end in time. Look at the firewall.' },
  rebooting: { reason: 'away-too-long', message: 'It did not come back within the longest time that its family needs. Look at the firewall.' },
  verifying: { reason: 'too-long', message: 'It could not be verified in time.' },
  held: { reason: 'no-decision', message: 'Nobody decided within a week. Nothing was changed on the firewall.' },
  blocked: { reason: 'no-decision', message: 'Nobody mended it within a week. Nothing was changed on the firewall.' },
  'package-missing': { reason: 'package-missing', message: 'The API package was not reinstalled within 72 hours.' },
  unknown: { reason: 'no-decision', message: 'Nobody said within 72 hours what became of it.' },
}

const REASON_OF: Partial<Record<ErrorCode, UpdateReason>> = {
  'firewall-privilege-missing': 'privileges',
  'firewall-credential-rejected': 'credential',
  'firewall-calls-stopped': 'credential',
  'firewall-certificate-changed': 'certificate-changed',
  'firewall-certificate-unknown': 'certificate-changed',
  'firewall-command-permission-needed': 'command-permission',
  'firewall-api-package-missing': 'package-missing',
  forbidden: 'approver-gone',
  'not-found': 'approver-gone',
}

/** Before the start a firewall that is away is tried until the time of the state is over; what a person has to mend ends it. */
async function onError(work: Work, state: UpdateState, error: unknown): Promise<void> {
  if (work.signal.aborted) return
  if (!(error instanceof AppError)) throw error
  await noteStop(work.row, workerActor(work.workerId), error)
  const reason = REASON_OF[error.code]
  if (reason && (state === 'preflight' || state === 'backing-up')) return void (await move(work, reason === 'approver-gone' ? 'held' : 'blocked', { reason, message: error.message }))
  await move(work, 'waits', { at: inSeconds(work.now, RETRY_SECONDS), message: error.message, ...((state === 'preflight' || state === 'backing-up') && { reason: 'unreachable' as const }) })
}

/** The firewall goes on while no worker runs: it is looked at once more before its time counts as over. */
const LOOKED_AT_LAST: ReadonlySet<UpdateState> = new Set<UpdateState>(['starting', 'installing', 'rebooting', 'verifying', 'package-missing'])

async function act(work: Work, state: UpdateState): Promise<void> {
  const minutes = minutesMax(work, state)
  const over = minutes !== null && work.now >= inMinutes(work.job.stateSince, minutes)
  if (!over || LOOKED_AT_LAST.has(state)) {
    try {
      await ACTS[state]?.(work)
    } catch (error) {
      await onError(work, state, error)
    }
  }
  const isStill = work.job.state === state && work.job.finishedAt === null
  if (over && isStill && !work.signal.aborted) await move(work, 'timedOut', { reason: updateReasonOf(work.job.reason), message: work.job.message, ...TIME_OVER[state] })
}

export type StepOptions = { workerId: string; clock: () => Date; admit: Admit; /** Ends with the lease. */ signal: AbortSignal }

/**
 * One step of a claimed job: what its state does now. Never throws for a firewall's fault; a step whose lease is lost changes
 * nothing. `clock` decides all that depends on time.
 */
export async function stepUpdate({ id, leaseTerm }: ClaimedUpdate, { workerId, clock, admit, signal }: StepOptions): Promise<void> {
  const job = await db().updateJob.findFirst({ where: { id, leaseTerm, finishedAt: null } })
  const state = job && updateStateOf(job.state)
  const row = job && (await findConnection(job.firewallId, 'all'))
  if (!job || !state || !row) return
  const work: Work = { job, row, ability: abilityOf(row), workerId, admit, now: clock(), clock, signal }
  if (isActive(state)) await holdVisits(row.id, VISITS_AWAY_SECONDS)
  await act(work, state)
  const after = updateStateOf(work.job.state)
  if (isActive(state) && after !== null && !isActive(after)) await holdVisits(row.id, 0)
}
