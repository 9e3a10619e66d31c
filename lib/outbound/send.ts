import { type AppError, firewallError } from '@/lib/core/errors'
import type { Cidr } from './address-policy'
import type { Way } from './connector'
import { startDeadline, type Deadline } from './deadline'
import type { Lookup } from './dial'
import { firstReplyOf, type FirstReply } from './first-reply'
import type { Authentications, Gate } from './limits'
import { isReset, networkError } from './network-errors'
import { poolFor, withLane, type Lane, type Pool } from './pools'
import { readReplyBytes, readReplyText } from './reply-body'
import { CALL_CLASSES, type CallClass, type OutboundReply, type OutboundRequest, type Transport } from './transport'
import type { Trust } from './trust'

export type { Trust }

type Sent = OutboundRequest & { acceptRedirect?: boolean }
type Limits = { deadlineMs: number; replyBytesMax: number }

export type TransportOptions = {
  /** Connections are kept per key: the firewall's id, or any other text for one that is not enrolled yet. */
  firewallKey: string
  /** scheme://host[:port]; a path is ignored. */
  origin: string
  /** `plain-http` means that a person confirmed it, or that no call carries a credential. */
  trust: Trust
  allowedNetworks: readonly Cidr[]
  gate: Gate
  authentications: Authentications
  /** Other deadlines and caps than CALL_CLASSES. */
  callClasses?: Readonly<Record<CallClass, Limits>>
  /** For name, connection and handshake together; 5 s unless told. */
  connectDeadlineMs?: number
  /** Another resolver than the system's. */
  lookup?: Lookup
  /** Told once, with the first reply. */
  onFirstReply?: (seen: FirstReply) => void
  /** PEM certificates of authorities instead of the public ones. */
  certificateAuthorities?: readonly string[]
}

/** Opens the one way to a firewall; nothing is connected before the first call. See `Transport` for what `send` throws. */
export function openTransport(options: TransportOptions): Transport {
  const url = new URL(options.origin)
  const { callClasses = CALL_CLASSES, authentications } = options
  const way: Way = {
    url,
    trust: options.trust,
    allowedNetworks: options.allowedNetworks,
    ...(options.lookup && { lookup: options.lookup }),
    ...(options.certificateAuthorities && { certificateAuthorities: options.certificateAuthorities }),
    ...(options.connectDeadlineMs !== undefined && { connectDeadlineMs: options.connectDeadlineMs }),
  }
  let isAcceptanceTold = false
  let tellFirst = options.onFirstReply

  const judge = async (pool: Pool, status: number): Promise<void> => {
    if (status === 401) {
      pool.isProven = false
      pool.refusals += 1
      isAcceptanceTold = false
      await authentications.failed()
    } else if (status >= 200 && status < 300) {
      pool.isProven = true
      if (isAcceptanceTold) return
      isAcceptanceTold = true
      await authentications.succeeded()
    }
  }

  const attempt = async (pool: Pool, request: Sent, limits: Limits, deadline: Deadline): Promise<OutboundReply> => {
    if (request.carriesCredential) await authentications.beforeSend()
    const reply = await withLane(options.firewallKey, way, pool, async (lane) => {
      const received = await exchange(lane, url, request, limits.replyBytesMax, deadline)
      tellFirst?.(firstReplyOf(lane, received, Date.now()))
      tellFirst = undefined
      return received
    })
    if (request.carriesCredential) await judge(pool, reply.status)
    return reply
  }

  return {
    origin: url.origin,
    async send(request) {
      refuseUnfitTrust(url, options.trust)
      const limits = callClasses[request.callClass]
      const act = async (): Promise<OutboundReply> => {
        const deadline = startDeadline(limits.deadlineMs, request.signal)
        try {
          const pool = poolFor(options.firewallKey, way)
          if (!request.carriesCredential) return await attempt(pool, request, limits, deadline)
          return await onceProven(pool, deadline, () => attempt(pool, request, limits, deadline))
        } finally {
          deadline.clear()
        }
      }
      return options.gate.hold(request.lease, request.signal, act)
    },
  }
}

