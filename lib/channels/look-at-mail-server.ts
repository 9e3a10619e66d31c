import 'server-only'
import type { z } from 'zod'
import { withAuditedIntent } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { readMailCertificate } from '@/lib/outbound/smtp'
import type { SeenCertificate } from '@/lib/outbound/transport'
import type { MailCertificateDto, mailServerInput } from './input'
import { sentenceOf, wayOutOf } from './send'

/** Shows the certificate of a mail server before it is told a name, a password or a message. Throws unavailable with what went wrong. */
export async function lookAtMailServer(actor: Actor, { host, port, security, privateAllowed }: z.output<typeof mailServerInput>, signal: AbortSignal): Promise<MailCertificateDto> {
  authoriseScope(actor, 'channel:manage')
  if (privateAllowed) authorise(actor, 'channel:manage', { customerId: null })
  const { allowedNetworks, onlyPublic } = wayOutOf({ privateAllowed }, signal)
  const look = async (): Promise<SeenCertificate> => {
    try {
      return await readMailCertificate({ host, port, security, trust: { mode: 'public-ca' }, allowedNetworks, onlyPublic })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      throw new AppError('unavailable', sentenceOf(error), { nextStep: 'Check name, port and kind of TLS, then look again.' })
    }
  }
  const { sha256, subject, issuer, validFrom, validTo, selfSigned, publiclyTrusted } = await withAuditedIntent(actor, { action: 'channel.probe', target: { kind: 'mail server', id: null, name: `${host}:${port}` } }, look)
  return { sha256, subject, issuer, validFrom, validTo, selfSigned, publiclyTrusted }
}
