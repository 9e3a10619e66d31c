// Channels, notices and the passing of time for tests of deliveries.
import { claimDue, deliverOver } from '@/lib/channels/deliver'
import { handOverNotices } from '@/lib/channels/hand-over'
import type { ChannelSecrets } from '@/lib/channels/stored'
import type { StoredTarget } from '@/lib/channels/input'
import { sealChannel } from '@/lib/channels/vault'
import { db } from '@/lib/db/client'
import { tell, type Notice } from '@/lib/notices/tell'

type Wanted = { target: StoredTarget; secrets?: ChannelSecrets; digest?: string; customerId?: string | null; customerIds?: string[]; severities?: string[]; privateAllowed?: boolean; timeZone?: string; forInvitations?: boolean }

export async function aChannel({ target, secrets = {}, privateAllowed = true, timeZone = 'UTC', severities = ['critical', 'warning', 'notice'], ...rest }: Wanted): Promise<string> {
  const { id } = await db().channel.create({ data: { name: target.kind, kind: target.kind, settings: { target, timeZone, privateAllowed }, severities, createdAt: new Date(), changedAt: new Date(), ...rest } })
  await db().channel.update({ where: { id }, data: { settingsSealed: await sealChannel(secrets, id, target) } })
  return id
}

let count = 0
export const notice = (title = `Notice ${(count += 1)}`, more: Partial<Notice> = {}): Notice => ({ kind: 'alert-opened', at: new Date(), severity: 'warning', customerId: null, facts: { title, sentence: 'Something was seen.' }, ...more })
export const tellAll = (...notices: Notice[]): Promise<void> => db().$transaction((tx) => tell(tx, ...notices))

/** Hands over all that was told and returns how many. Other tests' transactions on the same server hold notices back for a moment. */
export async function handAllOver(now: Date): Promise<number> {
  for (let handed = 0; ; await new Promise((resolve) => setTimeout(resolve, 10))) {
    handed += await handOverNotices(now)
    if ((await db().notice.count({ where: { handedAt: null } })) === 0) return handed
  }
}

/** Hands over and sends all that is due at a moment; every way is followed to its end. */
export async function deliverAt(now: Date, worker = 'w1', signal = new AbortController().signal): Promise<void> {
  await handAllOver(now)
  for (;;) {
    const lent = await claimDue(worker, now, 10)
    await Promise.all(lent.map((one) => deliverOver(one, () => now, signal)))
    if (lent.length === 0) return
  }
}

/** Lets time pass in steps of what the channels wait for, up to `until`; returns the moments at which something was tried. */
export async function deliverUntil(from: Date, until: Date): Promise<Date[]> {
  const moments: Date[] = []
  for (let now = from; ; ) {
    await deliverAt(now)
    moments.push(now)
    const [next] = await db().$queryRaw<{ at: Date | null }[]>`
      SELECT min(greatest(coalesce(c."heldUntil", '-infinity'), d."nextStepAt")) AS at FROM "Delivery" d JOIN "Channel" c ON c.id = d."channelId" WHERE d.state IN ('waiting', 'sending') AND c.enabled`
    if (!next?.at || next.at > until || next.at <= now) return moments
    now = next.at
  }
}
