// Which family answers, found out by one GET with a wrong content type: v1 refuses it with 415 before it looks at any
// credential, so nothing counts as a failed sign-in (contract section 3, order of the checks).
import type { DetectionClue } from '@/lib/adapters/adapter'
import type { Transport } from '@/lib/outbound/transport'
import { parseLocation, readEnvelope } from './call'
import { ENDPOINTS } from './read-endpoints'

export async function detect(transport: Transport, signal: AbortSignal): Promise<DetectionClue> {
  const reply = await transport.send({
    method: 'GET',
    path: ENDPOINTS.version.path,
    headers: { 'Content-Type': 'text/plain' },
    callClass: 'probe',
    lease: 'read',
    carriesCredential: false,
    acceptRedirect: true,
    signal,
  })
  if (reply.status >= 300 && reply.status < 400) {
    // Switched off, v1 sends to `/`; OPNsense sends to `/?url=…` (its own contract).
    const target = parseLocation(reply.headers.location, transport.origin)
    return target !== null && target.origin === transport.origin && target.pathname === '/' && target.search === '' ? 'api-off' : 'no'
  }
  if (readEnvelopeQuietly(reply) !== null) return 'yes'
  return reply.status >= 500 ? 'undecided' : 'no'
}

/** Another family's reply is not an error here. */
function readEnvelopeQuietly(reply: Parameters<typeof readEnvelope>[0]): ReturnType<typeof readEnvelope> {
  try {
    return readEnvelope(reply)
  } catch {
    return null
  }
}
