import 'server-only'
import { recordNow } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { ownSession } from '@/lib/auth/own-session'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import type { ConnectionRow } from '@/lib/db/sql'
import { findCallable, requireCallable } from '@/lib/firewalls/connect'
import { send } from '@/lib/jobs/boss'
import type { RevertDto } from './dto'
import type { RevertInput } from './input'
import { toRevert } from './list'
import { requireWayBack } from './port'
import { requireNoUpdate } from './update-at-work'

const underWay = (): AppError => new AppError('conflict', 'Going back is already under way on this firewall.', { nextStep: 'Wait until it is over; the page shows how far it is.' })

/** What is stored and waits for its restart makes way: only one of them can come to run. */
async function leaveStored(tx: Tx, firewallId: string, now: Date): Promise<void> {
  await tx.configRevert.updateMany({ where: { firewallId, state: 'stored', finishedAt: null }, data: { state: 'left', stateAt: now, finishedAt: now, message: 'Another entry was asked for before the restart.' } })
}

async function insert(actor: Actor, row: ConnectionRow, { revision, sha256, runningSha256 }: RevertInput) {
  const now = new Date()
  return db().$transaction(async (tx) => {
    await leaveStored(tx, row.id, now)
    const data = { firewallId: row.id, revision, entry: { id: revision, at: null, by: null, description: null, bytes: null }, sha256, runningSha256, state: 'asked', stateAt: now, actor: { kind: actor.kind, id: actor.id, name: actor.name }, createdAt: now, nextStepAt: now }
    const made = await tx.configRevert.create({ data })
    const event = { action: 'firewall.revert', target: { kind: 'firewall', id: row.id, name: row.name }, customer: { id: row.customerId, name: row.customerName }, details: { revision, sha256, runningSha256 } } as const
    const intentEntry = await recordNow(tx, actor, event, 'intent')
    // The audit entry is the last statement but this one, which only notes its number within the same lock.
    return tx.configRevert.update({ where: { id: made.id }, data: { intentEntry } })
  })
}

/**
 * Asks to go back to an entry of the firewall's own history, as it was seen in a preview. The row and the intent in the audit
 * log commit together; a worker carries it out with the rights that the person has at that moment. Only a person may ask.
 * Throws conflict while another one is under way, or an update on the firewall or on its peer, and firewall-not-reported where the API has no way back.
 */
export async function startRevert(actor: Actor, input: RevertInput): Promise<RevertDto> {
  const person = ownSession(actor)
  const row = await findCallable(actor, input.id, 'firewall:manage')
  requireStepUp(person, 'firewall.revert')
  requireWayBack(row)
  requireCallable(row)
  if (input.confirmName !== row.name) throw new AppError('invalid-input', 'The name does not match.', { issues: [{ field: 'confirmName', message: `Type ${row.name} to go back.` }] })
  await requireNoUpdate(row)
  try {
    const made = await insert(actor, row, input)
    // If this process dies here, a worker finds the row overdue.
    await send('revert-step', { revertId: made.id })
    return toRevert(made, { id: row.id, name: row.name })
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw underWay()
    throw error
  }
}
