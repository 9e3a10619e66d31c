// The one way from a page to the API. Browser-safe.
import { ApiError } from '@/lib/core/api-error'
import type { FieldIssue } from '@/lib/core/errors'
import { proveFor } from './step-up'

export { ApiError }

const PATH = '/api/v1'
type Method = 'POST' | 'PATCH' | 'PUT' | 'DELETE'
type SendOptions = { body?: unknown; etag?: string; idempotencyKey?: string; signal?: AbortSignal }
type QueryValue = string | number | boolean | null | undefined

/** `?a=1&b=x`; empty conditions are left out. */
export function queryString(conditions: Record<string, QueryValue>): string {
  const pairs = Object.entries(conditions).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`
}

/** Reads `/api/v1<path>`. Throws ApiError. */
export const apiGet = <T>(path: string, signal?: AbortSignal): Promise<T> => call<T>(path, { method: 'GET', ...(signal && { signal }) })

/**
 * Sends JSON to `/api/v1<path>`; `etag` becomes If-Match. A reply without a body gives undefined. Where a fresh proof of
 * the person is wanted, it is asked for and the very same request is sent again. Throws ApiError.
 */
export async function apiSend<T>(method: Method, path: string, { body, etag, idempotencyKey, signal }: SendOptions = {}): Promise<T> {
  const init: RequestInit = {
    method,
    body: JSON.stringify(body ?? {}),
    headers: {
      'content-type': 'application/json',
      ...(etag !== undefined && { 'if-match': etag }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(signal && { signal }),
  }
  return withProof(() => call<T>(path, init))
}

/** Runs a call, again once the fresh proof that it wants was given. */
async function withProof<T>(run: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'step-up-required' || !(await proveFor(error))) throw error
    }
  }
}

/** Opens a stream of server-sent events, after the event `lastEventId` if that is given. Throws ApiError when it is refused. */
export async function apiStream(path: string, lastEventId: string | null, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const response = await reach(path, { signal, cache: 'no-store', headers: { accept: 'text/event-stream', ...(lastEventId !== null && { 'last-event-id': lastEventId }) } })
  if (!response.ok || !response.body) throw problemOf(response.status, await response.text())
  return response.body
}

/** Sends JSON and gives the file that comes back, with the name the server gave it; asks for a fresh proof like `apiSend`. Throws ApiError. */
export const apiDownload = (path: string, body: unknown): Promise<{ file: Blob; name: string }> =>
  withProof(async () => {
    const response = await reach(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
    if (!response.ok) throw problemOf(response.status, await response.text())
    return { file: await response.blob(), name: /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'palisade' }
  })

async function call<T>(path: string, init: RequestInit): Promise<T> {
  const response = await reach(path, init)
  const text = await response.text()
  if (!response.ok) throw problemOf(response.status, text)
  const value: T = text === '' ? undefined : JSON.parse(text)
  return value
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(PATH + path, { credentials: 'same-origin', ...init, headers: { accept: 'application/json', ...init.headers } })
  } catch (error) {
    if (init.signal?.aborted === true) throw error
    throw new ApiError({
      ...NO_DETAILS,
      code: 'unavailable',
      status: 0,
      title: 'Palisade does not answer.',
      nextStep: 'Check your connection to it, then try again.',
    })
  }
}

const NO_DETAILS = { detail: null, nextStep: null, issues: [], requestId: null, rawReply: null, details: {} }

function problemOf(status: number, text: string): ApiError {
  const fallback = { ...NO_DETAILS, code: 'internal', status, title: `Palisade answered with status ${status}.`, nextStep: 'Try again in a moment.' }
  const document = parseObject(text)
  if (!document) return new ApiError(fallback)
  const { code, title, detail, nextStep, issues, requestId, rawReply, type: _type, status: _status, ...details } = document
  return new ApiError({
    code: textOr(code, fallback.code),
    title: textOr(title, fallback.title),
    detail: textOr(detail, null),
    nextStep: textOr(nextStep, null),
    issues: Array.isArray(issues) ? issues.filter(isIssue) : [],
    requestId: textOr(requestId, null),
    rawReply: textOr(rawReply, null),
    status,
    details,
  })
}

const textOr = <F extends string | null>(value: unknown, fallback: F): string | F => (typeof value === 'string' ? value : fallback)
const isIssue = (value: unknown): value is FieldIssue =>
  typeof value === 'object' && value !== null && 'field' in value && typeof value.field === 'string' && 'message' in value && typeof value.message === 'string'

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
