import { describe, expect, it } from 'vitest'
import type { Credential } from '@/lib/adapters/adapter'
import { credentialTest, READ_KINDS } from '@/lib/adapters/model'
import { AppError } from '@/lib/core/errors'
import { pfsenseV2 } from './index'
import { answer, anySignal, API_KEY, BASIC, connectOptions, fakeFirewall, JWT, page, recorded, recordedData, type Answer } from './__fixtures__/fake-firewall'

const WRITES = ['POST /api/v2/firewall/rule', 'POST /api/v2/firewall/alias', 'POST /api/v2/system/update', 'POST /api/v2/diagnostics/command_prompt']
const refused = answer([], 403, 'AUTH_AUTHORIZATION_FAILED')
const apiVersion = (version: string) => answer({ ...(recordedData('system-restapi-version') as object), current_version: version })

function run(changes: Record<string, Answer> = {}, credential: Credential = API_KEY, commandsAllowed = false) {
  const firewall = fakeFirewall(changes)
  const adapter = pfsenseV2.connect(connectOptions(firewall.transport, { credential, commandsAllowed }))
  return { firewall, outcome: adapter.test(anySignal()) }
}
const resultsOf = async (changes: Record<string, Answer>) => {
  const { test } = await run(changes).outcome
  return new Map(test.features.map((feature) => [feature.feature, feature]))
}

