import { Client, type Dispatcher } from 'undici'
import { firewallError } from '@/lib/core/errors'
import type { Cidr } from './address-policy'
import { connectorOf, type Way } from './connector'
import { startDeadline } from './deadline'
import type { Lookup } from './dial'
import { networkError } from './network-errors'

const DEADLINE_MS = 10_000
/** For the words behind a status, which decide nothing. */
const WORDS_DEADLINE_MS = 1_500
const REPLY_BYTES_MAX = 64 * 1024
const HEADER_BYTES_MAX = 32 * 1024

export type Post = {
  /** http:// only to private addresses, where it was confirmed; https:// is always verified against the public authorities. */
  url: string
  headers: Readonly<Record<string, string>>
  body: string
  allowedNetworks: readonly Cidr[]
  /** Denies private ranges whatever `allowedNetworks` says. */
  onlyPublic: boolean
  signal: AbortSignal
  lookup?: Lookup
  certificateAuthorities?: readonly string[]
  /** For all of it; 10 s unless told. */
  deadlineMs?: number
}

/** `location`: the origin that a redirect points to. `text`: the beginning of the answer, at most 64 kB, empty when it broke off. */
export type PostReply = { status: number; headers: Readonly<Record<string, string>>; text: string; location: string | null }

/**
 * Posts once on a connection of its own, and follows no redirect. A status is an answer, whatever becomes of the body
 * behind it: with it the other side has taken the message or refused it. Without one it throws the AppErrors of an
 * unreachable, forbidden or untrusted address; nobody knows then whether the message was taken.
 */
export async function post(asked: Post): Promise<PostReply> {
  const url = new URL(asked.url)
  const way: Way = {
    url,
    trust: { mode: url.protocol === 'http:' ? 'plain-http' : 'public-ca' },
    allowedNetworks: asked.allowedNetworks,
    ...(asked.onlyPublic && { onlyPublic: true }),
    ...(url.protocol === 'http:' && { onlyPrivate: true }),
    ...(asked.lookup && { lookup: asked.lookup }),
    ...(asked.certificateAuthorities && { certificateAuthorities: asked.certificateAuthorities }),
  }
  const deadline = startDeadline(asked.deadlineMs ?? DEADLINE_MS, asked.signal)
  const client = new Client(url.origin, { connect: connectorOf(way, () => undefined), pipelining: 1, maxHeaderSize: HEADER_BYTES_MAX })
  try {
    const response = await deadline.race(
      client.request({ method: 'POST', path: `${url.pathname}${url.search}`, headers: { ...asked.headers, 'user-agent': 'Palisade', 'accept-encoding': 'identity' }, body: asked.body, signal: deadline.signal }),
    )
    response.body.on('error', () => undefined)
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : (value ?? '')]))
    const words = setTimeout(() => response.body.destroy(), WORDS_DEADLINE_MS)
    const text = await deadline.race(beginningOf(response.body)).catch(() => '')
    clearTimeout(words)
    return { status: response.statusCode, headers, text, location: originOf(headers['location'], url) }
  } catch (error) {
    throw deadline.ended() ?? networkError(error, url, 'exchange')
  } finally {
    deadline.clear()
    // Nobody waits for what is left of an answer.
    await client.destroy().catch(() => undefined)
  }
}

async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of body) {
    if (!Buffer.isBuffer(piece)) throw firewallError('firewall-reply-not-understood')
    bytes += piece.length
    pieces.push(piece)
    if (bytes >= REPLY_BYTES_MAX) break
  }
  return new TextDecoder().decode(Buffer.concat(pieces).subarray(0, REPLY_BYTES_MAX))
}

const originOf = (location: string | undefined, base: URL): string | null => (location !== undefined && URL.canParse(location, base.origin) ? new URL(location, base.origin).origin : null)
