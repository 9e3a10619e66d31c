import { AppError, HTTP_STATUS } from '@/lib/core/errors'
import { log } from '@/lib/core/log'

/** Never cached, never shared: everything behind sign-in. */
export const PRIVATE_HEADERS = { 'cache-control': 'no-store, private', vary: 'cookie, authorization', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' } as const

/** RFC 9457 problem document. The redacted reply of a firewall goes only to who may see it. */
export function problemReply(error: unknown, requestId: string, { rawReply }: { rawReply: boolean }): Response {
  if (!(error instanceof AppError)) log().error({ requestId, err: error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : 'unknown' }, 'unexpected failure')
  const known = error instanceof AppError ? error : new AppError('internal', 'Something went wrong in Palisade.', { nextStep: 'Try again. If it stays, an admin finds the request id in the log.' })
  const status = HTTP_STATUS[known.code]
  const { nextStep: _nextStep, retryAfterSeconds, ...details } = known.details
  const body = {
    type: `urn:palisade:problem:${known.code}`,
    title: known.message,
    status,
    code: known.code,
    ...(known.nextStep !== undefined && { nextStep: known.nextStep }),
    ...details,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    requestId,
    ...(rawReply && known.rawReply !== undefined && { rawReply: known.rawReply }),
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...PRIVATE_HEADERS, 'content-type': 'application/problem+json', 'x-request-id': requestId, ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }) },
  })
}