/** A pin says nothing about http://, and nothing goes to https:// without a look at the certificate. */
function refuseUnfitTrust(url: URL, trust: Trust): void {
  if ((url.protocol === 'http:') === (trust.mode === 'plain-http')) return
  throw firewallError('firewall-certificate-unknown', { message: 'The trust of this firewall does not fit its address.', details: { nextStep: 'Set up the trust again in the settings of the firewall.' } })
}

/**
 * Until a credential was accepted on these connections, calls that carry one go one at a time: two parallel reads with a
 * revoked key would be two failed authentications, and login protection counts them.
 */
async function onceProven<T>(pool: Pool, deadline: Deadline, act: () => Promise<T>): Promise<T> {
  const refusals = pool.refusals
  while (!pool.isProven && pool.proving) await deadline.race(pool.proving)
  if (pool.refusals !== refusals) throw firewallError('firewall-credential-rejected', { message: 'The firewall rejected the credential of the call before this one, so this one was not sent.' })
  if (pool.isProven) return act()
  const attempt = act()
  const settled = attempt.then(
    () => undefined,
    () => undefined,
  )
  pool.proving = settled
  try {
    return await attempt
  } finally {
    if (pool.proving === settled) pool.proving = null
  }
}

/** One request and its reply; once again only for a read whose reused connection was reset before anything came back. */
async function exchange(lane: Lane, url: URL, request: Sent, replyBytesMax: number, deadline: Deadline): Promise<OutboundReply> {
  const startedAt = performance.now()
  // What is never sent twice gets a new connection: one that is kept may be closing at this very moment, as after the 15
  // requests that one family allows, and nobody could tell then whether the call was carried out.
  const isRead = request.method === 'GET' || request.onlyReads === true
  if (!isRead && lane.repliesOnSocket > 0) lane.socket?.destroy()
  for (let isRetry = false; ; isRetry = true) {
    const receivedBefore = lane.socket?.bytesRead ?? 0
    try {
      const reply = await once(lane, url, request, replyBytesMax, deadline)
      return { ...reply, durationMs: performance.now() - startedAt }
    } catch (error) {
      const ended = deadline.ended()
      if (ended) throw ended
      const isReused = lane.repliesOnSocket > 0
      const isUntouched = lane.socket !== null && lane.socket.bytesRead === receivedBefore
      if (!isRetry && isRead && isReused && isUntouched && isReset(error)) continue
      throw networkError(error, url, 'exchange')
    }
  }
}

async function once(lane: Lane, url: URL, request: Sent, replyBytesMax: number, deadline: Deadline): Promise<Omit<OutboundReply, 'durationMs'>> {
  const response = await lane.client.request({
    method: request.method,
    path: request.path,
    headers: { ...request.headers, 'accept-encoding': 'gzip', 'user-agent': 'Palisade' },
    ...(request.body !== undefined && { body: request.body }),
    signal: deadline.signal,
  })
  const { statusCode: status, body } = response
  const headers: Record<string, string> = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : (value ?? '')]))
  // A refused reply still throws from its body later, when the connection is cut; nobody waits for it then.
  body.on('error', () => undefined)
  if (status >= 300 && status < 400 && !request.acceptRedirect) {
    body.destroy()
    throw redirectError(url, status, headers.location)
  }
  if (request.wantsBytes === true && status === 200) {
    const bytes = await deadline.race(readReplyBytes(body, headers, replyBytesMax))
    lane.repliesOnSocket += 1
    return { status, headers, text: '', bytes }
  }
  const text = await deadline.race(readReplyText(body, headers, replyBytesMax))
  lane.repliesOnSocket += 1
  return { status, headers, text }
}

/** Names the origin of the target alone: its path and query are the firewall's words and may hold a session. */
function redirectError(url: URL, status: number, location: string | undefined): AppError {
  const target = location !== undefined && URL.canParse(location, url.origin) ? new URL(location, url.origin) : null
  const isElsewhere = target !== null && /^https?:$/.test(target.protocol) && target.origin !== url.origin
  return firewallError('firewall-redirect', {
    ...(isElsewhere
      ? { message: `The firewall redirects to ${target.origin}.` }
      : { message: 'The firewall redirects to another page of its own, which the API never does.' }),
    details: { status, ...(target && /^https?:$/.test(target.protocol) && { location: target.origin }), ...(!isElsewhere && { nextStep: 'Check the family, and that the API is installed and switched on.' }) },
  })
}
