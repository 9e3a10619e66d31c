// Posting to receivers of notices: where it may go, how long it waits, and what counts as an answer.
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { certificate } from './__fixtures__/certificate'
import { parseNetworks } from './address-policy'
import type { Lookup } from './dial'
import { post, type Post } from './post'

const servers: http.Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections()
})
async function listen(server: http.Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
const send = (url: string, more: Partial<Post> = {}) => post({ url, body: '{}', headers: {}, allowedNetworks: parseNetworks('127.0.0.0/8'), onlyPublic: false, signal: new AbortController().signal, ...more })
const answers: Lookup = (_name, done) => done(null, [{ address: '127.0.0.1', family: 4 }])

describe('where it goes', () => {
  it.each(['http://127.0.0.1', 'http://localhost', 'http://2130706433', 'http://[::1]', 'http://[::ffff:127.0.0.1]', 'http://10.0.0.1', 'http://192.168.1.1', 'http://169.254.169.254', 'http://[fd00::1]'])('%s is refused where only public addresses are allowed', async (url) => {
    let seen = 0
    const port = await listen(http.createServer(() => void (seen += 1)))
    await expect(send(`${url}:${port}/`, { onlyPublic: true })).rejects.toMatchObject({ code: 'firewall-address-forbidden' })
    expect(seen).toBe(0)
  })

  it('a name that leads to a private address is refused, whatever is allowed for firewalls', async () => {
    const port = await listen(http.createServer((_request, reply) => void reply.end()))
    await expect(send(`http://hooks.example:${port}/`, { onlyPublic: true, lookup: answers })).rejects.toMatchObject({ code: 'firewall-address-forbidden' })
  })

  it('https is verified: a certificate of its own gets no byte, one of a known authority gets the message', async () => {
    const bodies: string[] = []
    const authority = certificate('Test authority', { isAuthority: true })
    const take = (request: http.IncomingMessage, reply: http.ServerResponse) => request.on('data', (piece: Buffer) => void bodies.push(piece.toString())).on('end', () => void reply.end())
    const own = await listen(https.createServer(certificate('hooks.example'), take))
    await expect(send(`https://127.0.0.1:${own}/`)).rejects.toMatchObject({ code: 'firewall-certificate-unknown' })
    expect(bodies).toEqual([])
    const known = await listen(https.createServer(certificate('hooks.example', { authority }), take))
    expect((await send(`https://127.0.0.1:${known}/`, { certificateAuthorities: [authority.cert] })).status).toBe(200)
    expect(bodies).toEqual(['{}'])
  })
})

describe('what goes in clear', () => {
  it.each(['http://198.51.100.7/', 'http://[2001:db8::7]/', 'http://hooks.example/'])('goes to no public address: %s', async (url) => {
    const lookup: Lookup = (_name, done) => done(null, [{ address: '198.51.100.7', family: 4 }])
    await expect(send(url, { lookup })).rejects.toMatchObject({ code: 'firewall-address-forbidden' })
  })
})

describe('what counts as an answer', () => {
  it('silence ends at the deadline, without an answer', async () => {
    const port = await listen(http.createServer(() => undefined))
    await expect(send(`http://127.0.0.1:${port}/`, { deadlineMs: 150 })).rejects.toMatchObject({ code: 'firewall-timed-out' })
  })

  it('a redirect is an answer that is not followed', async () => {
    const paths: string[] = []
    const port = await listen(
      http.createServer((request, reply) => {
        paths.push(request.url ?? '')
        reply.writeHead(307, { location: '/other' }).end()
      }),
    )
    expect(await send(`http://127.0.0.1:${port}/hook?a=1`)).toMatchObject({ status: 307, location: `http://127.0.0.1:${port}` })
    expect(paths).toEqual(['/hook?a=1'])
  })

  it('a body that drips for ever is cut off, and the status counts', async () => {
    let cutOff = (): void => undefined
    const isCutOff = new Promise<void>((resolve) => (cutOff = resolve))
    const port = await listen(
      http.createServer((_request, reply) => {
        reply.writeHead(202)
        const dripping = setInterval(() => reply.write('.'), 20)
        reply.once('close', () => {
          clearInterval(dripping)
          cutOff()
        })
      }),
    )
    expect((await send(`http://127.0.0.1:${port}/`)).status).toBe(202)
    await isCutOff
  })

  it('of an endless body the beginning is read', async () => {
    const port = await listen(
      http.createServer((_request, reply) => {
        reply.writeHead(200)
        const more = () => reply.write(Buffer.alloc(16_384, 'a'), () => !reply.destroyed && setImmediate(more))
        reply.on('error', () => undefined)
        more()
      }),
    )
    expect((await send(`http://127.0.0.1:${port}/`)).text).toHaveLength(65_536)
  })
})
