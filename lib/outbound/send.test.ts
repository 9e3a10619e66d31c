import type { Socket } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { firewallError } from '@/lib/core/errors'
import { startFirewallServer, type FirewallServer, type Handler } from './__fixtures__/firewall-server'
import { ask, failure, openTo, recordedAuthentications, SHORT_CLASSES } from './__fixtures__/open'
import { closePool } from './pools'
import { parseReplyJson } from './reply-json'

let server: FirewallServer
beforeEach(async () => (server = await startFirewallServer()))
afterEach(() => server.stop())

const short = () => openTo(server, { callClasses: SHORT_CLASSES })
const MIB = 1024 * 1024

describe('what arrives', () => {
  it('sends what was asked and little more', async () => {
    let seen = {}
    server.handle((request, response) => {
      let body = ''
      request.on('data', (piece) => (body += piece)).on('end', () => {
        seen = { method: request.method, url: request.url, headers: request.headers, body }
        response.writeHead(403, { 'X-Two': ['a', 'b'] }).end('grün')
      })
    })
    const reply = await ask(openTo(server), { method: 'POST', path: '/api/core/firmware/check?x=1', headers: { 'content-type': 'application/json' }, body: '{}', lease: 'write' })
    expect(reply).toMatchObject({ status: 403, text: 'grün' })
    expect(reply.headers['x-two']).toBe('a, b')
    expect(reply.durationMs).toBeGreaterThan(0)
    expect(seen).toEqual({
      method: 'POST',
      url: '/api/core/firmware/check?x=1',
      headers: { host: `127.0.0.1:${server.port}`, connection: 'keep-alive', 'content-type': 'application/json', 'accept-encoding': 'gzip', 'user-agent': 'Palisade', 'content-length': '2' },
      body: '{}',
    })
  })

  it('unpacks gzip', async () => {
    server.handle((_request, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('{"packed":true}')))
    expect((await ask(openTo(server))).text).toBe('{"packed":true}')
  })
})

describe('redirects', () => {
  it.each([300, 301, 302, 303, 307, 308])('never follows %i, and names its target', async (status) => {
    const attacker = await startFirewallServer({ name: 'evil.test' })
    server.handle((_request, response) => response.writeHead(status, { location: `${attacker.origin}/steal?session=abc` }).end())
    const error = await failure(ask(openTo(server), { method: 'POST', body: '{}', headers: { 'x-api-key': 'k' }, carriesCredential: true }))
    expect([error.code, error.details.location, error.details.status]).toEqual(['firewall-redirect', attacker.origin, status])
    expect(JSON.stringify(error)).not.toContain('session')
    expect([server.counts.requests, attacker.counts.connections]).toEqual([1, 0])
    await attacker.stop()
  })

  it.each(['/?url=/api', 'javascript:alert(1)', 'http://[', ''])('survives the target %j', async (location) => {
    server.handle((_request, response) => response.writeHead(302, { location }).end())
    expect((await failure(ask(openTo(server)))).code).toBe('firewall-redirect')
  })

  it('hands a redirect out where detection asks for it', async () => {
    server.handle((_request, response) => response.writeHead(302, { location: '/?url=/api' }).end())
    expect(await ask(openTo(server), { acceptRedirect: true })).toMatchObject({ status: 302, headers: { location: '/?url=/api' } })
    expect(server.counts.requests).toBe(1)
  })
})

