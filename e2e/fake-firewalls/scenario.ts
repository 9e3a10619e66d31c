// What a broken, slow or hostile firewall does instead of answering. Applied after TLS, in place of or around the real reply.
import type { ServerResponse } from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { loginPage, type Reply } from './exchange'
import type { ScenarioName } from './options'

const JSON_TYPE = { 'Content-Type': 'application/json' }
const BOMB_BYTES = 80 * 1024 * 1024
const CHUNK = Buffer.alloc(64 * 1024, '[1,')
let bomb: Buffer | undefined

export type ScenarioSettings = { redirectTo: string; replyNow: () => Reply }

/** Writes until the other side has enough and hangs up. */
function endless(response: ServerResponse): void {
  response.writeHead(200, JSON_TYPE)
  const pump = () => {
    while (!response.destroyed && response.write(CHUNK));
    if (!response.destroyed) response.once('drain', pump)
  }
  pump()
}

/** One byte each second: each byte resets an idle timer, so that only a deadline ends it. */
function drip(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body)
  response.writeHead(reply.status, { ...reply.headers, 'Content-Length': body.length })
  let sent = 0
  const timer = setInterval(() => {
    if (response.destroyed || sent >= body.length) {
      clearInterval(timer)
      if (!response.destroyed) response.end()
      return
    }
    response.write(body.subarray(sent, sent + 1))
    sent += 1
  }, 1000)
  timer.unref()
}

function truncated(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body)
  response.writeHead(reply.status, { ...reply.headers, 'Content-Length': body.length + 100 })
  response.write(body, () => response.socket?.destroy())
}

const bytes = (response: ServerResponse, status: number, headers: Record<string, string>, body: string | Buffer): void => {
  response.writeHead(status, { ...headers, 'Content-Length': String(Buffer.byteLength(body)) })
  response.end(body)
}

type Performance = (response: ServerResponse, settings: ScenarioSettings) => void

/** `none`, `dead`, `slow` and `half-open` are not here: they concern the connection or the time, not the reply. */
const PERFORMANCES: Partial<Record<ScenarioName, Performance>> = {
  reset: (response) => response.socket?.destroy(),
  'reset-after-headers': (response) => {
    response.writeHead(200, { ...JSON_TYPE, 'Content-Length': '100' })
    response.flushHeaders()
    setImmediate(() => response.socket?.destroy())
  },
  redirect: (response, { redirectTo }) => bytes(response, 302, { Location: redirectTo, 'Content-Type': 'text/html' }, ''),
  html: (response) => {
    const page = loginPage('Firewall')
    bytes(response, page.status, page.headers, page.body)
  },
  endless: (response) => endless(response),
  'gzip-bomb': (response) => {
    bomb ??= gzipSync(Buffer.alloc(BOMB_BYTES, ' '), { level: 9 })
    bytes(response, 200, { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, bomb)
  },
  brotli: (response, { replyNow }) => {
    const reply = replyNow()
    bytes(response, reply.status, { ...reply.headers, 'Content-Encoding': 'br' }, brotliCompressSync(Buffer.from(reply.body)))
  },
  'deep-json': (response) => bytes(response, 200, JSON_TYPE, `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  garbage: (response) => bytes(response, 200, JSON_TYPE, Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 37 + 129) & 255))),
  empty: (response) => bytes(response, 200, JSON_TYPE, ''),
  truncated: (response, { replyNow }) => truncated(response, replyNow()),
  drip: (response, { replyNow }) => drip(response, replyNow()),
  '502': (response) =>
    bytes(
      response,
      502,
      { 'Content-Type': 'text/html' },
      '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>',
    ),
  'wrong-type': (response, { replyNow }) => {
    const reply = replyNow()
    bytes(response, reply.status, { 'Content-Type': 'text/plain' }, reply.body)
  },
}

/** True when the scenario has taken over the reply. */
export function perform(scenario: ScenarioName, response: ServerResponse, settings: ScenarioSettings): boolean {
  const performance = PERFORMANCES[scenario]
  if (performance === undefined) return false
  performance(response, settings)
  return true
}
