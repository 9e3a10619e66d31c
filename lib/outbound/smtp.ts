import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { AppError, firewallError } from '@/lib/core/errors'
import type { Cidr } from './address-policy'
import { securityOf } from './connector'
import { dial, hostOf, startTls, type Lookup, type Security } from './dial'
import { networkError } from './network-errors'
import { LOOK_ONLY, lookAndEnd } from './probe-certificate'
import { readSmtpReply } from './smtp-reply'
import type { SeenCertificate } from './transport'
import type { Trust } from './trust'

export type MailServer = {
  host: string
  /** 1 to 65,535. */
  port: number
  /** `tls`: from the first byte. `starttls`: in clear until the server agreed to TLS, and nothing but that. `none`: all of it in clear, to private addresses alone. */
  security: 'tls' | 'starttls' | 'none'
  trust: Trust
  allowedNetworks: readonly Cidr[]
  onlyPublic?: boolean
  /** Ends connecting; not what comes after. */
  signal?: AbortSignal
  lookup?: Lookup
  certificateAuthorities?: readonly string[]
}

const CONNECT_DEADLINE_MS = 15_000
/** A conversation needs a few hundred bytes; a server that talks without end is one that means harm. */
const HEARD_BYTES_MAX = 32 * 1024

/** http:// so that names and addresses are written in the one way that every check knows. */
const urlOf = ({ host, port }: MailServer): URL => new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`)

function dialTcp(server: MailServer, url: URL): Promise<Socket> {
  const { allowedNetworks, onlyPublic, lookup } = server
  return new Promise((resolve, reject) => {
    dial({ url, allowedNetworks, ...(onlyPublic && { onlyPublic }), ...(server.security === 'none' && { onlyPrivate: true }), ...(lookup && { lookup }), tls: null }, (error, socket) => (error || !socket ? reject(error ?? firewallError('firewall-unreachable')) : resolve(socket)))
  })
}

function secure(tcp: Socket, url: URL, security: Security): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = startTls(tcp, hostOf(url), security, [])
    socket.on('error', reject)
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
    socket.once('secureConnect', () => {
      const refusal = security.check(socket)
      if (!refusal) return resolve(socket)
      socket.destroy()
      reject(refusal)
    })
  })
}

/** The words in clear before TLS: nothing of ours but EHLO and STARTTLS. What the server sends ahead of TLS ends it: that could be someone else's. */
async function agreeOnTls(tcp: Socket): Promise<void> {
  await readSmtpReply(tcp, '220')
  tcp.write('EHLO palisade\r\n')
  const offer = await readSmtpReply(tcp, '250')
  if (!/^250[ -]STARTTLS\s*$/im.test(offer)) throw new AppError('firewall-certificate-unknown', 'The mail server does not offer STARTTLS, so nothing was sent.', { nextStep: 'Choose TLS from the first byte, often port 465, or another port.' })
  tcp.write('STARTTLS\r\n')
  await readSmtpReply(tcp, '220')
}

async function connect(server: MailServer, security: Security | null): Promise<Socket> {
  const url = urlOf(server)
  const open: { tcp?: Socket } = {}
  let timer: NodeJS.Timeout | undefined
  let cancel = (): void => undefined
  let isOver = false
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(firewallError('firewall-timed-out', { message: 'The mail server did not answer in time.' })), CONNECT_DEADLINE_MS)
    cancel = () => reject(firewallError('firewall-timed-out', { message: 'It was cancelled before the mail server answered.', details: { nextStep: 'Try again.' } }))
    server.signal?.addEventListener('abort', cancel, { once: true })
    if (server.signal?.aborted) cancel()
  })
  let stage: 'exchange' | 'handshake' = 'exchange'
  const act = async (): Promise<Socket> => {
    const tcp = (open.tcp = await dialTcp(server, url))
    // It arrived after nobody waited for it any more.
    if (isOver) tcp.destroy()
    if (isOver || !security) return tcp
    if (server.security === 'starttls') await agreeOnTls(tcp)
    stage = 'handshake'
    return secure(tcp, url, security)
  }
  try {
    return await Promise.race([act(), late])
  } catch (error) {
    isOver = true
    open.tcp?.destroy()
    throw networkError(error, url, stage)
  } finally {
    clearTimeout(timer)
    server.signal?.removeEventListener('abort', cancel)
  }
}

/** Ends a connection on which more is heard than a conversation has. Paused first, so that nothing flows before who reads it listens. */
function boundHearing(socket: Socket): void {
  let bytes = 0
  socket.pause().on('data', (piece: Buffer) => {
    bytes += piece.length
    if (bytes > HEARD_BYTES_MAX) socket.destroy()
  })
}

/**
 * A connection to a mail server on which its greeting is still to be read, secured as asked: a name, a password or a
 * message is written to no other, and it ends after 32 KiB were heard. Paused until it is read. Throws the AppErrors of an unreachable or untrusted server.
 */
export async function connectMail(server: MailServer): Promise<Socket> {
  const socket = await connect(server, server.security === 'none' ? null : securityOf(server))
  boundHearing(socket)
  // After STARTTLS there is no second greeting, and whoever takes the socket over waits for one.
  if (server.security === 'starttls') socket.unshift(Buffer.from('220 secured\r\n'))
  return socket
}

/** The certificate of a mail server, before it is told anything. Throws like `connectMail`. */
export async function readMailCertificate(server: MailServer & { security: 'tls' | 'starttls' }): Promise<SeenCertificate> {
  const socket = await connect(server, { ...LOOK_ONLY, ...(server.certificateAuthorities && { ca: server.certificateAuthorities }) })
  if (!(socket instanceof TLSSocket)) throw firewallError('firewall-certificate-unknown')
  return lookAndEnd(socket)
}
