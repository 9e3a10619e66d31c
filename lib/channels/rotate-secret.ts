import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { SavedChannelDto } from './input'
import { findChannel, readChannel } from './list'
import { storedSettings } from './stored'
import { newSigningSecret } from './target'
import { openChannel, sealChannel } from './vault'

/** The key before signs beside the new one for this long, so that a receiver can change over. */
const OVERLAP_MS = 86_400_000

/** Makes a new key that signs a webhook; it is in this answer alone. */
export async function rotateChannelSecret(actor: Actor, { id }: { id: string }, expectedRevision: number): Promise<SavedChannelDto> {
  const row = await findChannel(authoriseScope(actor, 'channel:manage'), id)
  const { target } = storedSettings.parse(row.settings)
  if (target.kind !== 'webhook') throw new AppError('conflict', 'Only webhooks are signed.', { nextStep: 'Enter a new secret in the settings of the channel.' })
  const { signing } = await openChannel(row.settingsSealed, id, target)
  const [now, next] = [new Date(), newSigningSecret()]
  const settingsSealed = await sealChannel({ signing: next, ...(signing !== undefined && { previous: { signing, until: new Date(now.getTime() + OVERLAP_MS).toISOString() } }) }, id, target)
  await db().$transaction(async (tx) => {
    const { count } = await tx.channel.updateMany({ where: { id, revision: expectedRevision }, data: { settingsSealed, changedAt: now, revision: { increment: 1 } } })
    if (count === 0) throw new AppError('stale', 'Someone changed this channel since you looked at it.', { nextStep: 'Look again, then make a new key.' })
    await record(tx, actor, { action: 'channel.secret', target: { kind: 'channel', id, name: row.name }, customer: row.customer })
  })
  return { channel: await readChannel(actor, { id }), signingSecret: next }
}
