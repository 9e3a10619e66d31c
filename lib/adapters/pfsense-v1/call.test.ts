import { expect, it } from 'vitest'
import { AppError } from '@/lib/core/errors'
import { BASIC, enveloped, fakeFirewall, html, JWT, NOW, optionsFor, ORIGIN, recorded, signal, TOKEN, type Answer } from './__fixtures__/fake-firewall'
import { openCaller } from './call'
import { ENDPOINTS, WRITE_QUESTIONS } from './read-endpoints'
import { anyReply, versionReply } from './replies'

const VERSION = 'GET /api/v1/system/version'
const ask = (answer: Answer, options: { facts?: Record<string, string> } = {}) => {
  const firewall = fakeFirewall({ [VERSION]: answer })
  const connect = optionsFor(firewall.transport, BASIC, options)
  return { firewall, connect, read: () => openCaller(connect).get(ENDPOINTS.version, versionReply, signal) }
}
async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error(`expected an AppError, got ${String(error)}`)
  return error
}

it('sends exactly two headers on GET: the credential and the form content type', async () => {
  const { firewall, read } = ask(recorded('system-version'))
  expect(await read()).toEqual({ version: '2.8.1-RELEASE', base: '2.8' })
  expect(firewall.requests[0]?.headers).toEqual({
    Authorization: `Basic ${Buffer.from('palisade:pass phrase: ü').toString('base64')}`,
    'Content-Type': 'application/x-www-form-urlencoded',
  })
  expect(firewall.requests[0]).toMatchObject({ carriesCredential: true, lease: 'read', callClass: 'read', acceptRedirect: true })
  expect(firewall.requests[0]?.body).toBeUndefined()
})

it('sends exactly application/json on POST', async () => {
  const firewall = fakeFirewall()
  const answer = await openCaller(optionsFor(firewall.transport, TOKEN)).post(WRITE_QUESTIONS['rules-write'], { _action_bypass: true }, signal)
  expect(answer.return).toBe(15)
  expect(firewall.requests[0]).toMatchObject({ headers: { 'Content-Type': 'application/json' }, body: '{"_action_bypass":true}', lease: 'write' })
})

it('sends a token as id, space, token and without a scheme word', async () => {
  const firewall = fakeFirewall()
  await openCaller(optionsFor(firewall.transport, TOKEN)).get(ENDPOINTS.arp, anyReply, signal)
  expect(firewall.requests[0]?.headers.Authorization).toBe('70616c6973616465 893c8e0dc9fae6cae017a03357944410e11684af15a6cd89')
})

it('fetches a JWT with Basic once and keeps it for the lifetime that it tells itself', async () => {
  const firewall = fakeFirewall({ 'POST /api/v1/access_token': recorded('jwt-mode-access-token') })
  const options = optionsFor(firewall.transport, JWT)
  const caller = openCaller(options)
  await caller.get(ENDPOINTS.version, anyReply, signal)
  await caller.get(ENDPOINTS.arp, anyReply, signal)
  expect(firewall.asked()).toEqual(['POST /api/v1/access_token', VERSION, 'GET /api/v1/system/arp'])
  expect(firewall.requests[0]).toMatchObject({
    headers: { Authorization: `Basic ${Buffer.from('palisade:hunter-two').toString('base64')}`, 'Content-Type': 'application/json' },
    lease: 'authentication',
    carriesCredential: true,
  })
  expect(firewall.requests[1]?.headers.Authorization).toMatch(/^Bearer eyJ0eXAi/)
  expect(options.issued[0]?.expiresAt.getTime()).toBe(NOW.getTime() + 3_600_000)
})

it('throws away a refused JWT and does not ask for another', async () => {
  const firewall = fakeFirewall({ 'POST /api/v1/access_token': recorded('jwt-mode-access-token'), [VERSION]: recorded('jwt-mode-wrong-401') })
  const options = optionsFor(firewall.transport, JWT)
  expect((await failure(openCaller(options).get(ENDPOINTS.version, anyReply, signal))).code).toBe('firewall-credential-rejected')
  expect(options.discarded()).toBe(1)
  expect(firewall.requests).toHaveLength(2)
})

it('never lets a firewall in token mode make a second permanent token by itself', async () => {
  const firewall = fakeFirewall({ 'POST /api/v1/access_token': recorded('token-mode-access-token') })
  const options = optionsFor(firewall.transport, JWT)
  for (const caller of [openCaller(options), openCaller(options), openCaller(options)]) {
    expect((await failure(caller.get(ENDPOINTS.version, anyReply, signal))).code).toBe('firewall-credential-rejected')
  }
  expect(firewall.asked()).toEqual(['POST /api/v1/access_token'])
})

