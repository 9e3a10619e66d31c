import 'server-only'
import { withAuditedIntent, type AuditEvent } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { readCertificate } from '@/lib/outbound/probe-certificate'
import { allowedNetworks } from './connect'

type Certificate = Awaited<ReturnType<typeof readCertificate>>['certificate']

/**
 * The certificate that is shown at an address now. To connect is an act of the person who named the address: without its
 * intent in the audit log nothing is dialled. Throws what stopped the connection.
 */
export const seenCertificate = (actor: Actor, origin: string, about: Pick<AuditEvent, 'target' | 'customer'>): Promise<Certificate> =>
  withAuditedIntent(actor, { action: 'firewall.probe', ...about, details: { origin } }, async () => (await readCertificate(origin, { allowedNetworks: allowedNetworks() })).certificate, { details: ({ sha256 }) => ({ sha256 }) })
