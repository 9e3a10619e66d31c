// Every scenario does to a connection what its name says, and the control server steers it all from another process.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fleet, type FleetFirewall, startFleet } from './fleet'
import { type JsonObject, objectOf, parseJson, textOf } from './json'
import type { ScenarioName } from './options'
import { sendRaw } from './raw-request'

let fleet: Fleet
let firewall: FleetFirewall
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'palisade-scenario-'))
  fleet = await startFleet({ folder })
  firewall = await fleet.add({ name: 'one', family: 'pfsense-v2', version: '2.10' })
})
afterAll(async () => {
  await fleet.stop()
  rmSync(folder, { recursive: true })
})

const headers = () => ({ 'X-API-Key': textOf(objectOf(firewall.info.credentials['api-key'])['key']) })
const ask = () => sendRaw(firewall.info.url, { method: 'GET', target: '/api/v2/system/version', headers: headers() })
const play = (scenario: ScenarioName) => firewall.patch({ scenario })
const fails = async (call: Promise<unknown>) =>
  call.then(
    () => false,
    () => true,
  )

test.each<ScenarioName>(['dead', 'reset', 'reset-after-headers', 'truncated'])(
  '%s fails the connection, and it recovers at the same address',
  async (scenario) => {
    await play(scenario)
    expect(await fails(ask())).toBe(true)
    await play('none')
    expect((await ask()).status).toBe(200)
  },
)

