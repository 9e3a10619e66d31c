import { expect, it } from 'vitest'
import { READ_KINDS, credentialTest } from '@/lib/adapters/model'
import { AppError } from '@/lib/core/errors'
import { Secret } from '@/lib/core/secret'
import { BASIC, enveloped, fakeFirewall, JWT, optionsFor, recorded, signal, TOKEN, type Answer } from './__fixtures__/fake-firewall'
import { pfsenseV1 } from './index'

const REFUSED = recorded('auth-privilege-403')
type More = Parameters<typeof optionsFor>[2] & { credential?: Parameters<typeof optionsFor>[1] }
function testOf(overrides: Record<string, Answer | Answer[]> = {}, { credential = BASIC, ...more }: More = {}) {
  const firewall = fakeFirewall(overrides)
  const options = optionsFor(firewall.transport, credential, more)
  return { firewall, options, run: () => pfsenseV1.connect(options).test(signal) }
}
const version = (text: string) => enveloped({ current_version: text, latest_version: null, update_available: false })
const sentPosts = (requests: readonly { method: string; path: string }[]) => requests.filter(({ method }) => method === 'POST').map(({ path }) => path)

it('tries every reading of the pages and asks for the write privileges without writing', async () => {
  const { firewall, run } = testOf({}, { commandsAllowed: true })
  const { test, exchanged } = await run()
  expect(credentialTest.parse(test)).toEqual(test)
  expect(exchanged).toBeNull()
  expect(test).toMatchObject({ version: '2.7.2-RELEASE', hostname: 'fw-lab01.example.test', warnings: [], requestCount: firewall.requests.length })
  const read = test.features.filter(({ access }) => access === 'read')
  expect(new Set(read.map(({ feature }) => feature))).toEqual(new Set(READ_KINDS))
  expect(read.map(({ result }) => result)).toEqual(READ_KINDS.map(() => 'ok'))
  expect(test.features.find(({ feature }) => feature === 'rules')).toMatchObject({ privilege: 'page-firewall-rules', seen: '6 rules in 4 layers' })
  expect(test.features.filter(({ access }) => access === 'write').map(({ feature, privilege, result }) => [feature, privilege, result])).toEqual([
    ['firmware-check', 'page-dashboard-widgets', 'ok'],
    ['firmware-update', 'page-diagnostics-command', 'ok'],
    ['rules-write', 'page-firewall-rules-edit', 'ok'],
    ['aliases-write', 'page-firewall-alias-edit', 'ok'],
    ['commands', 'page-diagnostics-command', 'ok'],
    ['configuration', 'page-diagnostics-backup-restore', 'not-knowable'],
  ])
  expect(firewall.requests.filter(({ method }) => method === 'POST').map(({ path, body }) => [path, body])).toEqual([
    ['/api/v1/diagnostics/command_prompt', '{"_action_bypass":true}'],
    ['/api/v1/firewall/rule', '{"_action_bypass":true}'],
    ['/api/v1/firewall/alias', '{"_action_bypass":true}'],
  ])
  expect(firewall.asked()).not.toContain('GET /api/v1/system/version/upgrade?use_cache=false')
})

it.each([
  ['1.5', version('v1.5.0')],
  ['1.7', version('v1.7.6')],
  ['an unknown version', version('')],
  ['a version that may not be read', REFUSED],
])('never sends a dry run to %s, which might really write', async (_name, answer) => {
  const { firewall, run } = testOf({ 'GET /api/v1/system/api/version': answer }, { commandsAllowed: true })
  const { test } = await run()
  expect(sentPosts(firewall.requests)).toEqual([])
  for (const name of ['rules-write', 'aliases-write', 'commands', 'firmware-update'])
    expect(test.features.find(({ feature }) => feature === name)?.result).toBe('not-knowable')
})

it('sends nothing to the command prompt while commands are off', async () => {
  const { firewall, run } = testOf()
  const { test } = await run()
  expect(sentPosts(firewall.requests)).not.toContain('/api/v1/diagnostics/command_prompt')
  expect(test.features.find(({ feature }) => feature === 'commands')).toMatchObject({
    result: 'not-knowable',
    seen: 'not asked: the command permission is off for this firewall',
  })
})

it('asks for no write in read-only mode and says so', async () => {
  const { firewall, run } = testOf({
    'GET /api/v1/system/api': enveloped({ enable: '', readonly: '', authmode: 'local', persist: '', enable_login_protection: '' }),
  })
  const { test } = await run()
  expect(sentPosts(firewall.requests)).toEqual([])
  expect(test.features.find(({ feature }) => feature === 'rules-write')).toMatchObject({ result: 'missing', seen: 'the API is read-only' })
})

it('names missing privileges, of whole readings, of parts and of writes', async () => {
  const { run } = testOf({
    'GET /api/v1/firewall/alias': REFUSED,
    'GET /api/v1/status/interface': REFUSED,
    'GET /api/v1/firewall/states/size': REFUSED,
    'GET /api/v1/firewall/nat/one_to_one': REFUSED,
    'POST /api/v1/firewall/rule': REFUSED,
    'GET /api/v1/status/openvpn': REFUSED,
  })
  const missing = (await run()).test.features.filter(({ result }) => result === 'missing').map(({ feature, privilege }) => [feature, privilege])
  expect(missing).toEqual([
    ['status', 'page-system-advanced-firewall'],
    ['aliases', 'page-firewall-aliases'],
    ['interfaces', 'page-status-interfaces'],
    ['nat', 'page-firewall-nat-1-1'],
    ['vpn', 'page-status-openvpn'],
    ['rules-write', 'page-firewall-rules-edit'],
  ])
})

