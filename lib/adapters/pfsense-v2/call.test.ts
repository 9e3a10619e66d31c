import { describe, expect, it } from 'vitest'
import type { Credential } from '@/lib/adapters/adapter'
import { AppError, type ErrorCode } from '@/lib/core/errors'
import { Secret } from '@/lib/core/secret'
import { openCaller } from './call'
import { ENDPOINTS } from './read-endpoints'
import { nothing, rulesReply, versionReply } from './replies'
import {
  answer,
  anySignal,
  API_KEY,
  BASIC,
  connectOptions,
  fakeFirewall,
  JWT,
  memory,
  NOW,
  page,
  recorded,
  tokenStore,
  type Answer,
} from './__fixtures__/fake-firewall'

const failure = async (promise: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('an AppError was expected')
  return error
}

const readVersion = (reply: Answer, facts: Record<string, string> = {}, credential: Credential = API_KEY) => {
  const firewall = fakeFirewall({ 'GET /api/v2/system/version': reply })
  const caller = openCaller(connectOptions(firewall.transport, { credential, memory: memory(facts) }))
  return { firewall, caller, result: caller.get(ENDPOINTS.systemVersion, versionReply, anySignal()) }
}

describe('headers', () => {
  it('sends Accept exactly and no content type on GET, which would make the firewall ignore the query', async () => {
    const { firewall, result } = readVersion(recorded('system-version'))
    await result
    expect(firewall.requests[0]?.headers).toEqual({ Accept: 'application/json', 'X-API-Key': API_KEY.method === 'api-key' ? API_KEY.key.reveal() : '' })
    expect(firewall.requests[0]).toMatchObject({ method: 'GET', lease: 'read', carriesCredential: true })
    expect(firewall.requests[0]?.body).toBeUndefined()
  })

  it('sends JSON with its content type on POST', async () => {
    const firewall = fakeFirewall()
    const caller = openCaller(connectOptions(firewall.transport))
    await caller.post(ENDPOINTS.systemUpdate, { dry_run: true }, nothing, anySignal())
    expect(firewall.requests[0]?.headers).toMatchObject({ Accept: 'application/json', 'Content-Type': 'application/json' })
    expect(firewall.requests[0]).toMatchObject({ body: '{"dry_run":true}', lease: 'write' })
  })

  it.each([
    ['api-key', API_KEY, ['X-API-Key']],
    ['basic', BASIC, ['Authorization']],
  ] as const)('carries exactly one credential header with %s', async (_, credential, expected) => {
    const { firewall, result } = readVersion(recorded('system-version'), {}, credential)
    await result
    const credentialHeaders = Object.keys(firewall.requests[0]?.headers ?? {}).filter((name) => /authorization|key|cookie/i.test(name))
    expect(credentialHeaders).toEqual(expected)
  })

  it('encodes user and password as UTF-8, also with a colon in the password', async () => {
    const { firewall, result } = readVersion(recorded('system-version'), {}, BASIC)
    await result
    const header = firewall.requests[0]?.headers.Authorization ?? ''
    expect(Buffer.from(header.replace('Basic ', ''), 'base64').toString('utf8')).toBe('palisade:pass:wört')
  })
})

describe('a credential that can only be refused is not sent', () => {
  it.each([
    ['an empty password', { method: 'basic', username: new Secret('a'), password: new Secret('') }],
    ['a colon in the name', { method: 'basic', username: new Secret('a:b'), password: new Secret('c') }],
    ['a key with a line break', { method: 'api-key', key: new Secret('abc\ndef') }],
    ['another family’s method', { method: 'token', clientId: new Secret('a'), clientToken: new Secret('b') }],
  ] as const)('%s', async (_, credential) => {
    const { firewall, result } = readVersion(recorded('system-version'), {}, credential)
    expect((await failure(result)).code).toBe('invalid-input')
    expect(firewall.requests).toEqual([])
  })
})

