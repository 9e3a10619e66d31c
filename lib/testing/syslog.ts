// A syslog receiver and a strict reader of RFC 5424, written from the RFCs and not from our writer.
import { once } from 'node:events'
import net from 'node:net'
import tls from 'node:tls'
import type { TestCertificate } from '@/lib/outbound/__fixtures__/certificate'

export type SyslogMessage = { facility: number; severity: number; at: string; host: string; app: string; process: string; id: string; structuredId: string; values: Record<string, string>; text: string }

const HEADER = /^<(\d{1,3})>1 (\S+) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) /
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{1,6}Z$/

/** The frames of a stream and what is left of a torn one. Throws where a length does not begin a frame. */
export function framesOf(bytes: Buffer): { frames: Buffer[]; rest: Buffer } {
  const frames: Buffer[] = []
  let rest = bytes
  while (rest.length > 0) {
    const blank = rest.indexOf(32)
    const length = rest.subarray(0, blank < 0 ? undefined : blank).toString('latin1')
    if (!/^[1-9]\d{0,6}$/.test(length)) throw new Error(`Not a length: ${length.slice(0, 40)}`)
    const end = blank + 1 + Number(length)
    if (blank < 0 || rest.length < end) break
    frames.push(rest.subarray(blank + 1, end))
    rest = rest.subarray(end)
  }
  return { frames, rest }
}

/** Structured data with one element, from after its bracket: its values and what follows. */
function valuesOf(text: string): [values: Record<string, string>, rest: string] {
  const values: Record<string, string> = {}
  let rest = text
  while (!rest.startsWith(']')) {
    const [whole, name = ''] = /^ ([^\s="\]]{1,32})="/.exec(rest) ?? []
    if (whole === undefined || name in values) throw new Error(`Not a parameter: ${rest.slice(0, 60)}`)
    let at = whole.length
    let value = ''
    for (; rest.charAt(at) !== '"'; at += 1) {
      if (at >= rest.length || rest.charAt(at) === ']') throw new Error(`Not escaped: ${rest.slice(0, 60)}`)
      if (rest.charAt(at) === '\\') at += 1
      value += rest.charAt(at)
    }
    values[name] = value
    rest = rest.slice(at + 1)
  }
  return [values, rest.slice(1)]
}

/** One message; throws where a strict reader would refuse it. */
export function readMessage(frame: Buffer): SyslogMessage {
  const message = new TextDecoder('utf-8', { fatal: true }).decode(frame)
  const [head, priority = '', at = '', host = '', app = '', process = '', id = ''] = HEADER.exec(message) ?? []
  if (head === undefined || !TIME.test(at)) throw new Error(`Not a header: ${message.slice(0, 120)}`)
  const data = message.slice(head.length)
  const structuredId = /^\[([^\s="\]]{1,32})/.exec(data)?.[1]
  if (structuredId === undefined) throw new Error(`No structured data: ${data.slice(0, 60)}`)
  const [values, rest] = valuesOf(data.slice(1 + structuredId.length))
  if (!rest.startsWith(' ')) throw new Error(`No text: ${rest.slice(0, 60)}`)
  return { facility: Number(priority) >> 3, severity: Number(priority) & 7, at, host, app, process, id, structuredId, values, text: rest.slice(1) }
}

export type SyslogReceiver = {
  port: number
  /** What came, connection by connection: all bytes, and whether the sender ended it. */
  connections: { bytes: Buffer; ended: boolean }[]
  /** Messages of frames that came whole, in the order in which they came. */
  messages(): SyslogMessage[]
  /** Cuts each connection after so many bytes; null reads all. */
  cutAfter: number | null
  stop(): Promise<void>
}

/** Listens on a port of its own, or on the given one again. With a certificate it speaks TLS. */
export async function startReceiver({ port = 0, certificate }: { port?: number; certificate?: TestCertificate } = {}): Promise<SyslogReceiver> {
  const open = new Set<net.Socket>()
  const take = (socket: net.Socket): void => {
    const one = { bytes: Buffer.alloc(0), ended: false }
    receiver.connections.push(one)
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
    socket.on('end', () => (one.ended = true))
    socket.on('data', (piece: Buffer) => {
      const limit = receiver.cutAfter
      one.bytes = Buffer.concat([one.bytes, limit === null ? piece : piece.subarray(0, Math.max(0, limit - one.bytes.length))])
      if (limit !== null && one.bytes.length >= limit) socket.resetAndDestroy()
    })
  }
  const server = certificate ? tls.createServer({ key: certificate.key, cert: certificate.cert }, take) : net.createServer(take)
  server.on('tlsClientError', () => undefined)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const receiver: SyslogReceiver = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    connections: [],
    cutAfter: null,
    messages: () => receiver.connections.flatMap(({ bytes }) => framesOf(bytes).frames.map(readMessage)),
    async stop() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return receiver
}
