// A receiver of notices on loopback that behaves as it is told.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = { id: string; signature: string; body: string; headline: string; path: string }
type Behave = (reply: ServerResponse, request: IncomingMessage) => void

export type Receiver = { url: string; all: Received[]; /** What was answered with 2xx. */ taken: Received[]; behave: Behave; stop(): Promise<void> }

const headlineOf = (body: string): string => {
  const parsed: { notices?: { headline: string }[] } = JSON.parse(body)
  return parsed.notices?.map(({ headline }) => headline).join(' + ') ?? ''
}

export const take: Behave = (reply) => void reply.writeHead(200).end('ok')

export async function startReceiver(): Promise<Receiver> {
  const server: Server = createServer((request, reply) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => void pieces.push(piece))
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString()
      const received = { id: String(request.headers['palisade-delivery']), signature: String(request.headers['palisade-signature']), body, headline: headlineOf(body), path: request.url ?? '' }
      receiver.all.push(received)
      receiver.behave(reply, request)
      if (reply.headersSent && reply.statusCode < 300) receiver.taken.push(received)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    all: [],
    taken: [],
    behave: take,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return receiver
}
