import net from 'node:net'
import tls from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { certificate } from './__fixtures__/certificate'
import { startFirewallServer, type FirewallServer } from './__fixtures__/firewall-server'
import { ask, failure, openTo } from './__fixtures__/open'
import { parseNetworks } from './address-policy'
import type { Lookup } from './dial'

let server: FirewallServer
beforeEach(async () => (server = await startFirewallServer()))
afterEach(() => server.stop())
const answerWith =
  (...addresses: string[]): Lookup =>
  (_name, done) =>
    done(null, addresses.map((address) => ({ address, family: net.isIPv6(address) ? 6 : 4 })))
const at = (host: string) => ({ ...server, origin: `https://${host}:${server.port}` })

describe('trust', () => {
  it('calls a firewall that shows the pinned certificate', async () => {
    expect((await ask(openTo(server))).text).toBe('{"ok":true}')
  })

  it('sends nothing to a firewall that shows another certificate', async () => {
    const other = certificate('fw.test')
    server.show(other)
    const error = await failure(ask(openTo(server), { headers: { authorization: 'Basic c2VjcmV0' }, carriesCredential: true }))
    expect(error.code).toBe('firewall-certificate-changed')
    expect(error.details).toEqual({ seenSha256: other.sha256, sameKey: false })
    await server.quiet()
    expect(server.counts).toMatchObject({ connections: 1, requests: 0 })
  })

  it('tells a renewal with the same key apart, and still sends nothing', async () => {
    const renewed = certificate('fw.test', { privateKey: server.certificate.privateKey })
    server.show(renewed)
    const error = await failure(ask(openTo(server)))
    expect(error.code).toBe('firewall-certificate-changed')
    expect(error.details).toEqual({ seenSha256: renewed.sha256, sameKey: true })
    expect(error.message).toContain('same key')
    await server.quiet()
    expect(server.counts.requests).toBe(0)
  })

  it('notices the change on the next connection after calls that worked', async () => {
    const transport = openTo(server)
    server.handle((_request, response) => response.setHeader('connection', 'close').end('{}'))
    await ask(transport)
    server.show(certificate('fw.test'))
    expect((await failure(ask(transport))).code).toBe('firewall-certificate-changed')
    await server.quiet()
    expect(server.counts).toMatchObject({ connections: 2, requests: 1 })
  })

  it('accepts an expired certificate that is pinned', async () => {
    const expired = certificate('fw.test', { from: new Date('2020-01-01'), days: 1 })
    server.show(expired)
    expect((await ask(openTo({ ...server, certificate: expired }))).status).toBe(200)
  })

  it('refuses a certificate of its own where a public authority is expected', async () => {
    const error = await failure(ask(openTo(server, { trust: { mode: 'public-ca' } })))
    expect(error.code).toBe('firewall-certificate-unknown')
    await server.quiet()
    expect(server.counts.requests).toBe(0)
  })

  it('accepts a certificate of a trusted authority for that name or address, and for no other name', async () => {
    const authority = certificate('Test Authority', { isAuthority: true })
    server.show(certificate('fw.test', { authority }))
    const options = { trust: { mode: 'public-ca' }, certificateAuthorities: [authority.cert], lookup: answerWith('127.0.0.1') } as const
    expect((await ask(openTo(at('fw.test'), options))).status).toBe(200)
    expect((await ask(openTo(server, options))).status).toBe(200)
    const error = await failure(ask(openTo(at('other.test'), options)))
    expect(error.code).toBe('firewall-certificate-unknown')
    expect(error.message).toContain('another name')
    expect(server.counts.requests).toBe(2)
  })

  it('refuses an expired certificate of a trusted authority', async () => {
    const authority = certificate('Test Authority', { isAuthority: true })
    server.show(certificate('fw.test', { authority, from: new Date('2020-01-01'), days: 1 }))
    const error = await failure(ask(openTo(server, { trust: { mode: 'public-ca' }, certificateAuthorities: [authority.cert] })))
    expect([error.code, error.message]).toEqual(['firewall-certificate-unknown', 'The certificate of the firewall has expired.'])
  })

  it('never mixes trust and scheme', async () => {
    expect((await failure(ask(openTo(server, { trust: { mode: 'plain-http' } })))).code).toBe('firewall-certificate-unknown')
    expect((await failure(ask(openTo({ ...server, origin: server.origin.replace('https', 'http') })))).code).toBe('firewall-certificate-unknown')
    expect(server.counts.connections).toBe(0)
  })

  it('speaks http where that was confirmed', async () => {
    const plain = await startFirewallServer({ isPlain: true })
    expect((await ask(openTo(plain, { trust: { mode: 'plain-http' } }))).status).toBe(200)
    await plain.stop()
  })
})

