import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { BulkDto } from './input'
import { findOwnBulk, readBulk } from './read'

/** Ends an act of one's own: what runs is finished, what waits is skipped. An act that is over stays as it is. */
export async function cancelBulk(actor: Actor, { id }: { id: string }): Promise<BulkDto> {
  authoriseScope(actor, 'firewall:read')
  const row = await findOwnBulk(actor, id)
  const now = new Date()
  await db().$transaction(async (tx) => {
    const { count } = await tx.bulkAct.updateMany({ where: { id, finishedAt: null, cancelledAt: null }, data: { cancelledAt: now } })
    if (count === 0) return
    const skipped = await tx.bulkItem.updateMany({ where: { bulkId: id, state: 'pending' }, data: { state: 'skipped', message: 'Cancelled before its turn.', changedAt: now } })
    await record(tx, actor, { action: 'bulk.cancel', target: { kind: 'bulk', id, name: row.act }, details: { skipped: skipped.count } })
  })
  return readBulk(actor, { id })
}
