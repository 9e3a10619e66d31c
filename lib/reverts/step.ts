import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { actorOfJob } from '@/lib/auth/actor-of-job'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { findConnection } from '@/lib/db/sql'
import { needsPerson, noteFailedCall, problemOf } from '@/lib/firewalls/note-failure'
import { advance, claimStep, isOver, STEP_LEASE_SECONDS, type Step } from './advance'
import { awaitBackup, beginRevert } from './before'
import { awaitRestart, readBack, sendRestart } from './restart'
import { revertStateOf, type RevertState } from './states'
import { checkAndStore, lookAfterStore } from './store'

const OVERDUE_SECONDS = 5
const RETRY_SECONDS = 10
const WORKER = { kind: 'worker', id: null, name: 'worker' } as const

/** Open ones whose time came and whose wake-up got lost, for instance with a killed process. */
export async function overdueReverts(now: Date): Promise<string[]> {
  const rows = await db().configRevert.findMany({ where: { finishedAt: null, nextStepAt: { lt: new Date(now.getTime() - OVERDUE_SECONDS * 1000) } }, select: { id: true }, take: 100 })
  return rows.map(({ id }) => id)
}

const ACTS: Partial<Record<RevertState, (step: Step, signal: AbortSignal) => Promise<void>>> = {
  asked: beginRevert,
  'backing-up': awaitBackup,
  checking: checkAndStore,
  storing: lookAfterStore,
  'restart-asked': sendRestart,
  restarting: awaitRestart,
  'reading-back': readBack,
}
/** In these a call may have changed something: they look at what is there, whoever asked and whatever they may do now. */
const LOOKS: readonly RevertState[] = ['storing', 'stored', 'restarting', 'reading-back']
/** A failure in these says that nothing was changed. */
const BEFORE: readonly RevertState[] = ['asked', 'backing-up', 'checking', 'restart-asked']

/** The rights of who asked, at this moment; null when they may not do it any more. */
async function whoActs(step: Pick<Step, 'revert' | 'row'>, state: RevertState, workerId: string): Promise<Actor | null> {
  if (LOOKS.includes(state)) return actorOfJob(WORKER, workerId)
  const actor = await actorOfJob(state === 'restart-asked' ? step.revert.restartActor : step.revert.actor, workerId)
  try {
    if (actor) authorise(actor, 'firewall:manage', { customerId: step.row.customerId })
    return actor
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

const TIME_OVER: Partial<Record<RevertState, string>> = {
  asked: 'No worker took it in time. Nothing was changed on the firewall. Try again.',
  'restart-asked': 'No worker sent the restart in time. Ask again.',
  'backing-up': 'The backup was not ready in time. Nothing was changed on the firewall. Try again.',
  checking: 'The firewall did not give its configuration in time. Nothing was changed on it. Try again.',
}

async function act(step: Step, state: RevertState): Promise<void> {
  if (isOver(step)) return void (await advance(step, 'timedOut', { message: TIME_OVER[state] ?? null }))
  const run = ACTS[state]
  if (!run) return
  try {
    await run(step, AbortSignal.timeout((STEP_LEASE_SECONDS - 10) * 1000))
  } catch (error) {
    await noteFailedCall(step.row, step.actor, error)
    const stops = BEFORE.includes(state) && error instanceof AppError && (error.code === 'conflict' || needsPerson(error.code) || state !== 'checking')
    const message = problemOf(error, step.now).message
    if (stops) return void (await advance(step, 'refused', { message }))
    if (!(error instanceof AppError)) throw error
    // A firewall that is away is waited for until the time of the state is over.
    await advance(step, 'waits', { seconds: RETRY_SECONDS, message: LOOKS.includes(state) && state !== 'restarting' ? message : null })
  }
}

/** One step of going back; one that is not due does nothing. Never throws for a firewall's fault. */
export async function stepRevert(revertId: string, workerId: string, now: Date): Promise<void> {
  const revert = await claimStep(revertId)
  const state = revert && revertStateOf(revert.state)
  if (!revert || !state) return
  const row = await findConnection(revert.firewallId, 'all')
  const worker = await actorOfJob(WORKER, workerId)
  if (!row || !worker) return
  const actor = await whoActs({ revert, row }, state, workerId)
  if (actor) return act({ revert, row, actor, now }, state)
  await advance({ revert, row, actor: worker, now }, 'refused', { message: 'Who asked for it may not do so any more.' })
}
