import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { closePool } from '@/lib/outbound/pools'
import { findManaged, staleChange } from './change'

/** Removes a firewall with its sealed credential and readings. Its audit entries stay. Nothing is sent to the firewall. */
export async function removeFirewall(actor: Actor, { id, confirmName }: { id: string; confirmName: string }, expectedRevision: number): Promise<{ removed: true }> {
  const row = await findManaged(actor, id)
  requireStepUp(actor, 'firewall.remove')
  if (confirmName !== row.name) throw new AppError('invalid-input', 'The name does not match.', { issues: [{ field: 'confirmName', message: `Type ${row.name} to remove it.` }] })
  await db().$transaction(async (tx) => {
    const { count } = await tx.firewall.deleteMany({ where: { id, revision: expectedRevision } })
    if (count === 0) throw staleChange()
    await record(tx, actor, { action: 'firewall.remove', target: { kind: 'firewall', id: row.id, name: row.name }, customer: row.customer, before: { family: row.family, origin: row.origin } })
  })
  closePool(row.id)
  return { removed: true }
}
