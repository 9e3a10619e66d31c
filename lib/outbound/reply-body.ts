import { gunzip } from 'node:zlib'
import { type AppError, firewallError } from '@/lib/core/errors'
import { codeOf } from './network-errors'

type Body = AsyncIterable<Buffer> & { destroy(error?: Error): unknown }

const tooLarge = (bytesMax: number): AppError =>
  firewallError('firewall-reply-too-large', { message: `The reply of the firewall was larger than the ${bytesMax >= 1_048_576 ? `${bytesMax / 1_048_576} MiB` : `${bytesMax / 1024} kB`} allowed here and was dropped.` })

/** The text of a reply; see `readReplyBytes`. */
export const readReplyText = async (...reply: Parameters<typeof readReplyBytes>): Promise<string> => new TextDecoder().decode(await readReplyBytes(...reply))

/**
 * The bytes of a reply, at most `bytesMax` on the wire and again after decoding. Only identity and gzip are decoded: the
 * Brotli decoder of Node 20 has a hole that nobody closes (CVE-2026-111497), and nothing here asks for more.
 * Throws firewall-reply-too-large and firewall-reply-not-understood; what the socket throws passes through.
 */
export async function readReplyBytes(body: Body, headers: Readonly<Record<string, string>>, bytesMax: number): Promise<Buffer> {
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  const isGzip = encoding === 'gzip' || encoding === 'x-gzip'
  if (!isGzip && encoding !== 'identity' && encoding !== '') {
    body.destroy()
    throw firewallError('firewall-reply-not-understood', { message: 'The firewall compressed its reply in a way that Palisade does not accept.', details: { nextStep: 'Only gzip is accepted. A proxy in front of the firewall may have done this.' } })
  }
  const wire = await readBytes(body, Number(headers['content-length'] ?? '0'), bytesMax)
  return isGzip && wire.length > 0 ? await unzip(wire, bytesMax) : wire
}

async function readBytes(body: Body, announcedBytes: number, bytesMax: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  if (announcedBytes > bytesMax) {
    body.destroy()
    throw tooLarge(bytesMax)
  }
  // Leaving the loop by a throw destroys the body and with it the connection.
  for await (const piece of body) {
    bytes += piece.length
    if (bytes > bytesMax) throw tooLarge(bytesMax)
    pieces.push(piece)
  }
  return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces, bytes)
}

function unzip(wire: Buffer, bytesMax: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    gunzip(wire, { maxOutputLength: bytesMax }, (error, plain) => {
      if (!error) return resolve(plain)
      reject(codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(bytesMax) : firewallError('firewall-reply-not-understood', { message: 'The compressed reply of the firewall is damaged.' }))
    })
  })
}
