// Connecting to mail servers: where words may go in clear, and what ends the waiting.
import net from 'node:net'
import { expect, it } from 'vitest'
import { parseNetworks } from './address-policy'
import type { Lookup } from './dial'
import { connectMail, readMailCertificate, type MailServer } from './smtp'

const server = (more: Partial<MailServer>): MailServer => ({ host: '127.0.0.1', port: 25, security: 'none', trust: { mode: 'public-ca' }, allowedNetworks: parseNetworks('127.0.0.0/8'), ...more })
const publicAddress: Lookup = (_name, done) => done(null, [{ address: '198.51.100.7', family: 4 }])

it.each(['198.51.100.7', '2001:db8::7', 'mail.example'])('without TLS it goes to no public address: %s', async (host) => {
  await expect(connectMail(server({ host, lookup: publicAddress }))).rejects.toMatchObject({ code: 'firewall-address-forbidden' })
})

it('whoever does not wait any more ends it, while the server keeps silent', async () => {
  let connected = (_: net.Socket): void => undefined
  const whoever = new Promise<net.Socket>((resolve) => (connected = resolve))
  const silent = net.createServer((socket) => connected(socket.on('error', () => undefined).resume()))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const stopping = new AbortController()
  const looking = readMailCertificate({ ...server({ port: (silent.address() as net.AddressInfo).port, signal: stopping.signal }), security: 'starttls' })
  const refused = expect(looking).rejects.toThrow('It was cancelled before the mail server answered.')
  const socket = await whoever
  const closed = new Promise((resolve) => socket.once('close', resolve))
  stopping.abort()
  await refused
  await closed
  await new Promise((resolve) => silent.close(resolve))
})