test.each<[ScenarioName, number, string, RegExp]>([
  ['redirect', 302, 'text/html', /^$/],
  ['html', 200, 'text/html; charset=UTF-8', /usernamefld/],
  ['empty', 200, 'application/json', /^$/],
  ['502', 502, 'text/html', /Bad Gateway/],
  ['wrong-type', 200, 'text/plain', /SUCCESS/],
  ['deep-json', 200, 'application/json', /^\[{1000}/],
])('%s answers %i %s', async (scenario, status, type, body) => {
  await play(scenario)
  const reply = await ask()
  expect([reply.status, reply.headers['content-type']]).toEqual([status, type])
  expect(reply.body).toMatch(body)
})

test('garbage is no JSON, brotli and the bomb say how they are packed', async () => {
  await play('garbage')
  const { body } = await ask()
  expect(() => parseJson(body)).toThrow()
  await play('brotli')
  expect((await ask()).headers['content-encoding']).toBe('br')
  await play('gzip-bomb')
  const bomb = await ask()
  expect(bomb.headers['content-encoding']).toBe('gzip')
  expect(Number(bomb.headers['content-length'])).toBeLessThan(1_000_000)
})

/** Bytes of the first reply until `wanted` have come, after which we hang up. */
function firstBytes(wanted: number): Promise<number> {
  return new Promise((done, failed) => {
    let seen = 0
    const socket = connect({ host: '127.0.0.1', port: firewall.info.port, rejectUnauthorized: false }, () =>
      socket.write('GET /api/v2/system/version HTTP/1.1\r\nHost: x\r\n\r\n'),
    )
    socket.on('error', failed)
    socket.on('data', (part: Buffer) => {
      seen += part.length
      if (seen < wanted) return
      socket.destroy()
      done(seen)
    })
  })
}

test('endless goes on for as long as somebody reads', async () => {
  await play('endless')
  expect(await firstBytes(3_000_000)).toBeGreaterThanOrEqual(3_000_000)
  await play('none')
  expect((await ask()).status).toBe(200)
})

test('half-open accepts and never shakes hands', async () => {
  await play('half-open')
  const before = firewall.counts()
  const outcome = await Promise.race([
    ask().then(
      () => 'answered',
      () => 'failed',
    ),
    new Promise((done) => setTimeout(() => done('silent'), 150)),
  ])
  expect(outcome).toBe('silent')
  expect(firewall.counts().connections - before.connections).toBe(1)
  expect(firewall.counts().handshakes).toBe(before.handshakes)
  await play('none')
})

test('slow answers, but not before its time', async () => {
  await firewall.patch({ scenario: 'slow', slowMs: 80 })
  const started = performance.now()
  expect((await ask()).status).toBe(200)
  expect(performance.now() - started).toBeGreaterThanOrEqual(75)
  await play('none')
})

test('a renewed certificate is told from a new one by its key, and both stay after a restart', async () => {
  const first = firewall.info
  const renewed = await firewall.patch({ certificate: 'same-key' })
  expect(renewed.sha256).not.toBe(first.sha256)
  expect(renewed.spkiSha256).toBe(first.spkiSha256)
  const changed = await firewall.patch({ certificate: 'new-key' })
  expect(changed.spkiSha256).not.toBe(first.spkiSha256)
  const again = await startFleet({ folder })
  const same = await again.add({ name: 'one', family: 'pfsense-v2', version: '2.10' })
  expect([same.info.sha256, same.info.credentials]).toEqual([changed.sha256, changed.credentials])
  await again.stop()
})

test('planted secrets stand in replies, and sizes are exact', async () => {
  const planted = await fleet.add({
    name: 'planted',
    family: 'opnsense',
    version: '26.7',
    plantSecrets: 'CANARY-1',
    size: { arp: 148, rules: 500, aliases: 60 },
  })
  const { key, secret } = objectOf(planted.info.credentials['key-secret'])
  const authorization = { Authorization: `Basic ${Buffer.from(`${textOf(key)}:${textOf(secret)}`).toString('base64')}` }
  const read = async (target: string) => (await sendRaw(planted.info.url, { method: 'GET', target, headers: authorization })).body
  expect(await read('/api/interfaces/overview/interfaces_info')).toContain('CANARY-1-pppoe-password')
  expect(await read('/api/core/backup/download/this')).toContain('CANARY-1-hash')
  const totals = ['/api/firewall/filter/search_rule', '/api/diagnostics/interface/search_arp', '/api/firewall/alias/search_item'].map(
    async (target) => objectOf(parseJson(await read(target)))['total'],
  )
  expect(await Promise.all(totals)).toEqual([500, 148, 60])
  await fleet.remove('planted')
})

test('the control server adds, changes, counts, moves the clock and refuses what it does not know', async () => {
  const call = async (method: string, target: string, body?: JsonObject) => {
    const reply = await fetch(`${fleet.controlUrl}${target}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
    return { status: reply.status, body: parseJson(await reply.text()) }
  }
  const added = await call('POST', '/firewalls', { name: 'two', family: 'pfsense-v1', version: '1.9', authmode: 'jwt' })
  expect(added.status).toBe(201)
  const { url, credentials } = objectOf(added.body)
  const { username, password } = objectOf(objectOf(credentials)['jwt'])
  const basic = { Authorization: `Basic ${Buffer.from(`${textOf(username)}:${textOf(password)}`).toString('base64')}` }
  expect((await sendRaw(textOf(url), { method: 'POST', target: '/api/v1/access_token', headers: basic, body: '' })).status).toBe(200)
  expect(objectOf((await call('GET', '/firewalls/two/counts')).body)).toMatchObject({ tokenRequests: 1, byPath: { 'POST /api/v1/access_token': 1 } })
  expect((await call('PATCH', '/firewalls/two', { read_only: true })).status).toBe(200)
  expect((await call('PATCH', '/firewalls/two', { readonly: true })).status).toBe(400)
  expect((await call('POST', '/firewalls', { name: 'three', family: 'opnsense', version: '1.0' })).status).toBe(400)
  const before = fleet.clock.nowMs()
  await call('PATCH', '/clock', { advanceMs: 60_000 })
  expect(fleet.clock.nowMs() - before).toBeGreaterThanOrEqual(60_000)
  expect((await call('POST', '/firewalls/two/counts/reset')).status).toBe(200)
  expect(objectOf((await call('GET', '/firewalls/two/counts')).body)['requests']).toBe(0)
  expect((await call('DELETE', '/firewalls/two')).status).toBe(200)
  expect((await call('GET', '/firewalls/two')).status).toBe(404)
})
