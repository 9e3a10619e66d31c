import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { certificate, type TestCertificate } from './certificate'

export type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void

export type FirewallServer = {
  origin: string
  port: number
  certificate: TestCertificate
  /** What the other side saw, which is what tests judge by. */
  counts: { connections: number; handshakes: number; requests: number }
  /** Sockets that are open now. */
  sockets: Set<Socket>
  handle: (handler: Handler) => void
  show: (certificate: TestCertificate) => void
  /** Settles when no connection is left, so that nothing can arrive any more. */
  quiet(): Promise<void>
  stop(): Promise<void>
}

/** A server on a free port of 127.0.0.1 that counts what it receives and answers as the test says. */
export async function startFirewallServer({ name = 'fw.test', isPlain = false, own = certificate(name) }: { name?: string; isPlain?: boolean; own?: TestCertificate } = {}): Promise<FirewallServer> {
  let handler: Handler = (_request, response) => response.end('{"ok":true}')
  const counts = { connections: 0, handshakes: 0, requests: 0 }
  const sockets = new Set<Socket>()
  const answer: Handler = (request, response) => {
    counts.requests += 1
    response.on('error', () => undefined)
    handler(request, response)
  }
  const secure = isPlain ? null : https.createServer({ key: own.key, cert: own.cert }, answer)
  const server = secure ?? http.createServer(answer)
  server.on('connection', (socket: Socket) => {
    counts.connections += 1
    sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
  })
  server.on('secureConnection', (socket: Socket) => {
    counts.handshakes += 1
    socket.on('error', () => undefined)
  })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    origin: `${isPlain ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    certificate: own,
    counts,
    sockets,
    handle: (next) => (handler = next),
    show: ({ key, cert }) => secure?.setSecureContext({ key, cert }),
    quiet: async () => {
      while (sockets.size > 0) await Promise.all([...sockets].map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()))))
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
