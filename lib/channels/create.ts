import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import { toJson } from '@/lib/db/json'
import type { CreateChannel, SavedChannelDto } from './input'
import { readChannel, told } from './list'
import { requireAllowed } from './may'
import { requireSafeWay, settleTarget, wrong } from './target'
import { sealChannel } from './vault'

const unknownCustomer = () => wrong('customerId', 'There is no such customer.')

async function customerOf(actor: Actor, customerId: string | null): Promise<{ id: string; name: string } | null> {
  const customer = customerId === null ? null : await db().customer.findUnique({ where: { id: customerId }, select: { id: true, name: true } })
  if (customerId !== null && !customer) throw unknownCustomer()
  try {
    authorise(actor, 'channel:manage', { customerId })
  } catch (error) {
    throw error instanceof AppError && error.code === 'not-found' ? unknownCustomer() : error
  }
  return customer
}

/** Makes a channel; the key that signs a webhook is in this answer alone, and missing when the Idempotency-Key made it before. */
export async function createChannel(actor: Actor, input: CreateChannel, create: CreateRequest): Promise<SavedChannelDto> {
  const { name, customerId, severities, customerIds, digest, timeZone, forInvitations, privateAllowed, enabled } = input
  authoriseScope(actor, 'channel:manage')
  const customer = await customerOf(actor, customerId)
  await requireAllowed(actor, { customerId, kind: input.target.kind, forInvitations, privateAllowed, customerIds }, { invitations: true, private: true })
  const { target, secrets, signingSecret } = settleTarget(input.target, null)
  requireSafeWay(target, privateAllowed)
  const now = new Date()
  const made = await createOnce(
    create,
    async (tx, id) => {
      const row = { name, settings: toJson({ target, timeZone, privateAllowed }), severities, customerIds, digest, forInvitations, enabled }
      await tx.channel.create({ data: { ...row, id, kind: target.kind, customerId, settingsSealed: await sealChannel(secrets, id, target), createdAt: now, changedAt: now } })
      await record(tx, actor, { action: 'channel.create', target: { kind: 'channel', id, name }, customer, after: told(row) })
      return { id, signingSecret }
    },
    (id) => Promise.resolve({ id, signingSecret: null }),
  )
  return { channel: await readChannel(actor, { id: made.id }), signingSecret: made.signingSecret }
}
