// A request as it is written, without the cleaning that browsers and fetch do to addresses and headers.
import http from 'node:http'

export type RawAnswer = { status: number; headers: http.IncomingHttpHeaders; text: string }
export type RawRequest = { method?: string; path: string; headers?: Record<string, string>; body?: string }

export const rawRequest = (url: string, { method = 'GET', path, headers = {}, body }: RawRequest): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const sent = http.request({ hostname, port, method, path, agent: false, headers: { ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }), ...headers } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString('utf8') }))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })

/** The address with the framework's hash of the headers, to which a request for a payload is sent before it is answered. */
export function withHash(location: string | undefined): string | null {
  return location !== undefined && /^\/(?!\/).*[?&]_rsc(=|&|$)/.test(location) ? location : null
}

/** The same, and once more at the address with the hash, if that is the answer. */
export async function askPayload(url: string, request: RawRequest): Promise<RawAnswer> {
  const answer = await rawRequest(url, request)
  const path = answer.status === 307 ? withHash(answer.headers.location) : null
  return path === null ? answer : rawRequest(url, { ...request, path })
}

/** Runs over all items, some at once, in their order. */
export async function inTurns<T>(items: readonly T[], atOnce: number, act: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item)
    }),
  )
}
