import 'server-only'
import { withAuditedIntent } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { allowedNetworks } from '@/lib/firewalls/connect'
import { readCertificate } from '@/lib/outbound/probe-certificate'
import { sendFrames } from './copy-to-receiver'
import type { ReceiverDto, SyslogTarget, TestedReceiverDto } from './input'
import { receiverTrouble } from './receiver-trouble'
import { testFrame } from './syslog-message'

const addressOf = ({ host, port }: { host: string; port: number }): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)
const event = (at: { host: string; port: number }) => ({ target: { kind: 'address', id: null, name: addressOf(at) } })

/** Shows the certificate of a receiver, before anything is sent to it. */
export async function probeReceiver(actor: Actor, at: { host: string; port: number }): Promise<ReceiverDto> {
  authorise(actor, 'installation:manage', { customerId: null })
  const look = () =>
    readCertificate(`https://${addressOf(at)}`, { allowedNetworks: allowedNetworks() }).catch((error: unknown) => {
      throw receiverTrouble(error)
    })
  const { certificate } = await withAuditedIntent(actor, { action: 'audit.copy.probe', ...event(at) }, look, { details: (seen) => ({ sha256: seen.certificate.sha256 }) })
  return { certificate }
}

/** Sends a receiver a message that is no entry, and waits until it was read. */
export async function testReceiver(actor: Actor, { target }: { target: SyslogTarget }, signal: AbortSignal): Promise<TestedReceiverDto> {
  authorise(actor, 'installation:manage', { customerId: null })
  const startedAt = performance.now()
  await withAuditedIntent(actor, { action: 'audit.copy.test', ...event(target), details: { security: target.security } }, () => sendFrames(target, [testFrame(new Date())], signal))
  return { arrived: true, durationMs: Math.round(performance.now() - startedAt) }
}