describe('tokens', () => {
  const issue = { 'POST /api/v2/auth/jwt': recorded('auth-jwt-create') }

  it('asks for one with Basic alone and an empty body, then sends it alone', async () => {
    const firewall = fakeFirewall(issue)
    const tokens = tokenStore(() => NOW)
    const caller = openCaller(connectOptions(firewall.transport, { credential: JWT, tokens }))
    await caller.get(ENDPOINTS.systemVersion, versionReply, anySignal())
    await caller.get(ENDPOINTS.systemVersion, versionReply, anySignal())
    expect(firewall.asked()).toEqual(['POST /api/v2/auth/jwt', 'GET /api/v2/system/version', 'GET /api/v2/system/version'])
    expect(firewall.requests[0]).toMatchObject({ lease: 'authentication', carriesCredential: true })
    expect(firewall.requests[0]?.body).toBeUndefined()
    expect(firewall.requests[0]?.headers.Authorization).toMatch(/^Basic /)
    expect(firewall.requests[1]?.headers.Authorization).toMatch(/^Bearer eyJ/)
    expect(tokens.issued).toBe(1)
  })

  it('reads the lifetime from the token and renews before it ends', async () => {
    let now = NOW
    const firewall = fakeFirewall(issue)
    const tokens = tokenStore(() => now)
    const caller = openCaller(connectOptions(firewall.transport, { credential: JWT, tokens, now: () => now }))
    await caller.get(ENDPOINTS.systemVersion, versionReply, anySignal())
    now = new Date(NOW.getTime() + 3600_000 - 61_000)
    await caller.get(ENDPOINTS.systemVersion, versionReply, anySignal())
    expect(tokens.issued).toBe(1)
    now = new Date(NOW.getTime() + 3600_000 - 59_000)
    await caller.get(ENDPOINTS.systemVersion, versionReply, anySignal())
    expect(tokens.issued).toBe(2)
  })

  it('discards a refused token and fails: no second try, no new token', async () => {
    const firewall = fakeFirewall({ ...issue, 'GET /api/v2/system/version': recorded('auth-jwt-wrong-401') })
    const tokens = tokenStore(() => NOW)
    const caller = openCaller(connectOptions(firewall.transport, { credential: JWT, tokens }))
    expect((await failure(caller.get(ENDPOINTS.systemVersion, versionReply, anySignal()))).code).toBe('firewall-credential-rejected')
    expect(tokens.discarded).toBe(1)
    expect(firewall.asked()).toEqual(['POST /api/v2/auth/jwt', 'GET /api/v2/system/version'])
  })

  it('says that read-only mode gives no tokens', async () => {
    const firewall = fakeFirewall({ 'POST /api/v2/auth/jwt': recorded('read-only-jwt') })
    const error = await failure(openCaller(connectOptions(firewall.transport, { credential: JWT })).get(ENDPOINTS.systemVersion, versionReply, anySignal()))
    expect(error.code).toBe('firewall-read-only')
    expect(error.message).toContain('tokens')
  })

  it('names the privilege for tokens', async () => {
    const firewall = fakeFirewall({ 'POST /api/v2/auth/jwt': recorded('auth-missing-privilege-403') })
    const error = await failure(openCaller(connectOptions(firewall.transport, { credential: JWT })).get(ENDPOINTS.systemVersion, versionReply, anySignal()))
    expect(error.details.privilege).toBe('api-v2-auth-jwt-post')
  })

  it('does not take anything else for a token, and keeps none of it', async () => {
    const firewall = fakeFirewall({ 'POST /api/v2/auth/jwt': answer({ token: 'CANARY' }) })
    const error = await failure(openCaller(connectOptions(firewall.transport, { credential: JWT })).get(ENDPOINTS.systemVersion, versionReply, anySignal()))
    expect(error.code).toBe('firewall-reply-not-understood')
    expect(JSON.stringify([error.message, error.details, error.rawReply])).not.toContain('CANARY')
  })
})

