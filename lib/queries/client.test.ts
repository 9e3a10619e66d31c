import { afterEach, expect, it, vi } from 'vitest'
import { ApiError, apiGet, apiSend, queryString } from './client'

afterEach(() => vi.unstubAllGlobals())

function answer(body: string, status = 200) {
  const seen: { url: string; init: RequestInit }[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    seen.push({ url, init })
    return new Response(status === 204 ? null : body, { status })
  })
  return seen
}

const failure = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ApiError)) throw new Error('no ApiError was thrown')
  return error
}

it('leaves empty conditions out of the query', () => {
  expect(queryString({ a: 1, b: '', c: undefined, d: null, e: false, f: 'x y' })).toBe('?a=1&e=false&f=x+y')
  expect(queryString({})).toBe('')
})

it('sends the etag and the idempotency key', async () => {
  const seen = answer('{"id":"1"}')
  expect(await apiSend('PATCH', '/customers/1', { body: { name: 'x' }, etag: '"3"', idempotencyKey: 'k' })).toEqual({ id: '1' })
  expect(seen[0]?.url).toBe('/api/v1/customers/1')
  expect(seen[0]?.init).toMatchObject({
    method: 'PATCH',
    body: '{"name":"x"}',
    headers: { 'content-type': 'application/json', 'if-match': '"3"', 'idempotency-key': 'k' },
  })
})

it('gives undefined for a reply without a body', async () => {
  answer('', 204)
  expect(await apiSend('DELETE', '/customers/1')).toBeUndefined()
})

it('reads a problem document whole', async () => {
  answer(
    JSON.stringify({
      type: 't',
      title: 'The key was rejected.',
      status: 502,
      code: 'firewall-credential-rejected',
      nextStep: 'Enter a new one.',
      issues: [{ field: 'key', message: 'wrong' }, 'junk'],
      requestId: 'r1',
      rawReply: '<html>',
      triesLeft: 1,
    }),
    502,
  )
  const error = await failure(apiGet('/firewalls'))
  expect(error).toMatchObject({
    code: 'firewall-credential-rejected',
    title: 'The key was rejected.',
    nextStep: 'Enter a new one.',
    requestId: 'r1',
    rawReply: '<html>',
    status: 502,
    details: { triesLeft: 1 },
  })
  expect(error.issues).toEqual([{ field: 'key', message: 'wrong' }])
  expect(error.issueOf('key')).toBe('wrong')
  expect(error.issueOf('name')).toBeUndefined()
})

it.each(['<html>gateway</html>', '[]', ''])('has words for a failure that is no problem document: %j', async (body) => {
  answer(body, 502)
  expect(await failure(apiGet('/me'))).toMatchObject({ code: 'internal', status: 502, title: 'Palisade answered with status 502.' })
})

it('says that Palisade does not answer', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')))
  expect(await failure(apiGet('/me'))).toMatchObject({ code: 'unavailable', status: 0 })
})

it('leaves an aborted call an abort', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new DOMException('gone', 'AbortError')))
  const stop = new AbortController()
  stop.abort()
  await expect(apiGet('/me', stop.signal)).rejects.toMatchObject({ name: 'AbortError' })
})
