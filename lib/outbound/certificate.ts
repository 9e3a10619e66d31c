import { createHash, X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'

const sha256Hex = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** The certificate that the other side showed in this handshake; null when it showed none. Never resumed sessions: they show none. */
export function peerCertificate(secure: TLSSocket): X509Certificate | null {
  const raw: Buffer | undefined = secure.getPeerCertificate(false).raw
  return raw ? new X509Certificate(raw) : null
}

/** SHA-256 of the DER certificate, lower-case hex. */
export const certificateSha256 = (certificate: X509Certificate): string => sha256Hex(certificate.raw)

/** SHA-256 of the public key (SPKI), lower-case hex; null when the key is of a kind that OpenSSL does not know. */
export function publicKeySha256(certificate: X509Certificate): string | null {
  try {
    return sha256Hex(certificate.publicKey.export({ type: 'spki', format: 'der' }))
  } catch {
    return null
  }
}