it('calls a reading failed, not missing, when its reply is not understood', async () => {
  const { test } = await testOf({ 'GET /api/v1/status/carp': recorded('query-on-object-endpoint'), 'GET /api/v1/services': enveloped('odd') }).run()
  expect(test.features.filter(({ result }) => result === 'failed').map(({ feature }) => feature)).toEqual(['services', 'carp'])
})

it('warns when the user may do what Palisade never asks for, or is the administrator', async () => {
  const everything = /may probably do everything/
  expect((await testOf({ 'GET /api/v1/interface': recorded('interface') }).run()).test.warnings).toEqual([expect.stringMatching(everything)])
  const admin = { method: 'basic', username: new Secret('admin'), password: new Secret('x') } as const
  expect((await testOf({}, { credential: admin }).run()).test.warnings).toEqual([expect.stringMatching(everything)])
})

it('warns when login protection is off', async () => {
  const { test } = await testOf({ 'GET /api/v1/system/api': enveloped({ enable: '', authmode: 'local', persist: '' }) }).run()
  expect(test.warnings).toEqual([expect.stringContaining('Login protection of the API is off')])
})

it.each([
  ['basic', BASIC, 'GET /api/v1/system/version', recorded('jwt-mode-basic-401')],
  ['token', TOKEN, 'GET /api/v1/system/version', recorded('token-mode-wrong-401')],
  ['jwt', JWT, 'POST /api/v1/access_token', recorded('auth-local-wrong-401')],
])('costs one failed sign-in at most: %s', async (_name, credential, asked, answer) => {
  const { firewall, run } = testOf({ [asked]: answer }, { credential })
  await expect(run()).rejects.toMatchObject({ code: 'firewall-credential-rejected' })
  expect(firewall.asked()).toEqual([asked])
})

it('stops at once when the credential is revoked in the middle', async () => {
  const { firewall, run } = testOf({ 'GET /api/v1/firewall/rule': recorded('auth-local-wrong-401') })
  await expect(run()).rejects.toMatchObject({ code: 'firewall-credential-rejected' })
  expect(firewall.asked().at(-1)).toBe('GET /api/v1/firewall/rule')
})

it('tests a JWT with one request for a token', async () => {
  const { firewall, run } = testOf({ 'POST /api/v1/access_token': recorded('jwt-mode-access-token-first') }, { credential: JWT })
  const { test, exchanged } = await run()
  expect(exchanged).toBeNull()
  expect(test.requestCount).toBe(firewall.requests.length)
  expect(firewall.asked().filter((asked) => asked.includes('access_token'))).toHaveLength(1)
  expect(firewall.requests.slice(1).every(({ headers }) => headers.Authorization?.startsWith('Bearer '))).toBe(true)
})

it('keeps the permanent pair of a firewall in token mode and tests it as a token', async () => {
  const { firewall, run } = testOf({ 'POST /api/v1/access_token': recorded('token-mode-access-token') }, { credential: JWT })
  const { test, exchanged } = await run()
  expect(exchanged?.notice).toContain('drops the password')
  if (exchanged?.credential.method !== 'token') throw new Error('expected a token')
  expect(exchanged.credential.clientId.reveal()).toBe('61646d696e')
  expect(exchanged.credential.clientToken.reveal()).toBe('893c8e0dc9fae6cae017a03357944410e11684af15a6cd89')
  expect(firewall.asked().filter((asked) => asked.includes('access_token'))).toHaveLength(1)
  expect(firewall.requests.slice(1).every(({ headers }) => headers.Authorization === '61646d696e 893c8e0dc9fae6cae017a03357944410e11684af15a6cd89')).toBe(true)
  expect(test.features.filter(({ result }) => result === 'ok').length).toBeGreaterThanOrEqual(READ_KINDS.length)
  expect(test.requestCount).toBe(firewall.requests.length)

  const stored = fakeFirewall()
  await pfsenseV1.connect(optionsFor(stored.transport, exchanged.credential)).reads.arp(signal)
  expect(stored.asked()[0]).toBe('GET /api/v1/system/arp')
  expect(JSON.stringify({ test, exchanged })).not.toContain('893c8e0d')
})

it('never loses the pair to what happens afterwards', async () => {
  const gone = new AppError('firewall-unreachable', 'The firewall does not answer.')
  const { firewall, run } = testOf({ 'POST /api/v1/access_token': recorded('token-mode-access-token'), 'GET *': gone }, { credential: JWT })
  const { test, exchanged } = await run()
  expect(exchanged?.credential.method).toBe('token')
  expect(new Set(test.features.filter(({ access }) => access === 'read').map(({ result }) => result))).toEqual(new Set(['failed']))
  expect(firewall.requests).toHaveLength(2)
})

it('asks a firewall again when a person does, though it was seen in token mode', async () => {
  const { options, run } = testOf({ 'POST /api/v1/access_token': recorded('jwt-mode-access-token') }, { credential: JWT, facts: { 'token-mode': 'yes' } })
  await run()
  expect(options.facts.get('token-mode')).toBe('no')
})
