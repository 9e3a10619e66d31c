import 'server-only'
import { randomUUID } from 'node:crypto'
import { withAuditedIntent } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { toJson } from '@/lib/db/json'
import { countInWindow } from '@/lib/db/sql'
import { noticeFacts } from '@/lib/notices/kinds'
import { textOf } from '@/lib/notices/text'
import { findChannel, type ChannelWithCustomer } from './list'
import type { Outcome } from './outcome'
import { sendMessage } from './send'

const TRIES_A_MINUTE = 6
const MINUTE_MS = 60_000

async function countTry(id: string, now: Date): Promise<void> {
  const count = await countInWindow(`channel test ${id}`, new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS))
  if (count > TRIES_A_MINUTE) throw new AppError('too-many-requests', 'This channel was tried often within a minute.', { nextStep: 'Try again in a minute.', retryAfterSeconds: 60 })
}

/** It goes past what waits, and into the log when its end is known. */
async function send(actor: Actor, row: ChannelWithCustomer, now: Date, signal: AbortSignal): Promise<Outcome> {
  await countTry(row.id, now)
  const facts = noticeFacts.parse({ title: 'Channel tried', sentence: `${actor.name} tries the channel ${row.name}. Notices arrive like this one.`, customerName: row.customer?.name ?? null, by: actor.name })
  const notice = { kind: 'test', at: now, severity: 'notice', customerId: row.customerId, firewallId: null, alertId: null } as const
  const batchId = randomUUID()
  const outcome = await sendMessage(row, { id: batchId, at: now, texts: [textOf({ ...notice, id: 'test', facts })] }, signal)
  const isDelivered = outcome.result === 'delivered'
  const delivery = { channelId: row.id, state: isDelivered ? 'delivered' : 'given-up', attempts: 1, batchId, createdAt: now, nextStepAt: now, triedAt: now, deliveredAt: isDelivered ? now : null, answer: outcome.answer }
  await db().notice.create({ data: { ...notice, facts: toJson(facts), handedAt: now, deliveries: { create: delivery } } })
  if (isDelivered) await db().channel.updateMany({ where: { id: row.id }, data: { lastDeliveryAt: now } })
  return outcome
}

/** Sends a test now and tells what the other side said. At most 6 a minute. Throws too-many-requests. */
export async function tryChannel(actor: Actor, { id }: { id: string }, signal: AbortSignal): Promise<{ delivered: boolean; answer: string }> {
  const row = await findChannel(authoriseScope(actor, 'channel:manage'), id)
  const now = new Date()
  const event = { action: 'channel.test', target: { kind: 'channel', id, name: row.name }, customer: row.customer } as const
  const outcome = await withAuditedIntent(actor, event, () => send(actor, row, now, signal), { details: ({ result, answer }) => ({ result, answer }) })
  return { delivered: outcome.result === 'delivered', answer: outcome.answer }
}
