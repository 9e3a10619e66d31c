import 'server-only'
import type { z } from 'zod'
import { withAuditedIntent } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { countInWindow } from '@/lib/db/sql'
import { readMailCertificate } from '@/lib/outbound/smtp'
import type { SeenCertificate } from '@/lib/outbound/transport'
import { operatorIdOf } from '@/lib/team/reach'
import type { MailCertificateDto, mailServerInput } from './input'
import { sentenceOf, wayOutOf } from './send'

const LOOKS_A_MINUTE = 10
const MINUTE_MS = 60_000

/** Whoever looks has Palisade knock at any address: a person who compares certificates needs a few, who searches a network many. */
async function countLook(actor: Actor): Promise<void> {
  const count = await countInWindow(`mail server look ${operatorIdOf(actor) ?? actor.kind}`, new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS))
  if (count > LOOKS_A_MINUTE) throw new AppError('too-many-requests', 'You looked at many mail servers within a minute.', { nextStep: 'Look again in a minute.', retryAfterSeconds: 60 })
}

/** Shows the certificate of a mail server before it is told a name, a password or a message. At most 10 looks a minute of one person. Throws too-many-requests, and unavailable with what went wrong. */
export async function lookAtMailServer(actor: Actor, { host, port, security, privateAllowed }: z.output<typeof mailServerInput>, signal: AbortSignal): Promise<MailCertificateDto> {
  authoriseScope(actor, 'channel:manage')
  if (privateAllowed) authorise(actor, 'channel:manage', { customerId: null })
  await countLook(actor)
  const { allowedNetworks, onlyPublic } = wayOutOf({ privateAllowed }, signal)
  const look = async (): Promise<SeenCertificate> => {
    try {
      return await readMailCertificate({ host, port, security, trust: { mode: 'public-ca' }, allowedNetworks, onlyPublic, signal })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      throw new AppError('unavailable', sentenceOf(error), { nextStep: 'Check name, port and kind of TLS, then look again.' })
    }
  }
  const { sha256, subject, issuer, validFrom, validTo, selfSigned, publiclyTrusted } = await withAuditedIntent(actor, { action: 'channel.probe', target: { kind: 'mail server', id: null, name: `${host}:${port}` } }, look)
  return { sha256, subject, issuer, validFrom, validTo, selfSigned, publiclyTrusted }
}
