import type { Socket } from 'node:net'
import { AppError } from '@/lib/core/errors'
import type { Cidr } from './address-policy'
import { securityOf } from './connector'
import { startDeadline } from './deadline'
import { dial, type Lookup } from './dial'
import { networkError } from './network-errors'
import type { Trust } from './trust'

const DEADLINE_MS = 15_000

export type OneWay = {
  host: string
  port: number
  trust: Trust
  allowedNetworks: readonly Cidr[]
  signal: AbortSignal
  /** PEM certificates of authorities instead of the public ones. */
  certificateAuthorities?: readonly string[]
  lookup?: Lookup
  /** For what follows the connection, the 5 s of which come before; 15 s unless told. */
  deadlineMs?: number
}

const cutOff = (): AppError =>
  new AppError('firewall-unreachable', 'The connection was closed before everything was read.', { nextStep: 'It is sent again. Where this stays, the log of the receiver says why: it may want another format, or a certificate of the sender.' })

const addressOf = ({ host, port, trust }: OneWay): URL => new URL(`${trust.mode === 'plain-http' ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`)

const open = (way: OneWay, url: URL): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const security = securityOf(way)
    dial({ url, allowedNetworks: way.allowedNetworks, tls: security, protocols: [], ...(way.lookup && { lookup: way.lookup }) }, (error, socket) => {
      if (error || !socket) reject(error ?? cutOff())
      else resolve(socket)
    })
  })

/** Sends all, ends, and waits until the other side ends in its turn: what reads to the end of a connection has read it all. */
function sendAndEnd(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let isSent = false
    socket.on('error', reject)
    socket.once('finish', () => (isSent = true))
    // An end that came first is that of a program which went away.
    socket.once('end', () => (isSent ? resolve() : reject(cutOff())))
    socket.once('close', () => reject(cutOff()))
    socket.resume()
    socket.end(bytes)
  })
}

/**
 * Sends bytes on a connection of their own, in one direction, and returns when the other side has read them: there is no
 * word for that in the protocols that use this, so the sign is that it closes the connection after we did. Throws the
 * AppErrors of an unreachable, forbidden or untrusted address; then nobody knows what was read.
 */
export async function sendOneWay(way: OneWay, bytes: Buffer): Promise<void> {
  const url = addressOf(way)
  const socket = await open(way, url)
  const deadline = startDeadline(way.deadlineMs ?? DEADLINE_MS, way.signal)
  try {
    await deadline.race(sendAndEnd(socket, bytes))
  } catch (error) {
    throw deadline.ended() ?? networkError(error, url, 'exchange')
  } finally {
    deadline.clear()
    socket.on('error', () => undefined)
    socket.destroy()
  }
}
