import type { X509Certificate } from 'node:crypto'
import { TLSSocket } from 'node:tls'
import { cleanText } from '@/lib/core/clean-text'
import { firewallError } from '@/lib/core/errors'
import type { Cidr } from './address-policy'
import { certificateSha256, peerCertificate, publicKeySha256 } from './certificate'
import { dial, type Lookup, type Security } from './dial'
import type { SeenCertificate } from './transport'

export type ProbeOptions = {
  allowedNetworks: readonly Cidr[]
  deadlineMs?: number
  lookup?: Lookup
  /** PEM certificates of authorities instead of the public ones. */
  certificateAuthorities?: readonly string[]
}

export type Probe = {
  certificate: SeenCertificate
  /** The address that answered. */
  remoteAddress: string
  /** The address Palisade came from, for the firewall's allow-list; a NAT in between may show another. */
  localAddress: string
  /** Name, connection and handshake together. */
  connectMs: number
}

/** Takes any certificate, to look at it: nothing may be sent on such a connection. */
export const LOOK_ONLY: Security = { rejectUnauthorized: false, check: () => null }

/** What the other side showed on a connected socket, which is ended. Throws firewall-certificate-unknown when it cannot be read. */
export function lookAndEnd(socket: TLSSocket): SeenCertificate {
  const certificate = peerCertificate(socket)
  const spkiSha256 = certificate && publicKeySha256(certificate)
  const { authorized } = socket
  socket.destroy()
  if (!certificate || spkiSha256 === null) throw firewallError('firewall-certificate-unknown', { message: 'The firewall shows no certificate that can be read.', details: { nextStep: 'Give its web GUI an RSA or ECDSA certificate.' } })
  return describe(certificate, spkiSha256, authorized)
}

/**
 * Reads the certificate of an https:// origin by a handshake alone: no request, no credential. With that of a mail server
 * the only place, beside the pinned connector, that accepts a certificate nobody vouches for; the connection ends before
 * any byte is sent. Throws the AppErrors of an unreachable firewall.
 */
export function readCertificate(origin: string, options: ProbeOptions): Promise<Probe> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const { certificateAuthorities: ca, ...rest } = options
    dial({ url: new URL(origin), ...rest, tls: { ...LOOK_ONLY, ...(ca && { ca }) } }, (error, socket) => {
      if (error || !(socket instanceof TLSSocket)) return reject(error ?? firewallError('firewall-unreachable'))
      const { remoteAddress = '', localAddress = '' } = socket
      try {
        resolve({ certificate: lookAndEnd(socket), remoteAddress, localAddress, connectMs: performance.now() - startedAt })
      } catch (failure) {
        reject(failure)
      }
    })
  })
}

const oneLine = (name: string): string => cleanText(name).split('\n').reverse().join(', ').slice(0, 300)

/** OpenSSL's text as ISO; the text itself when it is no date. */
const isoTime = (text: string): string => (Number.isNaN(Date.parse(text)) ? cleanText(text) : new Date(text).toISOString())

function describe(certificate: X509Certificate, spkiSha256: string, publiclyTrusted: boolean): SeenCertificate {
  return {
    sha256: certificateSha256(certificate),
    spkiSha256,
    subject: oneLine(certificate.subject ?? ''),
    issuer: oneLine(certificate.issuer ?? ''),
    selfSigned: certificate.checkIssued(certificate),
    validFrom: isoTime(certificate.validFrom),
    validTo: isoTime(certificate.validTo),
    keyType: keyTypeOf(certificate),
    publiclyTrusted,
  }
}

const CURVES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }

function keyTypeOf({ publicKey }: X509Certificate): string {
  const { modulusLength, namedCurve = '' } = publicKey.asymmetricKeyDetails ?? {}
  if (publicKey.asymmetricKeyType === 'rsa') return `RSA ${modulusLength ?? ''}`.trim()
  if (publicKey.asymmetricKeyType === 'ec') return `ECDSA ${CURVES[namedCurve] ?? namedCurve}`.trim()
  return publicKey.asymmetricKeyType ?? 'unknown'
}
