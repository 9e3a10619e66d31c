import 'server-only'
import { recordNow } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { notFound } from '@/lib/auth/authorise'
import { ownSession } from '@/lib/auth/own-session'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { findCallable, requireCallable } from '@/lib/firewalls/connect'
import { send } from '@/lib/jobs/boss'
import type { RevertDto } from './dto'
import type { RestartInput } from './input'
import { toRevert } from './list'
import { requireNoUpdate } from './update-at-work'

/**
 * Asks for the restart that makes a stored entry run. Nobody else decides that: traffic through the firewall stops meanwhile.
 * Throws conflict unless it is stored and waits, and while an update is under way on the firewall or on its peer.
 */
export async function askRestart(actor: Actor, { id, revertId }: RestartInput): Promise<RevertDto> {
  const person = ownSession(actor)
  const row = await findCallable(actor, id, 'firewall:manage')
  requireStepUp(person, 'firewall.restart')
  requireCallable(row)
  await requireNoUpdate(row)
  const now = new Date()
  const asked = await db().$transaction(async (tx) => {
    const data = { state: 'restart-asked', stateAt: now, nextStepAt: now, message: null, restartActor: { kind: actor.kind, id: actor.id, name: actor.name } }
    const { count } = await tx.configRevert.updateMany({ where: { id: revertId, firewallId: id, state: 'stored', finishedAt: null }, data })
    if (count === 0) return null
    const event = { action: 'firewall.restart', target: { kind: 'firewall', id: row.id, name: row.name }, customer: { id: row.customerId, name: row.customerName }, details: { revertId } } as const
    const restartEntry = await recordNow(tx, actor, event, 'intent')
    return tx.configRevert.update({ where: { id: revertId }, data: { restartEntry } })
  })
  if (!asked) {
    if (!(await db().configRevert.findFirst({ where: { id: revertId, firewallId: id }, select: { id: true } }))) throw notFound('revert')
    throw new AppError('conflict', 'This does not wait for a restart any more.', { nextStep: 'Look at the page again: it shows how it stands now.' })
  }
  await send('revert-step', { revertId })
  return toRevert(asked, { id: row.id, name: row.name })
}
