import type { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startFirewallServer, type FirewallServer } from './__fixtures__/firewall-server'
import { ask, failure, openTo, SHORT_CLASSES } from './__fixtures__/open'
import { closePool } from './pools'

let server: FirewallServer
beforeEach(async () => (server = await startFirewallServer()))
afterEach(() => server.stop())

describe('connections', () => {
  it('are reused: 40 calls, one handshake; two at a time, two', async () => {
    const transport = openTo(server)
    for (let call = 0; call < 40; call += 1) await ask(transport)
    expect(server.counts).toMatchObject({ handshakes: 1, requests: 40 })
    for (let call = 0; call < 10; call += 1) await Promise.all([ask(transport), ask(transport)])
    expect(server.counts).toMatchObject({ handshakes: 2, requests: 60 })
  })

  it('are shared by transports to one firewall, and never by two trusts', async () => {
    const options = { firewallKey: 'shared' }
    await ask(openTo(server, options))
    await ask(openTo(server, options))
    expect(server.counts.handshakes).toBe(1)
    const wrong = { mode: 'pin', sha256: '0'.repeat(64), spkiSha256: null } as const
    expect((await failure(ask(openTo(server, { ...options, trust: wrong })))).code).toBe('firewall-certificate-changed')
    await ask(openTo(server, options))
    expect(server.counts.requests).toBe(3)
    closePool('shared')
    await server.quiet()
  })

  it('end with their pool, a call under way included', async () => {
    const arrived = new Promise<void>((resolve) => server.handle(() => resolve()))
    const call = failure(ask(openTo(server, { firewallKey: 'ending' })))
    await arrived
    closePool('ending')
    expect((await call).code).toBe('firewall-busy')
    await server.quiet()
  })

  it('that a firewall closes after 15 replies cost no call: 150 calls, 10 handshakes', async () => {
    const served = new WeakMap<Socket, number>()
    server.handle((request, response) => {
      const count = (served.get(request.socket) ?? 0) + 1
      served.set(request.socket, count)
      if (count === 15) response.shouldKeepAlive = false
      response.end('{}')
    })
    const transport = openTo(server)
    for (let call = 0; call < 150; call += 1) expect((await ask(transport)).status).toBe(200)
    expect(server.counts).toMatchObject({ handshakes: 10, requests: 150 })
  })

  const resetOn = (isReset: (count: number) => boolean) => {
    const served = new WeakMap<Socket, number>()
    server.handle((request, response) => {
      const count = (served.get(request.socket) ?? 0) + 1
      served.set(request.socket, count)
      if (isReset(count)) request.socket.destroy()
      else response.end('{}')
    })
  }

  it('that are reset under a GET when reused are tried once more', async () => {
    resetOn((count) => count === 2)
    const transport = openTo(server)
    await ask(transport)
    expect((await ask(transport)).status).toBe(200)
    expect(server.counts).toMatchObject({ handshakes: 2, requests: 3 })
  })

  it('are not tried a third time', async () => {
    let requests = 0
    server.handle((request, response) => (++requests === 1 ? response.end('{}') : request.socket.destroy()))
    const transport = openTo(server)
    await ask(transport)
    expect((await failure(ask(transport))).code).toBe('firewall-unreachable')
    expect(server.counts.requests).toBe(3)
  })

  it('are reused for a POST that only reads, which is tried again as a GET is', async () => {
    resetOn((count) => count === 2)
    const transport = openTo(server)
    await ask(transport)
    expect((await ask(transport, { method: 'POST', onlyReads: true })).status).toBe(200)
    expect(server.counts).toMatchObject({ handshakes: 2, requests: 3 })
  })

  it.each(['POST', 'OPTIONS'] as const)('are not reused for %s, which is never tried again', async (method) => {
    resetOn((count) => count === 2)
    const transport = openTo(server)
    await ask(transport)
    expect((await ask(transport, { method })).status).toBe(200)
    expect(server.counts).toMatchObject({ handshakes: 2, requests: 2 })
    resetOn(() => true)
    expect((await failure(ask(transport, { method }))).code).toBe('firewall-unreachable')
    expect(server.counts.requests).toBe(3)
  })

  it('are not tried again when fresh, nor after part of a reply', async () => {
    resetOn(() => true)
    expect((await failure(ask(openTo(server)))).code).toBe('firewall-unreachable')
    expect(server.counts.requests).toBe(1)
    let requests = 0
    server.handle((request, response) => (++requests === 1 ? response.end('{}') : request.socket.write('HTTP/1.1 200', () => request.socket.destroy())))
    const transport = openTo(server)
    await ask(transport)
    expect((await failure(ask(transport))).code).toMatch(/^firewall-(unreachable|reply-not-understood)$/)
    expect(requests).toBe(2)
  })
})

describe('deadlines and the caller', () => {
  it('ends a call when the caller leaves, and closes the connection', async () => {
    const controller = new AbortController()
    const arrived = new Promise<void>((resolve) => server.handle(() => resolve()))
    const call = failure(ask(openTo(server), { signal: controller.signal }))
    await arrived
    controller.abort()
    expect((await call).message).toContain('cancelled')
    await server.quiet()
    expect(server.counts).toMatchObject({ connections: 1, requests: 1 })
  })

  it('sends nothing for a caller who has left', async () => {
    expect((await failure(ask(openTo(server), { signal: AbortSignal.abort() }))).code).toBe('firewall-timed-out')
    await server.quiet()
    expect(server.counts.requests).toBe(0)
  })

  it('lets the next call work after one that timed out', async () => {
    const transport = openTo(server, { callClasses: SHORT_CLASSES })
    server.handle(() => undefined)
    await failure(ask(transport))
    server.handle((_request, response) => response.end('{}'))
    expect((await ask(transport)).status).toBe(200)
  })
})
