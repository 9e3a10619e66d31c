// One request to a v2 firewall: exact headers, one credential, and what each answer means (contract sections 2 to 4).
import type { z } from 'zod'
import type { ConnectOptions, IssuedToken } from '@/lib/adapters/adapter'
import { AppError, firewallError } from '@/lib/core/errors'
import { redactReply } from '@/lib/outbound/redact'
import type { OutboundReply } from '@/lib/outbound/transport'
import { basicHeader, keyHeaders, toIssuedToken, unsupportedMethod } from './credential'
import { probeApi } from './detect'
import { ENDPOINTS, type Endpoint } from './read-endpoints'
import { failureOf, isPage, packageGone } from './read-failure'
import { readEnvelope, tokenReply, type Envelope } from './replies'

/** What is remembered per firewall. */
export const MEMORY = {
  /** `yes` once the API answered: from then on a web page in its place means that the package is gone. */
  apiSeen: 'api-seen',
  /** The last update check as JSON: the firewall itself keeps none. */
  firmwareCheck: 'firmware-check',
} as const

export interface Caller {
  get<S extends z.ZodType>(endpoint: Endpoint, schema: S, signal: AbortSignal): Promise<z.output<S>>
  /** A POST of constants as JSON. */
  post<S extends z.ZodType>(endpoint: Endpoint, body: Readonly<Record<string, string | boolean>>, schema: S, signal: AbortSignal): Promise<z.output<S>>
  /** Privileges that the firewall refused on this connection so far. */
  readonly refused: ReadonlySet<string>
  requestCount(): number
}

type Sending = { body?: string; lease: 'read' | 'write' | 'authentication'; signal: AbortSignal }

export function openCaller(options: ConnectOptions): Caller {
  const { transport, credential, memory, tokens } = options
  const refused = new Set<string>()
  let requests = 0
  let markedSeen = false

  async function markSeen(): Promise<void> {
    if (markedSeen) return
    markedSeen = true
    if ((await memory.get(MEMORY.apiSeen)) !== 'yes') await memory.set(MEMORY.apiSeen, 'yes')
  }

  async function send(endpoint: Endpoint, credentialHeaders: Record<string, string>, { body, lease, signal }: Sending): Promise<Envelope> {
    requests += 1
    const reply = await transport.send({
      method: endpoint.method,
      path: endpoint.path,
      // A list in Accept is refused with 406. A JSON content type on a GET would make the firewall ignore the query (section 2).
      headers: { Accept: 'application/json', ...(endpoint.method === 'POST' && { 'Content-Type': 'application/json' }), ...credentialHeaders },
      ...(body !== undefined && { body }),
      callClass: endpoint.callClass,
      lease,
      carriesCredential: true,
      signal,
    })
    // A refused credential is one whatever stands in the body.
    const answer = reply.status === 401 ? null : readEnvelope(reply.text)
    if (answer !== null) await markSeen()
    if (answer !== null && reply.status === 200) return answer
    if (answer === null && isPage(reply) && (reply.status === 404 || reply.status === 200)) throw await missingError(endpoint, reply, signal)
    throw failureOf(endpoint, reply, answer)
  }

  /** A 404 page: this version has no such path, or the whole package is gone. A probe without credential tells. */
  async function missingError(endpoint: Endpoint, reply: OutboundReply, signal: AbortSignal): Promise<AppError> {
    if (reply.status === 404 && endpoint !== ENDPOINTS.systemVersion) {
      requests += 1
      const { clue } = await probeApi(transport, signal)
      if (clue === 'yes') {
        return firewallError('firewall-not-reported', {
          message: 'The API package on this firewall is too old for this reading.',
          details: { path: endpoint.path, status: reply.status, nextStep: 'Update the API package with the command on its card.' },
        })
      }
    }
    return packageGone(endpoint, reply, (await memory.get(MEMORY.apiSeen)) === 'yes')
  }

  async function issueToken(signal: AbortSignal): Promise<IssuedToken> {
    if (credential.method !== 'jwt') throw unsupportedMethod(credential)
    const askedAt = options.now()
    const headers = { Authorization: basicHeader(credential.username, credential.password) }
    const answer = await send(ENDPOINTS.token, headers, { lease: 'authentication', signal })
    return toIssuedToken(understood(tokenReply, answer.data, ENDPOINTS.token).token, askedAt)
  }

  async function credentialHeaders(signal: AbortSignal): Promise<Record<string, string>> {
    if (credential.method === 'basic') return { Authorization: basicHeader(credential.username, credential.password) }
    if (credential.method === 'api-key') return keyHeaders(credential.key)
    if (credential.method === 'jwt') return { Authorization: `Bearer ${(await tokens.get(() => issueToken(signal))).reveal()}` }
    throw unsupportedMethod(credential)
  }

  async function ask(endpoint: Endpoint, sending: Sending): Promise<Envelope> {
    const headers = await credentialHeaders(sending.signal)
    try {
      return await send(endpoint, headers, sending)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (error.details.privilege !== undefined) refused.add(error.details.privilege)
      // A refused token is thrown away and the refusal passed on: asking for another one by itself could lock us out.
      if (credential.method === 'jwt' && error.code === 'firewall-credential-rejected') await tokens.discard()
      throw error
    }
  }

  return {
    get: async (endpoint, schema, signal) => understood(schema, (await ask(endpoint, { lease: 'read', signal })).data, endpoint),
    post: async (endpoint, body, schema, signal) =>
      understood(schema, (await ask(endpoint, { body: JSON.stringify(body), lease: 'write', signal })).data, endpoint),
    refused,
    requestCount: () => requests,
  }
}

function understood<S extends z.ZodType>(schema: S, data: unknown, endpoint: Endpoint): z.output<S> {
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues.slice(0, 5).map((issue) => issue.path.map(String).join('.') || 'the whole reply')
  throw firewallError('firewall-reply-not-understood', {
    message: `The reply of the firewall was not understood at ${where.join(', ')}.`,
    details: { path: endpoint.path },
    // Of the token reply nothing is kept: what is not understood there may still be a token.
    ...(endpoint !== ENDPOINTS.token && { rawReply: redactReply(JSON.stringify(data) ?? '') }),
  })
}
