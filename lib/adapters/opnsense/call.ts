import type { z } from 'zod'
import type { ConnectOptions, FamilyMemory } from '@/lib/adapters/adapter'
import { cleanText } from '@/lib/core/clean-text'
import { AppError, firewallError } from '@/lib/core/errors'
import { redactReply } from '@/lib/outbound/redact'
import { parseReplyJson } from '@/lib/outbound/reply-json'
import type { OutboundReply } from '@/lib/outbound/transport'
import { authorizationHeader } from './credential'
import type { Endpoint } from './read-endpoints'
import { isAtLeast, parseVersion, SNAKE_CASE_SINCE } from './read-version'

export type Spelling = 'snake' | 'camel'
/** Names in the family's memory of one firewall. */
export const MEMORY = { spelling: 'spelling', version: 'version', checkBegunAt: 'check-begun-at', update: 'update' } as const

export type Ask<T> = {
  endpoint: Endpoint
  reply: z.ZodType<T>
  signal: AbortSignal
  /** Body of a POST; `{}` when there is nothing to say. */
  body?: Readonly<Record<string, unknown>>
}
/** All requests of one connection to one firewall go through it. */
export type Session = {
  ask<T>(ask: Ask<T>): Promise<T>
  /** A file as it is; empty when the firewall has none. */
  download(endpoint: Endpoint, signal: AbortSignal): Promise<Buffer>
  requestCount(): number
  readonly memory: FamilyMemory
  readonly now: () => Date
}

export function openSession(options: Pick<ConnectOptions, 'transport' | 'credential' | 'memory' | 'now'>): Session {
  const { transport, memory, now } = options
  const authorization = authorizationHeader(options.credential)
  let spelling: Promise<Spelling> | undefined
  let requests = 0
  let firstReply: Promise<void> | undefined
  let isProven = false
  let isRejected = false

  /** Until the key has been accepted once, one request at a time: a dead key costs exactly one failed authentication. */
  const sendProven = async (endpoint: Endpoint, path: string, signal: AbortSignal, body: Ask<unknown>['body']): Promise<OutboundReply> => {
    while (firstReply) await firstReply
    if (isRejected)
      throw firewallError('firewall-credential-rejected', { message: 'The firewall rejected the API key.', details: { path: endpoint.path, status: 401 } })
    const sent = send(endpoint, path, signal, body)
    if (!isProven)
      firstReply = sent
        .then(
          () => undefined,
          () => undefined,
        )
        .finally(() => (firstReply = undefined))
    const reply = await sent
    if (reply.status === 401) isRejected = true
    else isProven = true
    return reply
  }

  const send = (endpoint: Endpoint, path: string, signal: AbortSignal, body: Ask<unknown>['body']): Promise<OutboundReply> => {
    requests += 1
    // No content type on a GET and `{}` on every POST: a JSON content type with an empty body is a 400 (section 1.3).
    const isPost = endpoint.method === 'POST' || body !== undefined
    return transport.send({
      method: isPost ? 'POST' : 'GET',
      path,
      headers: { Accept: 'application/json', Authorization: authorization, ...(isPost && { 'Content-Type': 'application/json' }) },
      ...(isPost && { body: JSON.stringify(body ?? {}) }),
      callClass: endpoint.callClass,
      lease: endpoint.callClass === 'command' ? 'write' : 'read',
      onlyReads: endpoint.callClass !== 'command',
      carriesCredential: true,
      acceptRedirect: true,
      ...(endpoint.callClass === 'configuration' && { wantsBytes: true }),
      signal,
    })
  }

  /** One retry with the other spelling on 403, and only a retry that helps is remembered (section 1). */
  const sendSpelled = async (endpoint: Endpoint, signal: AbortSignal, body: Ask<unknown>['body']): Promise<OutboundReply> => {
    if (!endpoint.spelled) return sendProven(endpoint, endpoint.path, signal, body)
    const first = await (spelling ??= likelySpelling(memory))
    const reply = await sendProven(endpoint, spell(endpoint.path, first), signal, body)
    if (reply.status !== 403) return reply
    const other: Spelling = first === 'snake' ? 'camel' : 'snake'
    const retried = await sendProven(endpoint, spell(endpoint.path, other), signal, body)
    if (retried.status === 403) return reply
    spelling = Promise.resolve(other)
    await memory.set(MEMORY.spelling, other)
    return retried
  }

  return {
    memory,
    now,
    requestCount: () => requests,
    download: async (endpoint, signal) => {
      const reply = await sendSpelled(endpoint, signal, undefined)
      if (reply.bytes === undefined) throw statusError(endpoint, reply, transport.origin)
      return reply.bytes
    },
    ask: async ({ endpoint, reply: schema, signal, body }) => {
      const reply = await sendSpelled(endpoint, signal, body)
      return understand(endpoint, reply, schema, transport.origin)
    },
  }
}

async function likelySpelling(memory: FamilyMemory): Promise<Spelling> {
  const remembered = await memory.get(MEMORY.spelling)
  if (remembered === 'snake' || remembered === 'camel') return remembered
  const version = parseVersion((await memory.get(MEMORY.version)) ?? '')
  return version !== null && !isAtLeast(version, SNAKE_CASE_SINCE) ? 'camel' : 'snake'
}

