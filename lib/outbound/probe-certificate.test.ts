import net from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { certificate } from './__fixtures__/certificate'
import { startFirewallServer, type FirewallServer } from './__fixtures__/firewall-server'
import { failure, LOOPBACK } from './__fixtures__/open'
import { readCertificate } from './probe-certificate'

let server: FirewallServer
beforeEach(async () => (server = await startFirewallServer()))
afterEach(() => server.stop())

describe('readCertificate', () => {
  it('shows a self-signed certificate without sending a request', async () => {
    const { certificate: seen, localAddress, remoteAddress, connectMs } = await readCertificate(server.origin, { allowedNetworks: LOOPBACK })
    expect(seen).toMatchObject({ sha256: server.certificate.sha256, spkiSha256: server.certificate.spkiSha256, subject: 'CN=fw.test', issuer: 'CN=fw.test', selfSigned: true, keyType: 'ECDSA P-256', publiclyTrusted: false })
    expect(new Date(seen.validTo).getTime() - new Date(seen.validFrom).getTime()).toBe(3650 * 86_400_000)
    expect([localAddress, remoteAddress]).toEqual(['127.0.0.1', '127.0.0.1'])
    expect(connectMs).toBeGreaterThan(0)
    await server.quiet()
    expect(server.counts).toMatchObject({ connections: 1, requests: 0 })
  })

  it('tells a chain that verifies for this name from one that does not', async () => {
    const authority = certificate('Test Authority', { isAuthority: true })
    server.show(certificate('fw.test', { authority }))
    const options = { allowedNetworks: LOOPBACK, certificateAuthorities: [authority.cert], lookup: resolveToLoopback }
    const trusted = await readCertificate(`https://fw.test:${server.port}`, options)
    expect(trusted.certificate).toMatchObject({ publiclyTrusted: true, selfSigned: false, issuer: 'CN=Test Authority' })
    expect((await readCertificate(`https://other.test:${server.port}`, options)).certificate.publiclyTrusted).toBe(false)
    expect((await readCertificate(server.origin, { allowedNetworks: LOOPBACK })).certificate.publiclyTrusted).toBe(false)
  })

  it('keeps to the address policy', async () => {
    expect((await failure(readCertificate(server.origin, { allowedNetworks: [] }))).code).toBe('firewall-address-forbidden')
    expect(server.counts.connections).toBe(0)
  })

  it('removes what could make a name read as another', async () => {
    server.show(certificate('fw\u202etest\u0000\nO=Bank'))
    const { certificate: seen } = await readCertificate(server.origin, { allowedNetworks: LOOPBACK })
    expect(seen.subject).not.toMatch(/[\u0000-\u001f\u202e]/)
  })

  it('gives up on a port that never finishes the handshake', async () => {
    const silent = net.createServer((socket) => void socket.on('error', () => undefined).resume())
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect((await failure(readCertificate(`https://127.0.0.1:${port}`, { allowedNetworks: LOOPBACK, deadlineMs: 100 }))).code).toBe('firewall-timed-out')
    silent.close()
  })
})

function resolveToLoopback(_name: string, done: (error: null, addresses: { address: string; family: number }[]) => void): void {
  done(null, [{ address: '127.0.0.1', family: 4 }])
}