describe('hostile replies end in typed errors', () => {
  const expectError = async (handler: Handler, code: string, callClass: 'probe' | 'read' = 'read') => {
    server.handle(handler)
    const error = await failure(ask(short(), { callClass }))
    expect(error.code).toBe(code)
    expect(error.nextStep).toMatch(/\.$/)
    return error
  }

  it('a gzip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * MIB))
    await expectError((_request, response) => response.setHeader('content-encoding', 'gzip').end(bomb), 'firewall-reply-too-large')
  })
  it('damaged gzip', () => expectError((_request, response) => response.setHeader('content-encoding', 'gzip').end('no gzip'), 'firewall-reply-not-understood'))
  it('Brotli', () => expectError((_request, response) => response.setHeader('content-encoding', 'br').end(brotliCompressSync('{}')), 'firewall-reply-not-understood'))
  it('deflate', () => expectError((_request, response) => response.setHeader('content-encoding', 'deflate').end(deflateSync('{}')), 'firewall-reply-not-understood'))
  it('gzip in gzip', () => expectError((_request, response) => response.setHeader('content-encoding', 'gzip, gzip').end(gzipSync(gzipSync('{}'))), 'firewall-reply-not-understood'))

  it('a body without end, cut at the cap of its class', async () => {
    const closed = new Promise<void>((resolve) => {
      server.handle((_request, response) => {
        const piece = Buffer.alloc(32 * 1024, 'x')
        const more = () => {
          while (!response.destroyed && response.write(piece));
        }
        response.on('drain', more).on('close', resolve)
        more()
      })
    })
    expect((await failure(ask(openTo(server), { callClass: 'probe' }))).message).toContain('64 kB')
    await closed
  })

  it('an announced length over the cap', () => expectError((_request, response) => response.writeHead(200, { 'content-length': String(9 * MIB) }).write('x'), 'firewall-reply-too-large'))
  it('headers without end', () =>
    expectError((request) => {
      const more = () => {
        while (!request.socket.destroyed && request.socket.write(`x-more: ${'y'.repeat(1000)}\r\n`));
      }
      request.socket.write('HTTP/1.1 200 OK\r\n')
      request.socket.on('drain', more)
      more()
    }, 'firewall-reply-too-large'))

  it('a drip of bytes', async () => {
    let timer: NodeJS.Timeout | undefined
    await expectError((_request, response) => {
      response.writeHead(200)
      timer = setInterval(() => response.write(' '), 20)
    }, 'firewall-timed-out')
    clearInterval(timer)
  })
  it('no reply at all', () => expectError(() => undefined, 'firewall-timed-out'))
  it('an endless chain of interim replies', async () => {
    let timer: NodeJS.Timeout | undefined
    await expectError((request) => void (timer = setInterval(() => request.socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 10)), 'firewall-timed-out')
    clearInterval(timer)
  })
  it('a body shorter than announced', () => expectError((request) => void request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"cut":'), 'firewall-unreachable'))
  it('a chunk cut in the middle', () => expectError((request) => void request.socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"cut":'), 'firewall-unreachable'))
  it('a reset instead of a reply', () => expectError((request) => void request.socket.destroy(), 'firewall-unreachable'))
  it('two lengths', () => expectError((request) => void request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}x'), 'firewall-unreachable'))
  it('no HTTP', () => expectError((request) => void request.socket.end('\u0000\u0001garbage\r\n\r\n'), 'firewall-reply-not-understood'))

  it('10,000 and 1,000,000 levels of JSON', async () => {
    for (const levels of [10_000, 1_000_000]) {
      server.handle((_request, response) => response.end('['.repeat(levels) + ']'.repeat(levels)))
      const { text } = await ask(openTo(server))
      expect(await failure(Promise.resolve().then(() => parseReplyJson(text)))).toMatchObject({ code: 'firewall-reply-not-understood' })
    }
  })

  it('keeps nothing of headers or bodies in an error', async () => {
    server.handle((request) => void request.socket.end('CANARY-REPLY nonsense\r\n\r\n'))
    const error = await failure(ask(openTo(server), { headers: { authorization: 'Basic CANARY-REQUEST' } }))
    const { inspect } = await import('node:util')
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('CANARY')
  })

  it('refuses a credential that would add a header', async () => {
    const error = await failure(ask(openTo(server), { headers: { 'x-api-key': 'abc\r\nx-evil: 1' } }))
    expect([error.code, server.counts.requests]).toEqual(['invalid-input', 0])
    expect(error.message).not.toContain('abc')
  })
})

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

  it.each(['POST', 'OPTIONS'] as const)('are never tried again for %s', async (method) => {
    resetOn((count) => count === 2)
    const transport = openTo(server)
    await ask(transport)
    expect((await failure(ask(transport, { method }))).code).toBe('firewall-unreachable')
    expect(server.counts.requests).toBe(2)
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
    const transport = short()
    server.handle(() => undefined)
    await failure(ask(transport))
    server.handle((_request, response) => response.end('{}'))
    expect((await ask(transport)).status).toBe(200)
  })
})

describe('authentications', () => {
  const withCredential = { carriesCredential: true, headers: { 'x-api-key': 'k' } }

  it('are asked before and told after, success once', async () => {
    const { seen, port } = recordedAuthentications()
    const transport = openTo(server, { authentications: port })
    await ask(transport)
    expect(seen).toEqual({ before: 0, failed: 0, succeeded: 0 })
    for (let call = 0; call < 3; call += 1) await ask(transport, withCredential)
    expect(seen).toEqual({ before: 3, failed: 0, succeeded: 1 })
  })

  it('a 401 is told before the reply is returned, and only when a credential was sent', async () => {
    const order: string[] = []
    server.handle((_request, response) => response.writeHead(401).end())
    const authentications = { beforeSend: async () => undefined, succeeded: async () => undefined, failed: async () => void order.push('failed') }
    const transport = openTo(server, { authentications })
    await ask(transport)
    expect(order).toEqual([])
    await ask(transport, withCredential).then(({ status }) => order.push(String(status)))
    expect(order).toEqual(['failed', '401'])
  })

  it('nothing is sent when no try is left', async () => {
    const authentications = { ...recordedAuthentications().port, beforeSend: () => Promise.reject(firewallError('firewall-no-tries-left')) }
    expect((await failure(ask(openTo(server, { authentications }), withCredential))).code).toBe('firewall-no-tries-left')
    expect(server.counts.connections).toBe(0)
  })

  it('a credential that is not proven goes once: of eight calls at once, one reaches a firewall that refuses it', async () => {
    const { seen, port } = recordedAuthentications()
    server.handle((_request, response) => response.writeHead(401).end())
    const options = { authentications: port, firewallKey: 'refusing' }
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => ask(openTo(server, options), withCredential)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect([server.counts.requests, seen.failed]).toEqual([1, 1])
    closePool('refusing')
  })

  it('a credential that is proven goes in parallel', async () => {
    const transport = openTo(server)
    await ask(transport, withCredential)
    let waiting: (() => void)[] = []
    server.handle((_request, response) => {
      waiting.push(() => response.end('{}'))
      if (waiting.length < 2) return
      for (const answer of waiting) answer()
      waiting = []
    })
    // Neither is answered before both have arrived.
    expect(await Promise.all([ask(transport, withCredential), ask(transport, withCredential)])).toHaveLength(2)
  })

  it('takes the lease that the call names, and sends nothing without one', async () => {
    const leases: string[] = []
    const gate = { hold: async <T>(lease: string, _signal: AbortSignal, act: () => Promise<T>): Promise<T> => (leases.push(lease), act()) }
    await ask(openTo(server, { gate }), { lease: 'authentication' })
    expect(leases).toEqual(['authentication'])
    const busy = { hold: () => Promise.reject(firewallError('firewall-busy')) }
    expect((await failure(ask(openTo(server, { gate: busy })))).code).toBe('firewall-busy')
    expect(server.counts.requests).toBe(1)
  })
})
