import type { DetectionClue } from '@/lib/adapters/adapter'
import type { OutboundReply, Transport } from '@/lib/outbound/transport'
import { readEnvelope } from './replies'

const PATH = '/api/v2/firewall/rules'

/**
 * Without any credential, so without a failed authentication: `OPTIONS` on a path of this API is answered with its JSON
 * before anyone has to sign in, in 2.10.0 with 500 (contract section 2). Where the web server knows no such path, the
 * sign-in page tells whether this is a pfSense without the package.
 */
export async function detect(transport: Transport, signal: AbortSignal): Promise<DetectionClue> {
  const { clue, webServerKnowsNoPath } = await probeApi(transport, signal)
  if (!webServerKnowsNoPath) return clue
  const page = await probe(transport, 'GET', '/', signal)
  return page.status === 200 && /pfsense/i.test(page.text) ? 'api-package-missing' : clue
}

/** One request. `webServerKnowsNoPath` = 404 with a web page, as the web server answers when the package is not there. */
export async function probeApi(transport: Transport, signal: AbortSignal): Promise<{ clue: DetectionClue; webServerKnowsNoPath: boolean }> {
  const reply = await probe(transport, 'OPTIONS', PATH, signal)
  const answer = readEnvelope(reply.text)
  if (answer?.responseId === 'ENDPOINT_REST_API_IS_NOT_ENABLED') return { clue: 'api-off', webServerKnowsNoPath: false }
  if (answer !== null) return { clue: 'yes', webServerKnowsNoPath: false }
  const isPage = /^\s*</.test(reply.text)
  if (reply.status >= 500) return { clue: 'undecided', webServerKnowsNoPath: false }
  return { clue: 'no', webServerKnowsNoPath: reply.status === 404 && isPage }
}

const probe = (transport: Transport, method: 'GET' | 'OPTIONS', path: string, signal: AbortSignal): Promise<OutboundReply> =>
  transport.send({
    method,
    path,
    headers: { Accept: method === 'GET' ? 'text/html' : 'application/json' },
    callClass: 'probe',
    lease: 'read',
    carriesCredential: false,
    acceptRedirect: true,
    signal,
  })
