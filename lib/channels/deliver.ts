import 'server-only'
import { db } from '@/lib/db/client'
import { beginSending, claimChannels, renewChannel, returnChannel, settleSending, type LentChannel, type Sending, type Settled } from '@/lib/db/deliveries-sql'
import type { Channel, Notice } from '@/lib/db/generated/client'
import { isNoticeKind, SEVERITIES } from '@/lib/notices/kinds'
import { textOf, type NoticeText } from '@/lib/notices/text'
import { digestMaxOf, sendMessage } from './send'
import type { Outcome } from './outcome'

/** A killed worker's channels come back after this; a living one renews. */
const LEASE_SECONDS = 20
const RENEW_MS = 5_000
/** Then others have their turn: many quick messages, or few slow ones. */
const MESSAGES_MAX = 50
const TURN_MS = 10_000
const BACK_OFF_MS_MAX = 900_000
const KEPT_TRYING_MS = 3 * 86_400_000
const ANSWER_LENGTH_MAX = 500

/** 1 s, 2 s, 4 s … 15 min. `failures`: in a row, before this one. */
export const backOffMs = (failures: number): number => Math.min(1_000 * 2 ** Math.min(failures, 20), BACK_OFF_MS_MAX)

/** What an outcome does to a delivery that was handed over at `createdAt`. */
export function settledBy(outcome: Outcome, failures: number, createdAt: Date, now: Date): Settled {
  const answer = outcome.answer.slice(0, ANSWER_LENGTH_MAX)
  if (outcome.result === 'delivered') return { state: 'delivered', answer, heldUntil: null }
  if (outcome.result === 'never') return { state: 'given-up', answer, heldUntil: null }
  if (now.getTime() - createdAt.getTime() >= KEPT_TRYING_MS) return { state: 'given-up', answer: `${answer} Given up after three days.`, heldUntil: null }
  return { state: 'waiting', answer, heldUntil: new Date(now.getTime() + (outcome.afterMs ?? backOffMs(failures))) }
}

export function noticeText({ id, kind, severity, ...rest }: Notice): NoticeText {
  return textOf({ ...rest, id: String(id), kind: isNoticeKind(kind) ? kind : 'alert-opened', severity: SEVERITIES.find((known) => known === severity) ?? 'notice' })
}

async function textsOf(sending: readonly Sending[]): Promise<NoticeText[]> {
  const rows = await db().notice.findMany({ where: { id: { in: sending.map(({ noticeId }) => noticeId) } } })
  const byId = new Map(rows.map((row) => [row.id, noticeText(row)]))
  return sending.flatMap(({ noticeId }) => byId.get(noticeId) ?? [])
}

/** Sends what is next on a lent channel; false when nothing is due, the channel is held now, or it is not lent any more. */
async function sendNext(lent: LentChannel, channel: Channel, now: Date, signal: AbortSignal): Promise<boolean> {
  const sending = await beginSending(lent, now, channel.digest === 'at-once' ? 1 : digestMaxOf(channel.kind))
  const [first] = sending
  if (!first) return false
  const outcome = await sendMessage(channel, { id: first.batchId, at: now, texts: await textsOf(sending) }, signal)
  // A stopping worker has cut it off itself: as after a kill, the next one repeats it under the same id.
  if (signal.aborted && outcome.result !== 'delivered') return false
  const settled = settledBy(outcome, channel.failures, first.createdAt, now)
  const isOurs = await settleSending(lent, sending.map(({ id }) => id), settled, now)
  return isOurs && settled.state !== 'waiting'
}

/** Sends what is due on a lent channel, in order, until nothing is, it fails, or others should have their turn; then gives it back. */
export async function deliverOver(lent: LentChannel, now: () => Date, signal: AbortSignal): Promise<void> {
  const renewing = setInterval(() => void renewChannel(lent, LEASE_SECONDS).catch(() => undefined), RENEW_MS)
  const endsAt = performance.now() + TURN_MS
  try {
    for (let count = 0; count < MESSAGES_MAX && performance.now() < endsAt && !signal.aborted; count += 1) {
      // Anew each time: an admin may have changed, held or removed it meanwhile.
      const channel = await db().channel.findUnique({ where: { id: lent.id } })
      if (!channel?.enabled || !(await sendNext(lent, channel, now(), signal))) break
    }
  } finally {
    clearInterval(renewing)
    await returnChannel(lent)
  }
}

/** Lends up to `max` channels that have something to send now. */
export const claimDue = (worker: string, now: Date, max: number): Promise<LentChannel[]> => claimChannels(worker, now, max, LEASE_SECONDS)