it('says that the firewall is in local mode when it makes no token', async () => {
  const firewall = fakeFirewall({ 'POST /api/v1/access_token': recorded('access-token-in-local-mode-403') })
  const error = await failure(openCaller(optionsFor(firewall.transport, JWT)).get(ENDPOINTS.version, anyReply, signal))
  expect(error).toMatchObject({ code: 'firewall-credential-rejected', message: 'The firewall makes no tokens: its API is in the mode Local Database.' })
})

it.each<[string, Answer, string]>([
  ['a wrong password', recorded('auth-local-wrong-401'), 'firewall-credential-rejected'],
  ['another mode', recorded('token-mode-basic-401'), 'firewall-credential-rejected'],
  ['a disabled user', recorded('auth-disabled-401'), 'firewall-credential-rejected'],
  ['a missing privilege', recorded('auth-privilege-403'), 'firewall-privilege-missing'],
  ['an interface that may not answer', enveloped([], 403, 6, 'Requested action is not allowed'), 'firewall-api-off'],
  ['302 to / with nothing', recorded('disabled-redirect-302'), 'firewall-api-off'],
  ['302 to the same place spelled out', { status: 302, headers: { location: `${ORIGIN}/` }, text: '' }, 'firewall-api-off'],
  ['a real redirect', { status: 302, headers: { location: 'https://evil.example.test/' }, text: '' }, 'firewall-redirect'],
  ['HTML of the web server', recorded('error-unknown-endpoint-404-html'), 'firewall-not-this-api'],
  ['a login page', html(200), 'firewall-not-this-api'],
  ['a v2 reply', { status: 200, text: '{"code":200,"status":"ok","response_id":"SUCCESS","message":"","data":[]}' }, 'firewall-not-this-api'],
  ['a PHP error', recorded('query-on-object-endpoint'), 'firewall-reply-not-understood'],
  ['an empty body', { status: 200, text: '' }, 'firewall-reply-not-understood'],
  ['garbage', { status: 200, text: '\u0000\u0001\u0002' }, 'firewall-reply-not-understood'],
  ['broken JSON', { status: 200, text: '{"status":' }, 'firewall-reply-not-understood'],
  ['deep JSON', { status: 200, text: `${'['.repeat(10_000)}${']'.repeat(10_000)}` }, 'firewall-reply-not-understood'],
  ['data of the wrong type', enveloped('text'), 'firewall-reply-not-understood'],
  ['an error of its own', enveloped([], 500, 1, 'Process encountered unexpected error'), 'firewall-reply-not-understood'],
  ['a refused content type', recorded('error-content-type-charset-415'), 'firewall-reply-not-understood'],
  ['a missing add-on', enveloped([], 500, 12, 'requires add-on packages'), 'firewall-not-reported'],
  ['no package repositories', enveloped([], 502, 13, 'Failed to connect'), 'firewall-not-reported'],
  ['an unknown pfSense version', enveloped([], 501, 5, 'Incompatible pfSense version'), 'firewall-not-reported'],
  ['504 of the web server', html(504), 'firewall-timed-out'],
  ['502 of the web server', html(502), 'firewall-busy'],
])('names %s', async (_name, answer, code) => {
  const { firewall, read } = ask(answer)
  expect((await failure(read())).code).toBe(code)
  expect(firewall.requests).toHaveLength(1)
})

it('says that the package is gone when HTML comes where the API once answered', async () => {
  expect((await failure(ask(recorded('error-unknown-endpoint-404-html'), { facts: { 'api-seen': 'yes' } }).read())).code).toBe('firewall-api-package-missing')
  const { connect, read } = ask(recorded('system-version'))
  await read()
  expect(connect.facts.get('api-seen')).toBe('yes')
})

it('names the privilege and the two other causes of a 403', async () => {
  const error = await failure(ask(recorded('auth-privilege-403')).read())
  expect(error.details).toMatchObject({ privilege: 'page-dashboard-widgets', status: 403, returnCode: 4 })
  expect(error.message).toContain('access list')
  expect(error.nextStep).toContain('page-dashboard-widgets')
})

it('tells read-only mode apart once it is known', async () => {
  const firewall = fakeFirewall({ 'POST /api/v1/firewall/rule': recorded('readonly-post-403') })
  const post = (facts: Record<string, string>) =>
    failure(openCaller(optionsFor(firewall.transport, BASIC, { facts })).post(WRITE_QUESTIONS['rules-write'], {}, signal))
  expect((await post({ 'read-only': 'yes' })).code).toBe('firewall-read-only')
  const unknown = await post({})
  expect(unknown.code).toBe('firewall-privilege-missing')
  expect(unknown.message).toContain('read-only')
})

it('shows admins a redacted reply and no more than 4 kB of it', async () => {
  const error = await failure(ask(enveloped({ password: 'CANARY-pass', filler: 'word '.repeat(5_000) }, 500, 1, 'Process encountered unexpected error')).read())
  expect(error.rawReply?.length).toBeLessThanOrEqual(4096)
  expect(error.rawReply).not.toContain('CANARY-pass')
})
