import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startFirewallServer, type FirewallServer, type Handler } from './__fixtures__/firewall-server'
import { ask, failure, openTo, SHORT_CLASSES } from './__fixtures__/open'
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
