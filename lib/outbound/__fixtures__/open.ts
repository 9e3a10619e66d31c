import { randomUUID } from 'node:crypto'
import { AppError } from '@/lib/core/errors'
import { parseNetworks } from '../address-policy'
import type { Authentications, Gate } from '../limits'
import { openTransport, type TransportOptions } from '../send'
import { CALL_CLASSES, type OutboundReply, type OutboundRequest, type Transport } from '../transport'
import type { FirewallServer } from './firewall-server'

export const LOOPBACK = parseNetworks('127.0.0.0/8')
/** No limits: these tests are about the wire. */
export const openGate: Gate = { hold: (_lease, _signal, act) => act() }
export const SHORT_MS = 400
const short = <T extends { deadlineMs: number }>(limits: T) => ({ ...limits, deadlineMs: SHORT_MS })
/** The caps of the real classes under short deadlines. */
export const SHORT_CLASSES = { probe: short(CALL_CLASSES.probe), read: short(CALL_CLASSES.read), list: short(CALL_CLASSES.list), configuration: short(CALL_CLASSES.configuration), command: short(CALL_CLASSES.command) }

export const recordedAuthentications = () => {
  const seen = { before: 0, failed: 0, succeeded: 0 }
  const note = (what: keyof typeof seen) => () => {
    seen[what] += 1
    return Promise.resolve()
  }
  const port: Authentications = { beforeSend: note('before'), failed: note('failed'), succeeded: note('succeeded') }
  return { seen, port }
}

export const openTo = (server: Pick<FirewallServer, 'origin' | 'certificate'>, options: Partial<TransportOptions> = {}): Transport =>
  openTransport({
    firewallKey: randomUUID(),
    origin: server.origin,
    trust: { mode: 'pin', sha256: server.certificate.sha256, spkiSha256: server.certificate.spkiSha256 },
    allowedNetworks: LOOPBACK,
    gate: openGate,
    authentications: recordedAuthentications().port,
    ...options,
  })

type Asked = Partial<OutboundRequest> & { acceptRedirect?: boolean }
export const ask = (transport: Transport, request: Asked = {}): Promise<OutboundReply> =>
  transport.send({ method: 'GET', path: '/api', headers: {}, callClass: 'read', lease: 'read', carriesCredential: false, signal: new AbortController().signal, ...request })

/** The AppError with which a promise fails; the test fails when it does not. */
export const failure = async (promise: Promise<unknown>): Promise<AppError> => {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => error,
  )
  if (outcome instanceof AppError) return outcome
  throw new Error('It did not fail with an AppError.', { cause: outcome })
}
