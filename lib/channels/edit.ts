import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import { toJson } from '@/lib/db/json'
import { dueAtOf } from './hand-over'
import type { EditChannel, SavedChannelDto } from './input'
import { findChannel, readChannel, told, type ChannelWithCustomer } from './list'
import { managesAll, requireAllowed } from './may'
import { storedSettings } from './stored'
import { requireSafeWay, settleTarget } from './target'
import { openChannel, sealChannel } from './vault'

const stale = () => new AppError('stale', 'Someone changed this channel since you looked at it.', { nextStep: 'Look again, then save.' })

/** Secrets that do not open any more are entered again. */
const openOrNone = (row: ChannelWithCustomer) => openChannel(row.settingsSealed, row.id, storedSettings.parse(row.settings).target).catch(() => ({}))

async function settled(row: ChannelWithCustomer, edit: EditChannel) {
  const before = storedSettings.parse(row.settings)
  if (!edit.target) return { ...before, settingsSealed: row.settingsSealed, isElsewhere: false, isOtherAddress: false, signingSecret: null }
  const { target, secrets, ...more } = settleTarget(edit.target, { target: before.target, secrets: await openOrNone(row) })
  return { ...before, target, settingsSealed: await sealChannel(secrets, row.id, target), ...more }
}

async function dropWaiting(tx: Tx, channelId: string): Promise<number> {
  const { count } = await tx.delivery.updateMany({ where: { channelId, state: { in: ['waiting', 'sending'] } }, data: { state: 'dropped', answer: 'The channel was switched off.' } })
  return count
}

/** What waits and was not tried yet, all of it to one moment: later notices do not overtake it. */
async function timeAnew(tx: Tx, channelId: string, nextStepAt: Date): Promise<void> {
  await tx.delivery.updateMany({ where: { channelId, state: 'waiting', batchId: null }, data: { nextStepAt } })
}

/**
 * Changes a channel. Another place takes no secret along, and a private address is allowed for exactly the one that was told.
 * What waits goes out when the new settings say, and at once if it was tried before; when the channel is switched off it is dropped.
 */
export async function editChannel(actor: Actor, edit: EditChannel, expectedRevision: number): Promise<SavedChannelDto> {
  const row = await findChannel(authoriseScope(actor, 'channel:manage'), edit.id)
  if (row.forInvitations) authorise(actor, 'installation:manage', { customerId: null })
  const { target, settingsSealed, isElsewhere, isOtherAddress, signingSecret, privateAllowed: wasPrivate, timeZone } = await settled(row, edit)
  const isPrivateAnew = !wasPrivate || isOtherAddress
  const privateAllowed = edit.privateAllowed ?? (wasPrivate && (!isOtherAddress || managesAll(actor)))
  const { name = row.name, severities = row.severities, customerIds = row.customerIds, digest = row.digest, forInvitations = row.forInvitations, enabled = row.enabled } = edit
  await requireAllowed(actor, { customerId: row.customerId, kind: row.kind, forInvitations, privateAllowed, customerIds }, { invitations: !row.forInvitations || edit.target !== undefined, private: isPrivateAnew })
  requireSafeWay(target, privateAllowed)
  const after = { name, severities, customerIds, digest, forInvitations, enabled, settings: toJson({ target, timeZone: edit.timeZone ?? timeZone, privateAllowed }) }
  const now = new Date()
  await db().$transaction(async (tx) => {
    const { count } = await tx.channel.updateMany({ where: { id: row.id, revision: expectedRevision }, data: { ...after, settingsSealed, heldUntil: null, failures: 0, lastError: null, changedAt: now, revision: { increment: 1 } } })
    if (count === 0) throw stale()
    if (digest !== row.digest || (edit.timeZone ?? timeZone) !== timeZone) await timeAnew(tx, row.id, dueAtOf(after, now))
    const dropped = enabled && row.enabled ? 0 : await dropWaiting(tx, row.id)
    await record(tx, actor, { action: 'channel.edit', target: { kind: 'channel', id: row.id, name }, customer: row.customer, details: { ...(dropped > 0 && { dropped }), placeChanged: isElsewhere, secretChanged: settingsSealed !== row.settingsSealed }, before: told(row), after: told(after) })
  })
  return { channel: await readChannel(actor, { id: row.id }), signingSecret }
}

/** Removes a channel with its log; what waits is not sent any more. */
export async function removeChannel(actor: Actor, { id }: { id: string }, expectedRevision: number): Promise<{ removed: true }> {
  const row = await findChannel(authoriseScope(actor, 'channel:manage'), id)
  if (row.forInvitations) authorise(actor, 'installation:manage', { customerId: null })
  await db().$transaction(async (tx) => {
    const { count } = await tx.channel.deleteMany({ where: { id, revision: expectedRevision } })
    if (count === 0) throw stale()
    await record(tx, actor, { action: 'channel.remove', target: { kind: 'channel', id, name: row.name }, customer: row.customer, before: told(row) })
  })
  return { removed: true }
}
