import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'
import { type AppError, firewallError } from '@/lib/core/errors'
import type { Cidr } from './address-policy'
import { certificateSha256, peerCertificate, publicKeySha256 } from './certificate'
import { dial, type Lookup, type Security } from './dial'
import type { Trust } from './trust'

/** All that decides where a connection goes and whom it trusts. */
export type Way = {
  url: URL
  trust: Trust
  allowedNetworks: readonly Cidr[]
  /** Denies private ranges too. */
  onlyPublic?: boolean
  /** Denies public addresses. */
  onlyPrivate?: boolean
  lookup?: Lookup
  certificateAuthorities?: readonly string[]
  connectDeadlineMs?: number
}

/** null when the certificate on this connection is the pinned one. */
function pinRefusal(pin: Extract<Trust, { mode: 'pin' }>, seen: ReturnType<typeof peerCertificate>): AppError | null {
  if (!seen) return firewallError('firewall-certificate-unknown', { message: 'The firewall shows no certificate.' })
  const seenSha256 = certificateSha256(seen)
  if (seenSha256 === pin.sha256) return null
  const sameKey = pin.spkiSha256 !== null && publicKeySha256(seen) === pin.spkiSha256
  return firewallError('firewall-certificate-changed', {
    ...(sameKey && { message: 'The certificate of the firewall was renewed with the same key. All calls are stopped until a person confirms it.' }),
    details: { seenSha256, sameKey },
  })
}

/** How TLS is checked for a trust; null for none. */
export function securityOf({ trust, certificateAuthorities }: Pick<Way, 'trust' | 'certificateAuthorities'>): Security | null {
  if (trust.mode === 'plain-http') return null
  if (trust.mode === 'public-ca') return { rejectUnauthorized: true, check: () => null, ...(certificateAuthorities && { ca: certificateAuthorities }) }
  // With a pin the certificate itself is compared, on every connection and before the first byte of a request: that is
  // stricter than any chain. No session is ever resumed, because a resumed one shows no certificate.
  return { rejectUnauthorized: false, check: (secure) => pinRefusal(trust, peerCertificate(secure)) }
}

/** A connector for undici that goes this way and no other; `opened` sees each new socket and its round trip. */
export function connectorOf(way: Way, opened: (socket: Socket, roundTripMs: number) => void): buildConnector.connector {
  return (_options, done) => {
    const security = securityOf(way)
    dial(
      {
        url: way.url,
        allowedNetworks: way.allowedNetworks,
        ...(way.onlyPublic && { onlyPublic: true }),
        ...(way.onlyPrivate && { onlyPrivate: true }),
        tls: security,
        ...(way.lookup && { lookup: way.lookup }),
        ...(way.connectDeadlineMs !== undefined && { deadlineMs: way.connectDeadlineMs }),
      },
      (error, socket, roundTripMs) => {
        if (error || !socket) return done(error ?? firewallError('firewall-unreachable'), null)
        opened(socket, roundTripMs)
        done(null, socket)
      },
    )
  }
}
