// One request to a v1 firewall: its header, its exact content type, and what each reply means (contract sections 2 to 4).
import type { z } from 'zod'
import type { ConnectOptions, IssuedToken } from '@/lib/adapters/adapter'
import { cleanText } from '@/lib/core/clean-text'
import { firewallError, type AppError, type ErrorDetails, type FirewallErrorCode } from '@/lib/core/errors'
import { redactReply } from '@/lib/outbound/redact'
import { parseReplyJson } from '@/lib/outbound/reply-json'
import type { CallClass, OutboundReply } from '@/lib/outbound/transport'
import { basicHeader, tokenHeader, unsupportedMethod } from './credential'
import { ACCESS_TOKEN, toAccessToken, type TokenPair } from './read-access-token'
import type { Endpoint } from './read-endpoints'
import { envelope, type Envelope } from './replies'

/** Compared as a whole and case-sensitively by the package; with JSON the query string would be ignored (contract section 2). */
export const FORM = 'application/x-www-form-urlencoded'
export const JSON_TYPE = 'application/json'

/** What is remembered per firewall. */
export const MEMORY = {
  /** `yes` once the API answered: from then on HTML means that the package is gone. */
  apiSeen: 'api-seen',
  apiVersion: 'api-version',
  readOnly: 'read-only',
  /** `yes` when access_token handed out a permanent pair: it is not asked again by itself. */
  tokenMode: 'token-mode',
} as const

