// What the control server can do to an update, and what it tells of it: the judge of every test that kills the product.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fleet, startFleet } from './fleet'
import { type JsonObject, objectOf, objectsOf, parseJson, textOf } from './json'
import { basic, sendRaw } from './raw-request'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet()
  fleet.clock.freeze(true)
})
afterAll(() => fleet.stop())

async function control(method: string, target: string, body?: JsonObject): Promise<JsonObject> {
  const reply = await fetch(`${fleet.controlUrl}${target}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return { ...objectOf(parseJson(await reply.text())), httpStatus: reply.status }
}
const counts = async (name: string) => control('GET', `/firewalls/${name}/counts`)
const logOf = async (name: string) => objectsOf((await counts(name))['updateLog']).map((entry) => textOf(entry['what']))

function ask(name: string, method: string, target: string) {
  const firewall = fleet.get(name)
  if (firewall === undefined) throw new Error(`There is no ${name}.`)
  const { key, secret } = objectOf(firewall.info.credentials['key-secret'])
  const isPost = method === 'POST'
  const headers = { ...basic(textOf(key), textOf(secret)), ...(isPost && { 'Content-Type': 'application/json' }) }
  return sendRaw(firewall.info.url, { method, target, headers, body: isPost ? '{}' : null })
}

test('a held part does not end, and the log of starts and parts stays when the counts are set back', async () => {
  await control('POST', '/firewalls', { name: 'held', family: 'opnsense', version: '26.7', checked: true, update: { holdAt: 'install' }, durationsMs: { download: 10_000, halfOpen: 5_000, booting: 30_000 } })
  await ask('held', 'POST', '/api/core/firmware/update')
  await ask('held', 'POST', '/api/core/firmware/update')
  await control('PATCH', '/clock', { advanceMs: 3_600_000 })
  expect(parseJson((await ask('held', 'GET', '/api/core/firmware/running')).body)).toEqual({ status: 'busy' })
  await control('PATCH', '/firewalls/held', { update: { holdAt: null } })
  await control('PATCH', '/clock', { advanceMs: 1_000 })
  expect(objectOf(parseJson((await ask('held', 'GET', '/api/core/firmware/upgradestatus')).body))['status']).toBe('reboot')
  await control('PATCH', '/clock', { advanceMs: 200_000 })
  expect(objectOf(await control('POST', '/firewalls/held/counts/reset'))['httpStatus']).toBe(200)
  expect((await counts('held'))['updateStarts']).toBe(0)
  expect(await logOf('held')).toEqual(['start by update', 'download', 'start by update, dropped', 'install', 'goodbye', 'away', 'half-open', 'booting', 'installed'])
})

test('when each firewall was away can be read from its log, for judging pairs', async () => {
  await control('POST', '/firewalls', { name: 'away', family: 'opnsense', version: '26.7' })
  const beganMs = fleet.clock.nowMs()
  await ask('away', 'POST', '/api/core/system/reboot')
  await control('PATCH', '/clock', { advanceMs: 500_000 })
  const log = objectsOf((await counts('away'))['updateLog'])
  const at = (what: string) => Date.parse(textOf(log.find((entry) => entry['what'] === what)?.['at'])) - beganMs
  expect([at('away'), at('restarted')]).toEqual([0, 90_000])
})

test('while it is half open connections are accepted and nothing is answered', async () => {
  await control('POST', '/firewalls', { name: 'half', family: 'opnsense', version: '26.7', durationsMs: { reboot: 0, halfOpen: 60_000 } })
  await ask('half', 'POST', '/api/core/system/reboot')
  const outcome = await Promise.race([
    ask('half', 'GET', '/api/core/firmware/running').then(
      () => 'answered',
      () => 'failed',
    ),
    new Promise((done) => setTimeout(() => done('silent'), 150)),
  ])
  expect(outcome).toBe('silent')
})

test('a held request is counted as held until it is let go', async () => {
  await control('POST', '/firewalls', { name: 'late', family: 'opnsense', version: '26.7', hold: { path: '/api/core/firmware/running', when: 'after' } })
  const reply = ask('late', 'GET', '/api/core/firmware/running')
  await expect.poll(async () => (await counts('late'))['held']).toBe(1)
  await control('PATCH', '/firewalls/late', { hold: null })
  expect((await reply).status).toBe(200)
  expect((await counts('late'))['held']).toBe(0)
})

test.each([
  [{ failure: 'gateway-down' }, '/api/routes/gateway/status', '"down"'],
  [{ failure: 'carp-role-wrong' }, '/api/diagnostics/interface/get_vip_status', '"INIT"'],
  [{ failure: 'rules-not-loaded' }, '/api/core/system/status', 'error(s) loading the rules'],
])('%j shows after the update', async (update, target, shown) => {
  const name = update.failure
  await control('POST', '/firewalls', { name, family: 'opnsense', version: '26.7', update })
  const first = async () => (await ask(name, 'GET', target)).body
  const before = await first()
  await ask(name, 'POST', '/api/core/firmware/update')
  await control('PATCH', '/clock', { advanceMs: 151_000 })
  const after = await first()
  expect(after).not.toBe(before)
  expect(after).toContain(shown)
})

test('what it does not know is refused', async () => {
  expect((await control('POST', '/firewalls', { name: 'x', family: 'opnsense', version: '26.7', update: { holdAt: 'lunch' } }))['httpStatus']).toBe(400)
  expect((await control('POST', '/firewalls', { name: 'x', family: 'opnsense', version: '26.7', health: { ruleLoaded: true } }))['httpStatus']).toBe(400)
})
