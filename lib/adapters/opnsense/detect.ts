import type { DetectionClue } from '@/lib/adapters/adapter'
import type { Transport } from '@/lib/outbound/transport'

const PATH = '/api/core/menu/search'

/**
 * Without an Authorization header every version from 25.1 on answers an API path with 302 to `/?url=<path>` instead of
 * 401 (section 1.1), which no other family does. Costs no failed authentication: no credential is in the request.
 */
export async function detect(transport: Transport, signal: AbortSignal): Promise<DetectionClue> {
  const reply = await transport.send({
    method: 'GET',
    path: PATH,
    headers: { Accept: 'application/json' },
    callClass: 'probe',
    lease: 'read',
    carriesCredential: false,
    acceptRedirect: true,
    signal,
  })
  const location = reply.headers['location'] ?? ''
  const isLoginRedirect = reply.status === 302 && (location === `/?url=${PATH}` || location === `${transport.origin}/?url=${PATH}`)
  if (isLoginRedirect) return 'yes'
  if (reply.status === 404 || reply.status === 405) return 'no'
  return reply.headers['server'] === 'OPNsense' && reply.status === 401 ? 'yes' : 'undecided'
}