export interface Caller {
  /** Fetches a JWT when the credential needs one; no request for the other methods. */
  signIn(signal: AbortSignal): Promise<void>
  get<S extends z.ZodType>(endpoint: Endpoint, schema: S, signal: AbortSignal): Promise<z.output<S>>
  /** POST of constants as JSON; the envelope of any accepted or refused-by-validation answer. Throws on 401 and 403. */
  post(endpoint: Endpoint, body: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<Envelope>
  /** The permanent pair that access_token handed out instead of a JWT, if it did. */
  exchangedPair(): TokenPair | null
  requestCount(): number
}

type Question = { path: string; privilege: string; method: 'GET' | 'POST'; apiSeen: boolean; readOnly: boolean }

export function openCaller(options: ConnectOptions): Caller {
  const { transport, credential, memory, tokens } = options
  let requests = 0
  let markedSeen = false
  let pair: TokenPair | null = null

  async function send(
    endpoint: { path: string; privilege: string; callClass: CallClass; lease: 'read' | 'write' | 'authentication' },
    authorization: string,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<Envelope> {
    requests += 1
    const method = body === undefined ? 'GET' : 'POST'
    const reply = await transport.send({
      method,
      path: endpoint.path,
      headers: { Authorization: authorization, 'Content-Type': body === undefined ? FORM : JSON_TYPE },
      ...(body !== undefined && { body }),
      callClass: endpoint.callClass,
      lease: endpoint.lease,
      carriesCredential: true,
      acceptRedirect: true,
      signal,
    })
    const answer = readEnvelope(reply)
    if (answer !== null && !markedSeen) {
      markedSeen = true
      if ((await memory.get(MEMORY.apiSeen)) !== 'yes') await memory.set(MEMORY.apiSeen, 'yes')
    }
    if (answer !== null && isAnswer(reply, answer, method)) return answer
    const question = {
      path: endpoint.path,
      privilege: endpoint.privilege,
      method,
      apiSeen: (await memory.get(MEMORY.apiSeen)) === 'yes',
      readOnly: (await memory.get(MEMORY.readOnly)) === 'yes',
    } as const
    throw failureOf(reply, answer, question, transport.origin)
  }

  async function issueToken(signal: AbortSignal): Promise<IssuedToken> {
    if (credential.method !== 'jwt') throw unsupportedMethod()
    if ((await memory.get(MEMORY.tokenMode)) === 'yes') throw tokenModeError()
    const answer = await send(ACCESS_TOKEN, basicHeader(credential.username, credential.password), '{}', signal)
    const access = toAccessToken(answer.data, options.now())
    if (access.kind === 'jwt') return access.issued
    // Each further call would make one more permanent token on the firewall.
    pair = access.pair
    await memory.set(MEMORY.tokenMode, 'yes')
    throw tokenModeError()
  }

  async function authorization(signal: AbortSignal): Promise<string> {
    if (credential.method === 'basic') return basicHeader(credential.username, credential.password)
    if (credential.method === 'token') return tokenHeader(credential.clientId, credential.clientToken)
    if (credential.method === 'jwt') return `Bearer ${(await tokens.get(() => issueToken(signal))).reveal()}`
    throw unsupportedMethod()
  }

  async function ask(endpoint: Endpoint, body: string | undefined, signal: AbortSignal): Promise<Envelope> {
    const header = await authorization(signal)
    try {
      return await send(endpoint, header, body, signal)
    } catch (error) {
      // A refused token is thrown away and the refusal passed on: asking for another one by itself could lock us out.
      if (credential.method === 'jwt' && isRejection(error)) await tokens.discard()
      throw error
    }
  }

  return {
    async signIn(signal) {
      await authorization(signal)
    },
    async get(endpoint, schema, signal) {
      const { data } = await ask(endpoint, undefined, signal)
      const parsed = schema.safeParse(data)
      if (parsed.success) return parsed.data
      const fields = parsed.error.issues.slice(0, 5).map((issue) => issue.path.map(String).join('.'))
      throw firewallError('firewall-reply-not-understood', { details: { path: endpoint.path, fields }, rawReply: redactReply(JSON.stringify(data) ?? '') })
    },
    post: (endpoint, body, signal) => ask(endpoint, JSON.stringify(body), signal),
    exchangedPair: () => pair,
    requestCount: () => requests,
  }
}

export const isRejection = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'firewall-credential-rejected'

/** null when the reply is not the JSON of this API. */
export function readEnvelope(reply: OutboundReply): Envelope | null {
  if (!/^\s*[{[]/.test(reply.text)) return null
  const parsed = envelope.safeParse(parseReplyJson(reply.text))
  return parsed.success ? parsed.data : null
}

/** `return` 14 = accepted in the background, 15 = accepted as a dry run; a POST may be refused by the validation of its input. */
function isAnswer(reply: OutboundReply, answer: Envelope, method: 'GET' | 'POST'): boolean {
  if (reply.status >= 200 && reply.status < 300) return answer.return === 0 || answer.return === 14 || answer.return === 15
  return method === 'POST' && reply.status === 400 && answer.return >= 1000
}

function failureOf(reply: OutboundReply, answer: Envelope | null, question: Question, origin: string): AppError {
  const raw = redactReply(reply.text)
  const fail = (code: FirewallErrorCode, message?: string, nextStep?: string, more: ErrorDetails = {}) =>
    firewallError(code, {
      ...(message !== undefined && { message }),
      details: {
        path: question.path,
        status: reply.status,
        ...(answer !== null && { returnCode: answer.return }),
        ...(nextStep !== undefined && { nextStep }),
        ...more,
      },
      ...(raw !== '' && { rawReply: raw }),
    })
  if (reply.status >= 300 && reply.status < 400) return redirectError(reply, origin, fail)
  if (answer === null) return notOurJson(reply, question, fail)
  if (answer.return === 9) return localModeError(fail)
  if (reply.status === 401 || answer.return === 3) return fail('firewall-credential-rejected', ...REJECTED)
  if (answer.return === 6) return fail('firewall-api-off', ...WRONG_INTERFACE)
  if (reply.status === 403 && question.method === 'POST' && question.readOnly) return fail('firewall-read-only')
  if (reply.status === 403) return fail('firewall-privilege-missing', ...privilegeWords(question), { privilege: question.privilege })
  const said = cleanText(answer.message).slice(0, 200)
  if (answer.return === 12)
    return fail(
      'firewall-not-reported',
      'The firewall lacks the add-on package that this reading needs.',
      'Install that package on the firewall if the reading is wanted.',
    )
  if (answer.return === 13)
    return fail('firewall-not-reported', 'The firewall could not reach its package repositories.', 'Check DNS and the internet access of the firewall itself.')
  if (answer.return === 5 || answer.return === 8) return fail('firewall-not-reported', `The API package does not know this pfSense version. It says: ${said}.`)
  return fail('firewall-reply-not-understood', `The firewall answered with an error. It says: ${said}.`)
}

type Fail = (code: FirewallErrorCode, message?: string, nextStep?: string, more?: ErrorDetails) => AppError

const REJECTED = [
  'The firewall rejected the credential.',
  'It takes one authentication mode at a time and never says which. Look under System, API which mode is set, choose that one here, and check that the user is enabled.',
] as const
const WRONG_INTERFACE = [
  'The API does not answer on the interface of this address.',
  'Allow that interface under System, API, or enter an address of the firewall on an allowed one.',
] as const

const privilegeWords = ({ privilege, method }: Question): [string, string] => [
  `The firewall refused this with 403: "${privilege}" is missing, or the address of Palisade is not on the access list of the API${method === 'POST' ? ', or the API is read-only' : ''}.`,
  `Add "${privilege}" to the group of the user under System, User Manager, look at the access list under System, API, then test again.`,
]

const localModeError = (fail: Fail): AppError =>
  fail(
    'firewall-credential-rejected',
    'The firewall makes no tokens: its API is in the mode Local Database.',
    'Choose "User and password" here, or set another mode under System, API.',
  )

const tokenModeError = (): AppError =>
  firewallError('firewall-credential-rejected', {
    message: 'The API of the firewall is in the mode API Token, so user and password no longer open it.',
    details: { nextStep: 'Test the credential again to exchange it for a token, or enter a token. Tokens made by mistake are revoked under System, API.' },
  })

/** Switched off, the API sends 302 to `/` with an empty body; any other target is a real redirect (contract section 2). */
function redirectError(reply: OutboundReply, origin: string, fail: Fail): AppError {
  const target = parseLocation(reply.headers.location, origin)
  if (target === null || (target.origin === origin && target.pathname === '/' && target.search === ''))
    return fail('firewall-api-off', undefined, 'Switch it on under System, API.')
  return fail('firewall-redirect', undefined, undefined, { location: target.origin })
}

export function parseLocation(location: string | undefined, origin: string): URL | null {
  if (location === undefined || location === '') return null
  return URL.canParse(location, origin) ? new URL(location, origin) : null
}

function notOurJson(reply: OutboundReply, question: Question, fail: Fail): AppError {
  const text = reply.text.trim()
  if (reply.status === 401) return fail('firewall-credential-rejected', ...REJECTED)
  if (text.includes('PHP ERROR'))
    return fail(
      'firewall-reply-not-understood',
      'The API on the firewall stopped with a PHP error.',
      'Look at the crash reporter of the firewall; an admin can open the reply here.',
    )
  if (reply.status === 504) return fail('firewall-timed-out', 'The web server of the firewall gave up waiting for the API.')
  if (reply.status === 502 || reply.status === 503) return fail('firewall-busy', 'The web server of the firewall is up, but the API behind it is not.')
  if (text.includes('"response_id"')) return fail('firewall-not-this-api', 'This firewall answers as pfSense REST API v2.', 'Choose that family.')
  if (text.startsWith('<') || reply.status === 404 || reply.status === 405) {
    return question.apiSeen ? fail('firewall-api-package-missing') : fail('firewall-not-this-api')
  }
  return fail('firewall-reply-not-understood', text === '' ? 'The firewall sent an empty reply.' : undefined)
}
