import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { answerable, recordAct, stale } from './act'
import type { AlertDetail } from './dto'
import type { annotateInput } from './input'
import { readAlert } from './read'

/** Writes something beside an alert, for whoever looks at it next; also when it is over. Throws not-found, forbidden and stale. */
export async function annotateAlert(actor: Actor, { id, note }: z.output<typeof annotateInput>, expectedRevision: number): Promise<AlertDetail> {
  const alert = await answerable(actor, id, expectedRevision)
  const at = new Date()
  await db().$transaction(async (tx) => {
    const { count } = await tx.alert.updateMany({ where: { id, revision: expectedRevision }, data: { note, revision: { increment: 1 }, changedAt: at } })
    if (count === 0) throw stale()
    await tx.alertEvent.create({ data: { alertId: id, at, what: 'noted', by: actor.name, note } })
    await recordAct(tx, actor, 'alert.annotate', alert, { note })
  })
  return readAlert(actor, { id })
}