describe('the credential test', () => {
  it.each([
    ['api-key', API_KEY],
    ['basic', BASIC],
    ['jwt', JWT],
  ] as const)('tries every read and asks for writes with %s', async (_, credential) => {
    const { firewall, outcome } = run({ 'POST /api/v2/auth/jwt': recorded('auth-jwt-create') }, credential)
    const { test, exchanged } = await outcome
    expect(credentialTest.safeParse(test).success).toBe(true)
    expect(exchanged).toBeNull()
    expect(test).toMatchObject({ version: '2.8.1-RELEASE', hostname: 'fw-lab01.example.test', warnings: [], requestCount: firewall.requests.length })
    expect(test.features.map(({ feature }) => feature)).toEqual([
      ...READ_KINDS,
      'rules-write',
      'aliases-write',
      'firmware-update',
      'commands',
      'firmware-check',
      'configuration',
    ])
    expect(test.features.filter(({ result }) => result !== 'ok')).toEqual([])
    expect(test.features.find(({ feature }) => feature === 'rules')).toMatchObject({
      seen: '6 rules in 4 layers',
      privilege: expect.stringContaining('api-v2-firewall-rules-get'),
    })
  })

  it('asks for writes with dry_run and nothing that could be made or run', async () => {
    const { firewall, outcome } = run()
    await outcome
    const writes = firewall.requests.filter(({ method }) => method === 'POST')
    expect(writes.map(({ body }) => body)).toEqual(WRITES.map(() => '{"dry_run":true}'))
    expect(firewall.asked().indexOf('GET /api/v2/system/restapi/version')).toBe(0)
  })

  it('never sends it to 2.7, where it would really write', async () => {
    const { firewall, outcome } = run({ 'GET /api/v2/system/restapi/version': apiVersion('v2.7.7') })
    const { test } = await outcome
    expect(firewall.requests.filter(({ method }) => method === 'POST')).toEqual([])
    const writes = test.features.filter(({ access }) => access === 'write')
    expect(writes.map(({ result }) => result)).toEqual(writes.map(() => 'not-knowable'))
    expect(writes[0]?.seen).toContain('v2.7.7')
  })

  it.each([
    ['may not be read', refused],
    ['is not understood', apiVersion('v2.8.0-beta1')],
    ['is not told', apiVersion('')],
  ])('never sends it when the version %s', async (_, reply) => {
    const { firewall, outcome } = run({ 'GET /api/v2/system/restapi/version': reply })
    const { test } = await outcome
    expect(firewall.requests.filter(({ method }) => method === 'POST')).toEqual([])
    expect(test.features.find(({ feature }) => feature === 'rules-write')?.result).toBe('not-knowable')
  })

  it('ends with the first request when the credential is rejected', async () => {
    const { firewall, outcome } = run({ 'GET /api/v2/system/restapi/version': recorded('auth-basic-wrong-password-401') })
    await expect(outcome).rejects.toMatchObject({ code: 'firewall-credential-rejected' })
    expect(firewall.requests).toHaveLength(1)
  })

  it('makes one failed attempt with a wrong password for tokens', async () => {
    const { firewall, outcome } = run({ 'POST /api/v2/auth/jwt': recorded('auth-basic-wrong-password-401') }, JWT)
    await expect(outcome).rejects.toMatchObject({ code: 'firewall-credential-rejected' })
    expect(firewall.asked()).toEqual(['POST /api/v2/auth/jwt'])
  })

  it.each([
    ['firewall-api-off', recorded('disabled-503')],
    ['firewall-not-this-api', page(200)],
  ])('ends with %s', async (code, reply) => {
    const { firewall, outcome } = run({ 'GET /api/v2/system/restapi/version': reply })
    await expect(outcome).rejects.toMatchObject({ code })
    expect(firewall.requests).toHaveLength(1)
  })

  it.each([
    ['the privilege for tokens', 'firewall-privilege-missing', { 'POST /api/v2/auth/jwt': recorded('auth-missing-privilege-403') }],
    ['tokens in read-only mode', 'firewall-read-only', { 'POST /api/v2/auth/jwt': recorded('read-only-jwt') }],
    ['an open access list', 'firewall-privilege-missing', { 'POST /api/v2/auth/jwt': answer([], 403, 'ENDPOINT_CLIENT_NOT_ALLOWED_BY_ACL') }],
  ] as const)('ends at once without %s, instead of blaming every reading', async (_, code, changes) => {
    const { firewall, outcome } = run(changes, JWT)
    await expect(outcome).rejects.toMatchObject({ code })
    expect(firewall.requests).toHaveLength(1)
  })

  it('names each missing privilege as it has to be looked for', async () => {
    const results = await resultsOf({
      'GET /api/v2/firewall/aliases': recorded('auth-missing-privilege-403'),
      'GET /api/v2/interface/groups': refused,
      'GET /api/v2/status/wireguard/tunnels': refused,
      'POST /api/v2/diagnostics/command_prompt': refused,
      'POST /api/v2/firewall/alias': recorded('read-only-post-405'),
    })
    expect(results.get('aliases')).toMatchObject({ result: 'missing', privilege: 'api-v2-firewall-aliases-get' })
    expect(results.get('rules')).toMatchObject({ result: 'missing', privilege: 'api-v2-interface-groups-get', seen: expect.stringContaining('6 rules') })
    expect(results.get('vpn')).toMatchObject({ result: 'missing', privilege: 'api-v2-status-wireguard-tunnels-get' })
    for (const feature of ['commands', 'firmware-check', 'configuration'])
      expect(results.get(feature)).toMatchObject({ result: 'missing', privilege: 'api-v2-diagnostics-command-prompt-post' })
    expect(results.get('aliases-write')).toMatchObject({ result: 'failed', seen: expect.stringContaining('read-only') })
    expect(results.get('arp')?.result).toBe('ok')
  })

  it('tells a failed read from a missing privilege', async () => {
    const results = await resultsOf({ 'GET /api/v2/status/services': recorded('options-500') })
    expect(results.get('services')).toMatchObject({ result: 'failed', seen: expect.stringContaining('500') })
  })

  it('warns when the credential may do everything: a wrong method instead of a missing privilege', async () => {
    const { test } = await run({ 'GET /api/v2/diagnostics/command_prompt': recorded('system-update-get-405') }).outcome
    expect(test.warnings[0]).toContain('everything')
  })

  it('warns when login protection is off', async () => {
    const settings = { ...(recordedData('system-restapi-settings') as object), login_protection: false }
    const { test } = await run({ 'GET /api/v2/system/restapi/settings': answer(settings) }).outcome
    expect(test.warnings.some((warning) => warning.includes('Login protection is off'))).toBe(true)
  })

  it('says that commands are off for this firewall even if the privilege is there', async () => {
    const { test } = await run().outcome
    expect(test.features.find(({ feature }) => feature === 'firmware-check')?.seen).toContain('commands are off')
    const allowed = await run({}, API_KEY, true).outcome
    expect(allowed.test.features.find(({ feature }) => feature === 'firmware-check')?.seen).not.toContain('off')
  })

  it('throws only errors of the closed list', async () => {
    await expect(run({ 'GET /api/v2/system/restapi/version': recorded('disabled-503') }).outcome).rejects.toBeInstanceOf(AppError)
  })
})
