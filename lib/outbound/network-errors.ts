import { AppError, firewallError } from '@/lib/core/errors'

/** How far a connection had come. */
export type Stage = 'resolve' | 'connect' | 'handshake' | 'exchange'

const UNTRUSTED: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'The certificate of the firewall has expired.',
  CERT_NOT_YET_VALID: 'The certificate of the firewall is not valid yet.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the firewall was issued for another name.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The firewall shows a certificate of its own, which no public authority vouches for.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of the firewall comes from an authority of its own, which is not a public one.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate of the firewall comes without the certificates of its authority.',
  UNABLE_TO_GET_ISSUER_CERT: 'The authority of the certificate is not known.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'The authority of the certificate is not known.',
}

const textOf = (error: unknown, name: 'code' | 'message'): string => {
  if (typeof error !== 'object' || error === null || !(name in error)) return ''
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? value : ''
}

/** The code of a Node or undici error, else its name. */
export const codeOf = (error: unknown): string => textOf(error, 'code') || (error instanceof Error ? error.name : 'unknown')

/** Only the code goes on: parser errors of undici carry raw bytes of the reply, which belong in no log. */
export const bareCause = (error: unknown): Error => new Error(codeOf(error))

/** A socket that was reset or closed under a request; with nothing received, the other side may never have seen it. */
export const isReset = (error: unknown): boolean => ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error))

/** Any failure on the way to a firewall as the AppError that says what happened there. An AppError comes back as it is. */
export function networkError(error: unknown, url: URL, stage: Stage): AppError {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  const cause = bareCause(error)
  const at = url.host
  const port = url.port || (url.protocol === 'http:' ? '80' : '443')
  const unreachable = (message: string, nextStep: string) => firewallError('firewall-unreachable', { message, details: { nextStep }, cause })

  if (code in UNTRUSTED || (stage === 'handshake' && /^(CERT_|UNABLE_TO_|INVALID_CA|PATH_LENGTH_|HOSTNAME_)/.test(code))) {
    return firewallError('firewall-certificate-unknown', { message: UNTRUSTED[code] ?? 'The certificate of the firewall does not verify.', cause })
  }
  if (code === 'ECONNREFUSED') return unreachable(`The firewall refuses connections at port ${port}.`, 'Check the port, and that the web GUI of the firewall listens there.')
  if (code === 'ENOTFOUND' || code === 'ENODATA') return unreachable(`The name ${url.hostname} is not known.`, 'Check the spelling, or enter the IP address.')
  if (code.startsWith('EAI_') || code === 'ESERVFAIL') return unreachable(`The name ${url.hostname} could not be looked up.`, 'Check that the name server of this machine answers, or enter the IP address.')
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'EHOSTDOWN' || code === 'ENETDOWN') return unreachable(`There is no route to ${url.hostname}.`, 'Check the VPN or the route from Palisade to this network.')
  if (code === 'ETIMEDOUT') return noAnswer(url, stage)
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return firewallError('firewall-reply-too-large', { message: 'The reply headers of the firewall were larger than 32 kB and were dropped.', cause })
  if (code === 'HTTPParserError' || (code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE')) return firewallError('firewall-reply-not-understood', { message: `What answers at ${at} does not speak HTTP.`, details: { nextStep: 'Check the port of the web GUI.' }, cause })
  if (stage === 'handshake') return handshakeError(code, error, url, cause)
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED' || code === 'ERR_STREAM_PREMATURE_CLOSE') return firewallError('firewall-busy', { message: 'The settings of this firewall changed during the call.', cause })
  if (code === 'UND_ERR_INVALID_ARG') return new AppError('invalid-input', 'The credential holds characters that cannot be sent to a firewall.', { nextStep: 'Enter it again without line breaks.' })
  if (isReset(error) || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' || code === 'HPE_INVALID_EOF_STATE') {
    return unreachable('The firewall closed the connection before its reply was complete.', 'It may be restarting, or its login protection may block Palisade. Try again in a few minutes.')
  }
  return firewallError('firewall-unreachable', { cause })
}

function handshakeError(code: string, error: unknown, url: URL, cause: Error): AppError {
  if (isReset(error)) {
    return firewallError('firewall-unreachable', {
      message: 'The firewall closed the connection before it was secured.',
      details: { nextStep: 'Its login protection or a rule may block the address of Palisade. Look there, then try again.' },
      cause,
    })
  }
  const isPlain = code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG' || textOf(error, 'message').includes('wrong version number')
  return firewallError('firewall-unreachable', {
    message: isPlain ? `What answers at ${url.host} does not speak TLS.` : `No secure connection to ${url.host} could be agreed on.`,
    details: { nextStep: isPlain ? 'Check the port. An address without TLS has to begin with http://.' : 'The firewall has to offer TLS 1.2 or newer.' },
    cause,
  })
}

/** The connection was not there within its deadline. */
export function noAnswer(url: URL, stage: Stage): AppError {
  if (stage === 'resolve') return firewallError('firewall-unreachable', { message: `The name ${url.hostname} could not be looked up in time.`, details: { nextStep: 'Check that the name server of this machine answers, or enter the IP address.' } })
  if (stage === 'connect') return firewallError('firewall-unreachable', { message: `Nothing answers at ${url.host}.`, details: { nextStep: 'Check that it is powered, that the address and port are right, and that a rule on it lets Palisade in.' } })
  return firewallError('firewall-timed-out', { message: 'The firewall accepted the connection and then said nothing.' })
}
