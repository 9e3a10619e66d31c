import 'server-only'
import { recordNow } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { AppError, firewallError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import type { CheckState } from '@/lib/firewalls/dto'
import { moduleOf } from '@/lib/firewalls/dto-of'
import { findCallable, requireCallable } from '@/lib/firewalls/connect'
import { send } from '@/lib/jobs/boss'
import { ACTIVE_UPDATE_STATES } from '@/lib/updates/states'
import { stateOfCheck } from './read'

/**
 * Asks for a check for updates. The row and the intent in the audit log commit together; a worker carries it out, with
 * the rights that the actor has at that moment. While one is open, the same one is answered.
 */
export async function startCheck(actor: Actor, { id }: { id: string }): Promise<CheckState> {
  const row = await findCallable(actor, id, 'firewall:ask')
  requireCallable(row)
  if (moduleOf(row).checkNeedsCommands && !row.commandsAllowed) throw firewallError('firewall-command-permission-needed')
  // Both use the one lock and the one log that a firewall has for such work.
  const updating = await db().updateJob.count({ where: { firewallId: row.id, finishedAt: null, state: { in: [...ACTIVE_UPDATE_STATES] } } })
  if (updating > 0) throw new AppError('conflict', 'The firewall is being updated.', { nextStep: 'Wait until its job has ended.' })
  const now = new Date()
  try {
    const checkId = await db().$transaction(async (tx) => {
      const check = await tx.firmwareCheck.create({ data: { firewallId: row.id, state: 'queued', actor: { kind: actor.kind, id: actor.id, name: actor.name }, createdAt: now, nextStepAt: now } })
      const intentEntry = await recordNow(tx, actor, { action: 'firewall.check', target: { kind: 'firewall', id: row.id, name: row.name }, customer: { id: row.customerId, name: row.customerName } }, 'intent')
      // The audit entry is the last statement but this one, which only notes its number within the same lock.
      await tx.firmwareCheck.update({ where: { id: check.id }, data: { intentEntry } })
      return check.id
    })
    // If this process dies here, a worker finds the row overdue.
    await send('check-step', { checkId })
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
  }
  return stateOfCheck(row.id)
}
