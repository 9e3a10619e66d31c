import { AppError } from '@/lib/core/errors'
import { problemReply } from './problem'
import { requestSource } from '@/lib/auth/request-source'

/** Any other path of the API: a problem document like all others, not a page. */
export function unknownPath(request: Request): Response {
  const error = new AppError('not-found', 'There is no such address in the API.', { nextStep: 'GET /api/v1/openapi.json describes every one.' })
  return problemReply(error, requestSource(request.headers).requestId, { rawReply: false })
}