describe('address policy on the wire', () => {
  it.each(['127.0.0.1', '127.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '0.0.0.0', 'localhost'])('never connects to %s', async (host) => {
    const error = await failure(ask(openTo(at(host), { allowedNetworks: [] })))
    expect(error.code).toBe('firewall-address-forbidden')
    expect(server.counts.connections).toBe(0)
  })

  it('refuses a name that has one forbidden address among its addresses', async () => {
    const error = await failure(ask(openTo(at('fw.test'), { allowedNetworks: [], lookup: answerWith('192.0.2.1', '127.0.0.1') })))
    expect(error.code).toBe('firewall-address-forbidden')
  })

  it('makes no forbidden connection in 500 calls to a name that changes its address each time it is asked', async () => {
    let asked = 0
    // 240.0.0.2 is unroutable: it is allowed here only so that an honest answer fails at once and without a packet.
    const rebinding: Lookup = (name, done) => answerWith(++asked % 2 === 0 ? '127.0.0.1' : '240.0.0.2')(name, done)
    const transport = openTo(at('fw.test'), { allowedNetworks: parseNetworks('240.0.0.0/8'), lookup: rebinding, connectDeadlineMs: 200 })
    const codes = new Map<string, number>()
    for (let run = 0; run < 500; run += 1) {
      const { code } = await failure(ask(transport))
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
    expect(Object.fromEntries(codes)).toEqual({ 'firewall-address-forbidden': 250, 'firewall-unreachable': 250 })
    expect(server.counts.connections).toBe(0)
  })
})

describe('what an unreachable firewall is told apart by', () => {
  const reasons = async (origin: string, options: Parameters<typeof openTo>[1] = {}) => {
    const error = await failure(ask(openTo({ ...server, origin }, options)))
    return [error.code, error.message]
  }

  it('refused', async () => {
    const { port } = server
    await server.stop()
    expect(await reasons(`https://127.0.0.1:${port}`)).toEqual(['firewall-unreachable', `The firewall refuses connections at port ${port}.`])
  })

  it('a name that does not exist', async () => {
    const missing: Lookup = (_name, done) => done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), [])
    expect(await reasons('https://fw.test', { lookup: missing })).toEqual(['firewall-unreachable', 'The name fw.test is not known.'])
  })

  it('a name server that does not answer', async () => {
    expect(await reasons('https://fw.test', { lookup: () => undefined, connectDeadlineMs: 50 })).toEqual(['firewall-unreachable', 'The name fw.test could not be looked up in time.'])
  })

  it('a port that speaks no TLS', async () => {
    const plain = await startFirewallServer({ isPlain: true })
    expect(await reasons(`https://127.0.0.1:${plain.port}`)).toEqual(['firewall-unreachable', `What answers at 127.0.0.1:${plain.port} does not speak TLS.`])
    await plain.stop()
  })

  it('a socket that is closed before it is secured, as login protection does', async () => {
    const dropping = net.createServer((socket) => socket.destroy())
    const port = await listen(dropping)
    expect(await reasons(`https://127.0.0.1:${port}`)).toEqual(['firewall-unreachable', 'The firewall closed the connection before it was secured.'])
    dropping.close()
  })

  it('a socket on which nothing is ever said', async () => {
    const silent = net.createServer((socket) => void socket.on('error', () => undefined).resume())
    const port = await listen(silent)
    expect(await reasons(`https://127.0.0.1:${port}`, { connectDeadlineMs: 100 })).toEqual(['firewall-timed-out', 'The firewall accepted the connection and then said nothing.'])
    silent.close()
  })

  it('something that answers in another protocol', async () => {
    const { key, cert } = server.certificate
    const smtp = tls.createServer({ key, cert }, (socket) => void socket.on('error', () => undefined).end('220 mail.example ESMTP\r\n'))
    const port = await listen(smtp)
    expect(await reasons(`https://127.0.0.1:${port}`)).toEqual(['firewall-reply-not-understood', `What answers at 127.0.0.1:${port} does not speak HTTP.`])
    smtp.close()
  })
})

async function listen(listener: net.Server): Promise<number> {
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  return typeof address === 'object' && address ? address.port : 0
}
