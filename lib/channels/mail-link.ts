import 'server-only'
import { randomUUID } from 'node:crypto'
import { withAuditedIntent } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { cleanText } from '@/lib/core/clean-text'
import { publicUrl } from '@/lib/core/env'
import { AppError } from '@/lib/core/errors'
import type { Secret } from '@/lib/core/secret'
import { db } from '@/lib/db/client'
import type { Channel } from '@/lib/db/generated/client'
import { formatExact } from '@/lib/format/dates'
import { sendMail } from './email/send'
import type { Outcome } from './outcome'
import { managesAll } from './may'
import { sentenceOf, wayOutOf } from './send'
import { storedSettings } from './stored'
import { openChannel } from './vault'

/** Whoever made the link waits for it. */
const DEADLINE_MS = 20_000

export type LinkMail = { to: { id: string; email: string; name: string }; purpose: 'join' | 'reset'; link: Secret; expiresAt: Date; customer: { id: string; name: string } | null }
/** Whether a link went out by e-mail too, as a sentence. */
export type MailedLink = { sent: boolean; sentence: string }

const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim().slice(0, 120)

function wordsOf(actor: Actor, { to, purpose, link, expiresAt }: LinkMail): { subject: string; text: string } {
  const host = publicUrl().host
  const until = `It works once, until ${formatExact(expiresAt.toISOString(), 'UTC')}. If you did not expect it, do nothing.`
  const lines = purpose === 'join' ? [`${oneLine(actor.name)} invites you to Palisade at ${host}. Open this link and choose your password:`] : [`${oneLine(actor.name)} made a link with which you choose a new password for Palisade at ${host}:`]
  return { subject: purpose === 'join' ? `Your invitation to Palisade at ${host}` : `Your new password for Palisade at ${host}`, text: [`Hello ${oneLine(to.name)},`, '', ...lines, '', link.reveal(), '', until, ''].join('\n') }
}

async function send(actor: Actor, channel: Channel, mail: LinkMail): Promise<Outcome> {
  const { target, privateAllowed } = storedSettings.parse(channel.settings)
  if (target.kind !== 'email') return { result: 'never', answer: 'The channel for invitations is no e-mail channel.' }
  try {
    const secrets = await openChannel(channel.settingsSealed, channel.id, target)
    return await sendMail(target, secrets, { id: randomUUID(), to: [mail.to.email], ...wordsOf(actor, mail) }, wayOutOf({ privateAllowed }, AbortSignal.timeout(DEADLINE_MS)))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { result: 'later', afterMs: null, answer: sentenceOf(error) }
  }
}

/**
 * Sends an invitation or a password link over the installation's e-mail channel for them; null when there is none. The link
 * is in the mail alone, never in a notice, a log or the audit, and it is not sent again by itself. At most 20 s. What the
 * installation's mail server said is for who manages it: an admin of one customer hears that it failed, not where and why.
 */
export async function mailLink(actor: Actor, mail: LinkMail): Promise<MailedLink | null> {
  const channel = await db().channel.findFirst({ where: { forInvitations: true, enabled: true, customerId: null, kind: 'email' }, orderBy: { createdAt: 'asc' } })
  if (!channel) return null
  const event = { action: 'operator.link.mail', target: { kind: 'operator', id: mail.to.id, name: mail.to.email }, customer: mail.customer, details: { channel: channel.name } } as const
  const managesIt = managesAll(actor)
  const outcome = await withAuditedIntent(actor, event, () => send(actor, channel, mail), { details: ({ result, answer }) => ({ result, ...(managesIt && { answer }) }) })
  if (outcome.result === 'delivered') return { sent: true, sentence: `Also sent to ${mail.to.email}.` }
  return { sent: false, sentence: `It could not be sent to ${mail.to.email}. ${managesIt ? outcome.answer : 'An admin of all customers can send a test over the channel for invitations, which says why.'}` }
}
