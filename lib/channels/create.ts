import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import { toJson } from '@/lib/db/json'
import { LOCKS } from '@/lib/db/locks'
import { CHANNELS_OF_ONE_MAX, type CreateChannel, type SavedChannelDto } from './input'
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

/** So many of one customer, and of the installation: each is a way out, and a worker's turn. One at a time, so that two do not both take the last place. */
async function requireRoom(tx: Tx, customerId: string | null): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.channels})`
  if ((await tx.channel.count({ where: { customerId } })) < CHANNELS_OF_ONE_MAX) return
  throw new AppError('conflict', `${customerId === null ? 'The installation' : 'This customer'} has ${CHANNELS_OF_ONE_MAX} channels, which is the most.`, { nextStep: 'Remove one that nobody needs any more, or change one.' })
}

/** Makes a channel, of which a customer and the installation have at most 20 each; the key that signs a webhook is in this answer alone, and missing when the Idempotency-Key made it before. */
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
      await requireRoom(tx, customerId)
      const row = { name, settings: toJson({ target, timeZone, privateAllowed }), severities, customerIds, digest, forInvitations, enabled }
      await tx.channel.create({ data: { ...row, id, kind: target.kind, customerId, settingsSealed: await sealChannel(secrets, id, target), createdAt: now, changedAt: now } })
      await record(tx, actor, { action: 'channel.create', target: { kind: 'channel', id, name }, customer, after: told(row) })
      return { id, signingSecret }
    },
    (id) => Promise.resolve({ id, signingSecret: null }),
  )
  return { channel: await readChannel(actor, { id: made.id }), signingSecret: made.signingSecret }
}
