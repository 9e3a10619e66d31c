import 'server-only'
import { createTransport } from 'nodemailer'
import { said, WAITS_FOR_PERSON_MS } from '@/lib/channels/judge-reply'
import type { Outcome, Send, WayOut } from '@/lib/channels/outcome'
import type { StoredTarget } from '@/lib/channels/input'
import type { ChannelSecrets } from '@/lib/channels/stored'
import { firewallError } from '@/lib/core/errors'
import { bodyOf, subjectOf } from '@/lib/notices/text'
import { connectMail } from '@/lib/outbound/smtp'
import { judgeMailError } from './judge-mail'

type MailTarget = Extract<StoredTarget, { kind: 'email' }>
export type Mail = { id: string; to: readonly string[]; subject: string; text: string; threadId?: string | null }

/** For the whole conversation after the connection. */
const SEND_DEADLINE_MS = 60_000
const DEADLINES = { greetingTimeout: 15_000, socketTimeout: 30_000, connectionTimeout: 15_000 }

/** As it may come back: as it is, and as a sign-in carries it. */
const formsOf = (user: string, password: string | undefined): string[] => (password === undefined || password === '' ? [] : [password, Buffer.from(password).toString('base64'), Buffer.from(`\0${user}\0${password}`).toString('base64')])

/** Sends one plain text over a mail server. A repeat has the same Message-ID, by which servers and readers tell it is one. */
export async function sendMail({ host, port, security, trust, user, from }: MailTarget, { password }: ChannelSecrets, mail: Mail, way: WayOut): Promise<Outcome> {
  const pinned = trust.mode === 'pin' ? { ...trust, spkiSha256: null } : trust
  const socket = await connectMail({ host, port, security, trust: pinned, allowedNetworks: way.allowedNetworks, onlyPublic: way.onlyPublic, signal: way.signal })
  const secrets = formsOf(user, password)
  const late = setTimeout(() => socket.destroy(), SEND_DEADLINE_MS)
  const stop = (): void => void socket.destroy()
  way.signal.addEventListener('abort', stop, { once: true })
  const domain = from.slice(from.lastIndexOf('@') + 1)
  // The socket is open and secured by the one way out; nothing here opens another, or reads a file or an address.
  const transport = createTransport({ host, port, name: 'palisade', connection: socket, secured: true, secure: security !== 'none', ignoreTLS: true, ...DEADLINES, disableFileAccess: true, disableUrlAccess: true, ...(user !== '' && { auth: { user, pass: password ?? '' }, forceAuth: true }) })
  try {
    const info = await transport.sendMail({
      from: { name: 'Palisade', address: from },
      to: [...mail.to],
      subject: mail.subject,
      text: mail.text,
      messageId: `<${mail.id}@${domain}>`,
      ...(mail.threadId && { references: `<${mail.threadId}@${domain}>` }),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    })
    const refused = info.rejected.map((one) => (typeof one === 'string' ? one : one.address))
    return { result: 'delivered', answer: refused.length === 0 ? `Taken for ${info.accepted.length === 1 ? 'one address' : `${info.accepted.length} addresses`}.${said(info.response, secrets)}` : `Taken for ${info.accepted.length} of ${mail.to.length} addresses, refused for ${refused.join(', ')}.` }
  } catch (error) {
    return judgeMailError(error, secrets)
  } finally {
    clearTimeout(late)
    way.signal.removeEventListener('abort', stop)
    socket.destroy()
  }
}

/** Notices as mail; those of one alert hang together in the reader's list. */
export const sendEmail: Send<'email'> = async (target, secrets, message, way) => {
  // Opened by nobody: the settings were changed in the database.
  if (target.security === 'none' && target.user !== '') throw firewallError('firewall-certificate-unknown', { message: 'A password is never sent without TLS.' })
  if (target.user !== '' && secrets.password === undefined) return { result: 'later', afterMs: WAITS_FOR_PERSON_MS, answer: 'The password is missing. Enter it again.' }
  const alertId = message.texts.length === 1 ? message.texts[0]?.notice.alertId : null
  return sendMail(target, secrets, { id: message.id, to: target.to, subject: `[Palisade] ${subjectOf(message.texts)}`, text: `${bodyOf(message.texts)}\n`, ...(alertId && { threadId: `alert.${alertId}` }) }, way)
}
