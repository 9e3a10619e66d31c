import 'server-only'
import { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, notFound } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import { noticeText } from './deliver'
import type { DeliveryDto, listDeliveriesInput, retryDeliveriesInput } from './input'
import { findChannel } from './list'
import { DELIVERY_STATE_NAMES } from './states'

const position = z.strictObject({ place: z.string().regex(/^\d{1,19}$/) })

function toDelivery({ notice: stored, ...row }: Prisma.DeliveryGetPayload<{ include: { notice: true } }>): DeliveryDto {
  const { headline, notice } = noticeText(stored)
  return {
    id: row.id,
    state: DELIVERY_STATE_NAMES.find((state) => state === row.state) ?? 'waiting',
    headline,
    severity: notice.severity,
    attempts: row.attempts,
    createdAt: row.createdAt.toISOString(),
    triedAt: row.triedAt?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    nextStepAt: row.nextStepAt.toISOString(),
    answer: row.answer,
    alertId: notice.alertId,
    firewallId: notice.firewallId,
  }
}

/** What went over a channel and what became of it, the newest first. Kept for 90 days. */
export async function listDeliveries(actor: Actor, { id, state, limit, cursor }: z.output<typeof listDeliveriesInput>): Promise<List<DeliveryDto>> {
  await findChannel(authoriseScope(actor, 'channel:manage'), id)
  const after = fromCursor(cursor, position)
  const where: Prisma.DeliveryWhereInput = { channelId: id, ...(state && { state }) }
  const [rows, total] = await Promise.all([
    db().delivery.findMany({ where: after ? { AND: [where, { place: { lt: BigInt(after.place) } }] } : where, include: { notice: true }, orderBy: { place: 'desc' }, take: limit + 1 }),
    db().delivery.count({ where, take: TOTAL_EXACT_MAX + 1 }),
  ])
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items: items.map(toDelivery), nextCursor: last ? toCursor({ place: String(last.place) }) : null, ...totalOf(total) }
}

/** One that was given up, with those that went in the same message, or all of a channel: they wait again, in their old places, under their old ids. Throws conflict while the channel is off. */
export async function retryDeliveries(actor: Actor, { id, deliveryId }: z.output<typeof retryDeliveriesInput>): Promise<{ waiting: number }> {
  const channel = await findChannel(authoriseScope(actor, 'channel:manage'), id)
  if (!channel.enabled) throw new AppError('conflict', 'This channel is switched off.', { nextStep: 'Switch it on, then send again.' })
  const one = deliveryId === undefined ? null : await db().delivery.findFirst({ where: { id: deliveryId, channelId: id }, select: { id: true, batchId: true } })
  if (deliveryId !== undefined && !one) throw notFound('delivery')
  const now = new Date()
  return db().$transaction(async (tx) => {
    const { count } = await tx.delivery.updateMany({
      where: { channelId: id, state: 'given-up', notice: { kind: { not: 'test' } }, ...(one && { OR: [{ id: one.id }, ...(one.batchId === null ? [] : [{ batchId: one.batchId }])] }) },
      data: { state: 'waiting', createdAt: now, nextStepAt: now },
    })
    await tx.channel.updateMany({ where: { id }, data: { heldUntil: null, failures: 0 } })
    await record(tx, actor, { action: 'channel.retry', target: { kind: 'channel', id, name: channel.name }, customer: channel.customer, details: { waiting: count } })
    return { waiting: count }
  })
}
