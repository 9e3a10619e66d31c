import dns from 'node:dns'
import net from 'node:net'
import tls from 'node:tls'
import { type AppError, firewallError } from '@/lib/core/errors'
import { isForbidden, isNotPublic, type Cidr } from './address-policy'
import { networkError, noAnswer, type Stage } from './network-errors'

export type Lookup = (name: string, done: (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void) => void

export type Security = {
  rejectUnauthorized: boolean
  /** Authorities instead of the public ones. */
  ca?: readonly string[]
  /** Looks at the connected socket before any byte of a request; what it returns ends the connection. */
  check(secure: tls.TLSSocket): AppError | null
}

export type Dial = {
  /** Only scheme, host and port are looked at. */
  url: URL
  allowedNetworks: readonly Cidr[]
  /** Denies private ranges too, whatever `allowedNetworks` says. */
  onlyPublic?: boolean
  /** Denies public addresses: what is said in clear stays on networks of one's own. */
  onlyPrivate?: boolean
  /** null = plain http. */
  tls: Security | null
  /** What TLS says that will be spoken; HTTP unless told. */
  protocols?: readonly string[]
  /** For name, connection and handshake together; 5 s unless told. */
  deadlineMs?: number
  /** Resolver; the system's unless told. */
  lookup?: Lookup
}

const CONNECT_DEADLINE_MS = 5_000
const systemLookup: Lookup = (name, done) => dns.lookup(name, { all: true }, done)
/** The name or address itself, without the brackets of an IPv6 address. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')
const portOf = ({ port, protocol }: URL): number => Number(port || (protocol === 'https:' ? 443 : 80))
const noop = (): void => undefined

/** Begins TLS on a connected socket; the caller listens. `host` is the name or address that a publicly trusted certificate has to carry. */
export function startTls(tcp: net.Socket, host: string, security: Security, protocols: readonly string[]): tls.TLSSocket {
  return tls.connect({
    socket: tcp,
    // Not sent.
    host,
    ...(net.isIP(host) ? {} : { servername: host }),
    ...(security.ca ? { ca: [...security.ca] } : {}),
    ...(protocols.length > 0 && { ALPNProtocols: [...protocols] }),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: security.rejectUnauthorized,
  })
}

/**
 * Opens a socket to a firewall: the one place that does. The name is resolved once, every address of it is checked, one
 * of them is dialled, and the connected address is checked again, so a name that changes its mind gains nothing.
 * `done` is called once, with an AppError or with a socket that is ready for the first byte and the time that TCP took to
 * connect, which is one round trip.
 */
export function dial({ url, allowedNetworks, onlyPublic = false, onlyPrivate = false, tls: security, protocols = ['http/1.1'], deadlineMs = CONNECT_DEADLINE_MS, lookup = systemLookup }: Dial, done: (error: AppError | null, socket: net.Socket | null, roundTripMs: number) => void): void {
  const host = hostOf(url)
  const denies = (address: string): boolean => (onlyPublic ? isNotPublic(address) : isForbidden(address, allowedNetworks)) || (onlyPrivate && !isNotPublic(address))
  let stage: Stage = net.isIP(host) ? 'connect' : 'resolve'
  let isOver = false
  let dialledAt = performance.now()
  let roundTripMs = 0
  let outer: net.Socket | null = null

  const finish = (error: unknown, socket: net.Socket | null = null): void => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    // The outer socket alone: destroying the TLS socket and the TCP socket below it crashes Node 20.
    if (error) outer?.destroy()
    done(error ? networkError(error, url, stage) : null, socket, roundTripMs)
  }
  const timer = setTimeout(() => finish(noAnswer(url, stage)), deadlineMs)

  // Literals never reach the resolver hook.
  if (net.isIP(host) && denies(host)) {
    queueMicrotask(() => finish(firewallError('firewall-address-forbidden')))
    return
  }
  const checkedLookup: net.LookupFunction = (name, options, answer) =>
    lookup(name, (error, addresses) => {
      const forbidden = !error && addresses.some(({ address }) => denies(address))
      const [first] = addresses ?? []
      if (error || !first) return answer(error ?? Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '')
      if (forbidden) return answer(firewallError('firewall-address-forbidden'), '')
      stage = 'connect'
      dialledAt = performance.now()
      if (options.all) answer(null, addresses)
      else answer(null, first.address, first.family)
    })

  const tcp = net.connect({ host, port: portOf(url), noDelay: true, keepAlive: true, lookup: checkedLookup })
  outer = tcp
  tcp.on('error', finish)
  tcp.once('connect', () => {
    if (isOver) return
    roundTripMs = performance.now() - dialledAt
    if (denies(tcp.remoteAddress ?? '')) return finish(firewallError('firewall-address-forbidden'))
    if (!security) {
      tcp.on('error', noop).removeListener('error', finish)
      return finish(null, tcp)
    }
    stage = 'handshake'
    const secure = startTls(tcp, host, security, protocols)
    outer = secure
    secure.on('error', finish)
    secure.once('close', () => finish(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
    secure.once('secureConnect', () => {
      if (isOver) return
      const refusal = security.check(secure)
      if (refusal) return finish(refusal)
      finish(null, secure)
    })
  })
}