describe('what each refusal means', () => {
  const cases: [string, Answer, ErrorCode][] = [
    ['401', recorded('auth-basic-wrong-password-401'), 'firewall-credential-rejected'],
    ['403 without the privilege', recorded('auth-missing-privilege-403'), 'firewall-privilege-missing'],
    ['403 by the access list', answer([], 403, 'ENDPOINT_CLIENT_NOT_ALLOWED_BY_ACL'), 'firewall-privilege-missing'],
    ['403 by the interface', answer([], 403, 'ENDPOINT_INTERFACE_NOT_ALLOWED'), 'firewall-api-off'],
    ['503 switched off', recorded('disabled-503'), 'firewall-api-off'],
    ['503 while the package is replaced', answer([], 503, 'ENDPOINT_UNAVAILABLE'), 'firewall-busy'],
    ['503 with a full queue', recorded('system-update-post-second-503'), 'firewall-busy'],
    ['405 in read-only mode', recorded('read-only-post-405'), 'firewall-read-only'],
    ['405 otherwise', recorded('system-update-get-405'), 'firewall-not-reported'],
    ['405 of the web server', page(405), 'firewall-not-this-api'],
    ['404 without the add-on', answer([], 404, 'MODEL_MISSING_REQUIRED_PACKAGE'), 'firewall-not-reported'],
    ['406', recorded('error-accept-list-406'), 'firewall-reply-not-understood'],
    ['415', recorded('error-content-type-415'), 'firewall-reply-not-understood'],
    ['500 with a stack trace', recorded('options-500'), 'firewall-reply-not-understood'],
    ['500 without a package list', recorded('system-packages-500-cache-empty'), 'firewall-not-reported'],
    ['502 of the web server', page(502), 'firewall-busy'],
    ['504 of the web server', page(504), 'firewall-timed-out'],
    ['an empty 200', recorded('diagnostics-command-prompt-not-utf8'), 'firewall-reply-not-understood'],
    ['a page with 200', page(200), 'firewall-not-this-api'],
    ['JSON that is not the envelope', { ...answer([]), text: '{"items":[]}' }, 'firewall-reply-not-understood'],
    ['garbage', { ...answer([]), text: '\u0000\u0001garbage' }, 'firewall-reply-not-understood'],
    ['data of another kind', answer('text'), 'firewall-reply-not-understood'],
  ]
  it.each(cases)('%s', async (_, reply, code) => {
    const error = await failure(readVersion(reply).result)
    expect(error.code).toBe(code)
    expect(error.message).toMatch(/\.$/)
    expect(error.nextStep).toMatch(/\.$/)
    expect(error.message + String(error.nextStep)).not.toContain('Endpoint.inc')
  })

  it('names the privilege in the sentence and in the details', async () => {
    const error = await failure(readVersion(recorded('auth-missing-privilege-403')).result)
    expect(error.details.privilege).toBe('api-v2-system-version-get')
    expect(error.message).toContain('api-v2-system-version-get')
  })

  it('hands on how long to wait', async () => {
    expect((await failure(readVersion(recorded('system-update-post-second-503')).result)).details.retryAfterSeconds).toBe(300)
  })

  it('keeps the reply of the firewall only redacted', async () => {
    const reply = { ...recorded('options-500'), text: recorded('options-500').text.replace('#0 ', 'password=CANARY-secret #0 ') }
    const error = await failure(readVersion(reply).result)
    expect(error.rawReply).toContain('ENDPOINT_RECEIVED_UNEXPECTED_ERROR')
    expect(error.rawReply).not.toContain('CANARY')
  })
})

describe('a web page instead of the API', () => {
  const gone = recorded('error-unknown-endpoint-404-html')

  it('is not this API when the API was never seen', async () => {
    expect((await failure(readVersion(gone).result)).code).toBe('firewall-not-this-api')
  })

  it('is a missing package when the API was seen before, as after a system update', async () => {
    expect((await failure(readVersion(gone, { 'api-seen': 'yes' }).result)).code).toBe('firewall-api-package-missing')
    expect((await failure(readVersion(page(200, '<html>Login</html>'), { 'api-seen': 'yes' }).result)).code).toBe('firewall-api-package-missing')
  })

  it('remembers that the API answered, also with a refusal', async () => {
    for (const reply of [recorded('system-version'), recorded('auth-missing-privilege-403')]) {
      const store = memory()
      const firewall = fakeFirewall({ 'GET /api/v2/system/version': reply })
      await openCaller(connectOptions(firewall.transport, { memory: store }))
        .get(ENDPOINTS.systemVersion, versionReply, anySignal())
        .catch(() => null)
      expect(store.facts.get('api-seen')).toBe('yes')
    }
  })

  it('is an older version when only this path is unknown: one probe without credential tells', async () => {
    const firewall = fakeFirewall({ 'GET /api/v2/firewall/rules': gone })
    const caller = openCaller(connectOptions(firewall.transport, { memory: memory({ 'api-seen': 'yes' }) }))
    expect((await failure(caller.get(ENDPOINTS.rules, rulesReply, anySignal()))).code).toBe('firewall-not-reported')
    expect(firewall.asked()).toEqual(['GET /api/v2/firewall/rules', 'OPTIONS /api/v2/firewall/rules'])
    expect(firewall.requests[1]?.carriesCredential).toBe(false)
    expect(Object.keys(firewall.requests[1]?.headers ?? {})).toEqual(['Accept'])
  })

  it('is a missing package when the probe meets the web server too', async () => {
    const firewall = fakeFirewall({ 'GET /api/v2/firewall/rules': gone, 'OPTIONS /api/v2/firewall/rules': gone })
    const caller = openCaller(connectOptions(firewall.transport, { memory: memory({ 'api-seen': 'yes' }) }))
    expect((await failure(caller.get(ENDPOINTS.rules, rulesReply, anySignal()))).code).toBe('firewall-api-package-missing')
  })
})