/** `get_arp` as the firewall's router reads it in either spelling; only the last part of the path is an action name. */
export function spell(path: string, spelling: Spelling): string {
  if (spelling === 'snake') return path
  const cut = path.lastIndexOf('/')
  return path.slice(0, cut) + path.slice(cut).replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

function understand<T>(endpoint: Endpoint, reply: OutboundReply, schema: z.ZodType<T>, origin: string): T {
  if (reply.status !== 200) throw statusError(endpoint, reply, origin)
  const details = { path: endpoint.path, status: reply.status }
  if (reply.text.trim() === '') {
    const message = 'The firewall sent an empty reply, as it does when its own backend did not answer.'
    throw firewallError('firewall-reply-not-understood', {
      message,
      details: { ...details, nextStep: 'Try again in a minute; if it stays, look at the log of the firewall.' },
    })
  }
  if (isHtml(reply)) throw notThisApi(details, redactReply(reply.text))
  const json = parseOrThrow(reply.text, details)
  const failure = failureInside(json)
  if (failure !== null) {
    const message = `The firewall answered, but reports a failure (${failure}).`
    const nextStep = 'Look at the log of the firewall; a service behind this reading may be stopped.'
    throw firewallError('firewall-reply-not-understood', { message, details: { ...details, failure, nextStep }, rawReply: redactReply(reply.text) })
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues.slice(0, 5).map((issue) => issue.path.join('.').slice(0, 80) || 'the whole reply')
  throw firewallError('firewall-reply-not-understood', {
    message: `The reply of the firewall was not understood at ${cleanText(where.join(', '))}.`,
    details,
    rawReply: redactReply(reply.text),
  })
}

/** The parser's own sentence, with the path added. */
function parseOrThrow(text: string, details: { path: string; status: number }): unknown {
  try {
    return parseReplyJson(text)
  } catch (error) {
    const message = error instanceof AppError ? error.message : 'The reply of the firewall is not JSON.'
    throw firewallError('firewall-reply-not-understood', { message, details, rawReply: redactReply(text) })
  }
}

/**
 * Actions that could not run answer 200 with one of these (section 1.3). `{"status":"error"}` counts only alone: firmware
 * readings carry that word as a value.
 */
function failureInside(json: unknown): string | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null
  const { status, result, message }: { status?: unknown; result?: unknown; message?: unknown } = json
  if (result === 'failed') return 'result: failed'
  if (status === 'failed' || status === 'failure') return `status: ${status}`
  if (Object.keys(json).length === 1 && (message === 'error' || message === 'failed')) return `message: ${message}`
  return status === 'error' && Object.keys(json).length === 1 ? 'status: error' : null
}

const isHtml = (reply: OutboundReply): boolean => /^\s*</.test(reply.text) || (reply.headers['content-type'] ?? '').startsWith('text/html')

function notThisApi(details: { path: string; status: number }, rawReply?: string): AppError {
  const message = 'The firewall answered with a web page instead of its API, as it does when the credential did not arrive.'
  const nextStep = 'Enter the address of the firewall itself, with https and the right port; a proxy in between may drop the credential.'
  return firewallError('firewall-not-this-api', { message, details: { ...details, nextStep }, ...(rawReply !== undefined && { rawReply }) })
}

/** What each status means, section 1.4. */
function statusError(endpoint: Endpoint, reply: OutboundReply, origin: string): AppError {
  const details = { path: endpoint.path, status: reply.status }
  const rawReply = redactReply(reply.text)
  const { status } = reply
  if (status >= 300 && status < 400) return redirectError(reply, origin, details)
  if (status === 401) return firewallError('firewall-credential-rejected', { message: 'The firewall rejected the API key.', details, rawReply })
  if (status === 403) return privilegeError(endpoint, details, rawReply)
  const told = errorMessage(reply.text)
  if (status === 404)
    return told === null
      ? notThisApi(details, rawReply)
      : firewallError('firewall-not-reported', {
          message: 'This firewall has no such reading: its version is older or newer, or the plugin is not installed.',
          details,
          rawReply,
        })
  // The name in brackets is the internal one of the privilege "System: Deny config write" and is never translated.
  if (status === 500 && told?.includes('user-config-readonly')) {
    const nextStep = 'Take the privilege "System: Deny config write" from the user or its groups to allow changes.'
    return firewallError('firewall-read-only', {
      message: 'The user of this key may not change the configuration.',
      details: { ...details, privilege: 'System: Deny config write', nextStep },
      rawReply,
    })
  }
  if (status >= 500 && told === null) {
    return firewallError('firewall-busy', { message: 'The web server of the firewall is restarting or overloaded.', details, rawReply })
  }
  const message = told === null ? `The firewall did not accept the request (status ${status}).` : `The firewall reports: ${told}`
  return firewallError('firewall-reply-not-understood', { message, details, rawReply })
}

function privilegeError(endpoint: Endpoint, details: { path: string; status: number }, rawReply: string): AppError {
  const nextStep = `Give "${endpoint.privilege}" to the user or group on the firewall, then test again. If it is there, a group may allow it from other source networks only.`
  return firewallError('firewall-privilege-missing', {
    message: `The key lacks the privilege "${endpoint.privilege}".`,
    details: { ...details, privilege: endpoint.privilege, nextStep },
    rawReply,
  })
}

function redirectError(reply: OutboundReply, origin: string, details: { path: string; status: number }): AppError {
  const location = reply.headers['location'] ?? ''
  if (!URL.canParse(location, origin)) return notThisApi(details)
  const target = new URL(location, origin)
  if (target.origin === origin) return notThisApi(details)
  return firewallError('firewall-redirect', { message: `The firewall redirects to ${target.origin}.`, details: { ...details, location: target.origin } })
}

/** The firewall's own sentence in an error body, or null when the body is not its own JSON. */
function errorMessage(text: string): string | null {
  try {
    const json = parseReplyJson(text)
    if (typeof json !== 'object' || json === null || !('errorMessage' in json || 'message' in json)) return null
    const { errorMessage: own, message }: { errorMessage?: unknown; message?: unknown } = json
    const told = typeof own === 'string' ? own : message
    return typeof told === 'string' ? cleanText(redactReply(told)).slice(0, 300) : ''
  } catch {
    return null
  }
}
