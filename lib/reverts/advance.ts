import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { hideSecrets } from '@/lib/core/log-text'
import { db, type Tx } from '@/lib/db/client'
import type { ConfigRevert, Prisma } from '@/lib/db/generated/client'
import type { ConnectionRow } from '@/lib/db/sql'
import { send } from '@/lib/jobs/boss'
import { tell } from '@/lib/notices/tell'
import { isFinalRevert, nextRevertState, revertStateOf, REVERT_MINUTES_MAX, REVERT_WORDS, type RevertEvent, type RevertState } from './states'

/** Longer than the longest step: two downloads of a configuration, or one call that changes something. */
export const STEP_LEASE_SECONDS = 200

/** What a step knows: the row as it was claimed, the firewall, and who acts. */
export type Step = { revert: ConfigRevert; row: ConnectionRow; actor: Actor; now: Date }
/** `seconds` until the next look; the lease where a call of this very step follows. */
export type Move = { message?: string | null; seconds?: number; data?: Prisma.ConfigRevertUpdateManyMutationInput }

const STEP_SECONDS = 3
const FAILED: readonly RevertState[] = ['stopped', 'failed', 'unknown']

/** Claims the due step: its time moves on, so that a doubled wake-up or another worker does not take it as well. */
export async function claimStep(revertId: string): Promise<ConfigRevert | null> {
  const rows = await db().$queryRaw<ConfigRevert[]>`
    UPDATE "ConfigRevert" SET "nextStepAt" = now() + make_interval(secs => ${STEP_LEASE_SECONDS}::double precision)
    WHERE id = ${revertId}::uuid AND "finishedAt" IS NULL AND "nextStepAt" <= now() RETURNING *`
  return rows[0] ?? null
}

const target = ({ row }: Step) => ({ target: { kind: 'firewall', id: row.id, name: row.name }, customer: { id: row.customerId, name: row.customerName } }) as const

/**
 * Which intent this ends, and how. Going back ends when it is stored, because from then on the configuration is changed; the
 * restart ends when the read-back tells. Waiting for a person ends nothing.
 */
async function recordOutcome(tx: Tx, step: Step, from: RevertState, to: RevertState, message: string | null): Promise<void> {
  const { revert, actor } = step
  const details = { revertId: revert.id, revision: revert.revision, state: to, ...(message !== null && { message }) }
  const result = to === 'stored' || to === 'done' ? 'done' : 'failed'
  if (revert.restartEntry !== null && (from === 'restarting' || from === 'reading-back' || from === 'restart-asked')) {
    const outcome = to === 'done' ? 'done' : isFinalRevert(to) || to === 'stored' ? 'failed' : null
    if (outcome) await record(tx, actor, { action: 'firewall.restart', ...target(step), details }, outcome, revert.restartEntry)
    return
  }
  if (to === 'stored' || FAILED.includes(to)) await record(tx, actor, { action: 'firewall.revert', ...target(step), details }, result, revert.intentEntry)
}

const TOLD: Partial<Record<RevertState, 'notice' | 'warning' | 'critical'>> = { done: 'notice', failed: 'critical', unknown: 'critical' }

async function tellEnd(tx: Tx, { revert, row, now }: Step, to: RevertState, message: string | null): Promise<void> {
  const severity = TOLD[to]
  if (severity === undefined) return
  const { word, sentence } = REVERT_WORDS[to]
  await tell(tx, { kind: 'revert-ended', at: now, severity, customerId: row.customerId, firewallId: row.id, facts: { title: word, sentence: message ?? sentence, firewallName: row.name, customerName: row.customerName, since: revert.createdAt.toISOString(), until: now.toISOString() } })
}

/**
 * Compare-and-set; the outcome in the audit log and what channels are told commit with the state. Returns whether this was
 * the one that moved it: a call to the firewall may follow only then.
 */
export async function advance(step: Step, event: RevertEvent, { message: said, seconds = STEP_SECONDS, data = {} }: Move = {}): Promise<boolean> {
  const { revert, now } = step
  const from = revertStateOf(revert.state)
  const to = from && nextRevertState(from, event)
  if (from === null || to === null) return false
  const final = isFinalRevert(to)
  // Words of the firewall may be in it, as of an error that it answered with.
  const message = said ? hideSecrets(said) : null
  // What waits for a person is looked at again only when its time is over; one that is asked for wakes a worker itself.
  const wait = to === 'stored' ? REVERT_MINUTES_MAX.stored * 60 : seconds
  const moved = await db().$transaction(async (tx) => {
    const { count } = await tx.configRevert.updateMany({
      where: { id: revert.id, state: from, finishedAt: null },
      data: { ...data, state: to, message, ...(to !== from && { stateAt: now }), finishedAt: final ? now : null, nextStepAt: new Date(now.getTime() + wait * 1000) },
    })
    if (count === 0) return false
    await tellEnd(tx, step, to, message)
    if (to !== from) await recordOutcome(tx, step, from, to, message)
    return true
  })
  if (moved && !final && to !== 'stored') await send('revert-step', { revertId: revert.id }, seconds)
  return moved
}

/** Whether a state that waits is over by itself. */
export function isOver({ revert, now }: Step): boolean {
  const state = revertStateOf(revert.state)
  const limits: Partial<Record<RevertState, number>> = REVERT_MINUTES_MAX
  const minutes = state === null ? undefined : limits[state]
  return minutes !== undefined && now.getTime() - revert.stateAt.getTime() >= minutes * 60_000
}
