import 'server-only'
import { nobody, type Actor, type RateLeft } from '@/lib/auth/actor'
import { roleMay } from '@/lib/auth/roles'
import { AppError } from '@/lib/core/errors'
import { currentActor } from './current-actor'
import { Download } from '@/lib/lists/download'
import { EventStream } from '@/lib/live/event-stream'
import type { CallContext, Operation } from './operation'
import { requireSameOrigin } from './origin'
import { PRIVATE_HEADERS, problemReply } from './problem'
import { requestInput } from './request-input'
import { requestSource } from '@/lib/auth/request-source'

/** Next 16 gives a route without dynamic parts no parameters at all, whatever its types say. */
type RouteContext = { params: Promise<Record<string, string> | undefined> }
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/

function expectedRevision(spec: Operation, headers: Headers): number {
  if (!spec.ifMatch) return 0
  const given = headers.get('if-match')
  if (given === null) throw new AppError('precondition-required', 'This change needs to know which version you looked at.', { nextStep: 'Send the ETag you read in the header If-Match.' })
  const revision = /^"(\d{1,9})"$/.exec(given.trim())?.[1]
  if (revision === undefined) throw new AppError('stale', 'The header If-Match is not an ETag of this object.', { nextStep: 'Read it again and send its ETag.' })
  return Number(revision)
}

function idempotencyKey(spec: Operation, headers: Headers): string | null {
  const given = spec.creates ? headers.get('idempotency-key') : null
  if (given !== null && !IDEMPOTENCY_KEY.test(given)) throw new AppError('invalid-input', 'The header Idempotency-Key cannot be used.', { issues: [{ field: 'Idempotency-Key', message: 'Between 1 and 200 visible ASCII characters.' }] })
  return given
}

/** What a token has left in its window: the names of the current draft of the IETF, and those that most clients read. */
const rateHeaders = ({ limit, remaining, resetSeconds, windowSeconds }: RateLeft): Record<string, string> => ({
  'ratelimit-policy': `"token";q=${limit};w=${windowSeconds}`,
  ratelimit: `"token";r=${remaining};t=${resetSeconds}`,
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(resetSeconds),
})

function withRate(response: Response, actor: Actor | null, error?: unknown): Response {
  const rate = error instanceof AppError && error.rate !== undefined ? error.rate : actor?.kind === 'token' ? actor.rate : null
  if (rate) for (const [name, value] of Object.entries(rateHeaders(rate))) response.headers.set(name, value)
  return response
}

function reply(spec: Operation, value: unknown, requestId: string): Response {
  if (value instanceof Download) {
    return new Response(value.body, { headers: { ...PRIVATE_HEADERS, 'content-type': value.contentType, ...(value.fileName !== null && { 'content-disposition': `attachment; filename="${value.fileName}"` }), 'x-request-id': requestId } })
  }
  if (value instanceof EventStream) {
    // What compresses or buffers between us and the reader would hold events back.
    const headers = { ...PRIVATE_HEADERS, 'cache-control': 'no-store, private, no-transform', 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no', 'x-request-id': requestId }
    return new Response(value.body, { headers })
  }
  const etag = typeof value === 'object' && value !== null && 'etag' in value && typeof value.etag === 'string' ? value.etag : null
  return new Response(JSON.stringify(value), { status: spec.status, headers: { ...PRIVATE_HEADERS, 'content-type': 'application/json', 'x-request-id': requestId, ...(etag !== null && { etag }) } })
}

/** The error does not say whose firewall it was: who is less than an admin anywhere sees no raw reply at all. */
const maySeeRawReplies = (actor: Actor | null): boolean => actor !== null && actor.grants.length > 0 && actor.grants.every((grant) => roleMay(grant.role, 'firewall:raw'))

/** request → actor → parsed input → use case → JSON, with the one place that turns errors into problem documents. */
export function handle(spec: Operation) {
  return async (request: Request, routeContext: RouteContext): Promise<Response> => {
    const source = requestSource(request.headers)
    let actor: Actor | null = null
    try {
      if (spec.method !== 'get' && request.headers.get('authorization') === null) requireSameOrigin(request.headers)
      actor = spec.access === 'anyone' ? nobody(source) : await currentActor(request.headers, { mayOwe: spec.access === 'owing' })
      const revision = expectedRevision(spec, request.headers)
      const key = idempotencyKey(spec, request.headers)
      const { input, body } = await requestInput(spec, request, (await routeContext.params) ?? {})
      const context: CallContext = { expectedRevision: revision, create: { actorId: actor.id ?? 'nobody', route: spec.id, idempotencyKey: key, body }, lastEventId: request.headers.get('last-event-id'), signal: request.signal }
      return withRate(reply(spec, await spec.run(actor, input, context), source.requestId), actor)
    } catch (error) {
      return withRate(problemReply(error, source.requestId, { rawReply: maySeeRawReplies(actor) }), actor, error)
    }
  }
}
