import { spawn, type ChildProcess } from 'node:child_process'
import http from 'node:http'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

// A process of its own, as in production: the preload comes first, then a server that knows nothing of it.
const SERVER = `const http = require('node:http')
const server = http.createServer((request, response) => response.end(JSON.stringify({ headers: request.headers, distinct: request.headersDistinct, raw: request.rawHeaders })))
server.listen(0, '127.0.0.1', () => console.log(server.address().port))`

const seenSchema = z.object({ headers: z.record(z.string(), z.unknown()), distinct: z.record(z.string(), z.array(z.string())), raw: z.array(z.string()) })

let child: ChildProcess
let port: number

beforeAll(async () => {
  const started = spawn(process.execPath, ['--import', path.join(import.meta.dirname, 'preload.mjs'), '-e', SERVER])
  child = started
  port = Number(await new Promise<string>((resolve) => createInterface({ input: started.stdout }).once('line', resolve)))
})
afterAll(() => child.kill())

/** What the server sees of a request with these raw header lines. */
const send = (headers: string[]) =>
  new Promise<z.infer<typeof seenSchema>>((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path: '/', headers: ['host', 'localhost', 'connection', 'close', ...headers], localAddress: '127.0.0.2' }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      response.on('end', () => resolve(seenSchema.parse(JSON.parse(body))))
    })
    request.on('error', reject).end()
  })

const peersOf = (raw: string[]) => raw.filter((_, at) => at % 2 === 1 && raw[at - 1]?.toLowerCase() === 'x-palisade-peer')

describe('the preload of the web process', () => {
  it.each([
    ['nothing sent', []],
    ['one forged', ['X-Palisade-Peer', '10.0.0.1']],
    ['several forged, in other spellings', ['x-palisade-peer', '10.0.0.1', 'X-PALISADE-PEER', '10.0.0.2', 'x-Palisade-peer', '']],
  ])('puts the peer of the socket into the private header: %s', async (_, headers) => {
    const seen = await send(headers)
    expect(seen.headers['x-palisade-peer']).toBe('127.0.0.2')
    expect(seen.distinct['x-palisade-peer']).toEqual(['127.0.0.2'])
    expect(peersOf(seen.raw)).toEqual(['127.0.0.2'])
    expect(JSON.stringify(seen)).not.toContain('10.0.0.')
  })

  it('leaves every other header as it was sent', async () => {
    const seen = await send(['X-Palisade-Peer', '10.0.0.1', 'X-Forwarded-For', '10.9.9.9', 'Accept', 'a/b'])
    expect(seen.headers).toEqual({ host: 'localhost', connection: 'close', 'x-forwarded-for': '10.9.9.9', accept: 'a/b', 'x-palisade-peer': '127.0.0.2' })
    expect(seen.raw.slice(0, -2)).toEqual(['host', 'localhost', 'connection', 'close', 'X-Forwarded-For', '10.9.9.9', 'Accept', 'a/b'])
  })
})
