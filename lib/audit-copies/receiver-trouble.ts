import 'server-only'
import { AppError, isFirewallError } from '@/lib/core/errors'
import { codeOf } from '@/lib/outbound/network-errors'

type Trouble = readonly [message: string, nextStep: string]
const OF_CODE: Readonly<Record<string, Trouble>> = {
  ECONNREFUSED: ['Nothing takes connections at this port.', 'Check the port, and that the receiver listens for TCP there.'],
  ENOTFOUND: ['The name of the receiver is not known.', 'Check the spelling, or enter its address.'],
  EHOSTUNREACH: ['There is no route to the receiver.', 'Check the network between Palisade and the receiver.'],
  ENETUNREACH: ['There is no route to the receiver.', 'Check the network between Palisade and the receiver.'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['What answers there does not speak TLS.', 'Check the port: many receivers take TLS at 6514 and plain TCP at 514 or 601.'],
}
const OF_ERROR: Readonly<Record<string, Trouble>> = {
  'firewall-unreachable': ['The receiver did not take everything.', 'It is sent again. Check that the receiver runs and speaks syslog over TCP, framed by counting octets.'],
  'firewall-timed-out': ['The receiver took the connection and did not read to its end.', 'It is sent again. Check that it closes a connection when the sender does.'],
  'firewall-address-forbidden': ['This address is not allowed: loopback, link-local and multicast addresses are refused.', 'Enter the address under which the receiver is reached over the network.'],
  'firewall-certificate-unknown': ['The certificate of the receiver is not one that a public authority vouches for.', 'Look at its certificate, compare it at the receiver, and trust exactly that one.'],
  'firewall-certificate-changed': ['The receiver shows another certificate than the trusted one. Nothing was sent.', 'Find out at the receiver whether it was renewed, then look at it again and trust the new one.'],
}

/** A failure on the way to a receiver, in its words; anything else comes back as it is. */
export function receiverTrouble(error: unknown): unknown {
  if (!(error instanceof AppError) || !isFirewallError(error.code)) return error
  const cause = error.cause instanceof Error ? error.cause.message : ''
  const [message, nextStep] = OF_CODE[cause] ?? OF_CODE[codeOf(error.cause)] ?? OF_ERROR[error.code] ?? [error.message, error.nextStep ?? 'Try again.']
  return error.code === 'firewall-address-forbidden' ? new AppError('invalid-input', message, { nextStep, issues: [{ field: 'host', message }] }) : new AppError('unavailable', message, { nextStep }, { cause: error })
}

/** The same as one sentence to store and show. */
export function troubleText(error: unknown): string {
  const known = receiverTrouble(error)
  return known instanceof AppError ? `${known.message} ${known.nextStep ?? ''}`.trim() : 'Something went wrong in Palisade. The log of the worker says what.'
}
