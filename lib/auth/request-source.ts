import ipaddr from 'ipaddr.js'
import { environment } from '@/lib/core/env'
import type { RequestSource } from './actor'

/** Written by lib/http/preload.mjs from the socket; whatever a client sent under this name is gone by then. */
export const PEER_HEADER = 'x-palisade-peer'
const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/

function trustedProxies(): [ipaddr.IPv4 | ipaddr.IPv6, number][] {
  return environment()
    .PALISADE_TRUSTED_PROXIES.split(/[\s,]+/)
    .filter(Boolean)
    .map((text) => (text.includes('/') ? ipaddr.parseCIDR(text) : [ipaddr.parse(text), ipaddr.parse(text).kind() === 'ipv4' ? 32 : 128]))
}

const isTrusted = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return trustedProxies().some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits))
}

/**
 * The client's address: the socket's peer, unless that is a trusted proxy; then the last address of X-Forwarded-For that
 * is no trusted proxy. Everything a client claims by itself is ignored.
 */
export function clientAddress(headers: Headers): string | null {
  const peer = headers.get(PEER_HEADER)
  if (!peer || !ipaddr.isValid(peer)) return null
  const socket = ipaddr.process(peer).toString()
  if (!isTrusted(socket)) return socket
  const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
  for (const hop of forwarded.reverse()) {
    if (!ipaddr.isValid(hop)) break
    const address = ipaddr.process(hop).toString()
    if (!isTrusted(address)) return address
  }
  return socket
}

export function requestSource(headers: Headers): RequestSource {
  const given = headers.get('x-request-id')
  return { address: clientAddress(headers), requestId: given && REQUEST_ID.test(given) ? given : crypto.randomUUID(), userAgent: headers.get('user-agent') }
}
