// One HTTPS request with exactly the headers given: what the tests of the simulator ask with.
import { Agent, request as httpsRequest } from 'node:https'

export type RawReply = { status: number; headers: Record<string, string>; body: string }
export type RawRequest = { method: string; target: string; headers?: Record<string, string>; body?: string | null; agent?: Agent }

const noKeepAlive = new Agent({ keepAlive: false, rejectUnauthorized: false })

/** The certificate is not looked at: the firewall is our own, on loopback. Rejects when the connection fails. */
export function sendRaw(baseUrl: string, { method, target, headers = {}, body = null, agent = noKeepAlive }: RawRequest): Promise<RawReply> {
  return new Promise((done, failed) => {
    const outgoing = httpsRequest(`${baseUrl}${target}`, { method, headers, agent, rejectUnauthorized: false }, (incoming) => {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.on('error', failed)
      incoming.on('end', () => {
        const received = Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])
        done({ status: incoming.statusCode ?? 0, headers: Object.fromEntries(received), body: Buffer.concat(parts).toString('utf8') })
      })
    })
    outgoing.on('error', failed)
    const names = Object.keys(headers).map((name) => name.toLowerCase())
    if (method === 'POST' && body === null && !names.includes('content-length') && !names.includes('content-type')) {
      // Without a body and without being told, no length goes out: servers answer to that, too.
      outgoing.removeHeader('Content-Length')
      outgoing.removeHeader('Transfer-Encoding')
    }
    // A GET with a body needs its length said, else the server takes the body for the next request.
    if (body !== null && !names.includes('content-length')) outgoing.setHeader('Content-Length', Buffer.byteLength(body))
    outgoing.end(body ?? undefined)
  })
}

export const basic = (name: string, password: string) => ({ Authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` })
