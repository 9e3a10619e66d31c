import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError } from '@/lib/core/errors'
import { fakeFirewall, fakeMemory, FORBIDDEN, options, session, signal, type Answer } from './__fixtures__/fake-firewall'
import { spell } from './call'
import { opnsense } from './index'
import { ENDPOINTS } from './read-endpoints'

const anything = z.unknown()
const failing = async (act: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await act.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error(`Expected an AppError, got ${String(error)}.`)
  return error
}
const askServices = (answer: Answer) =>
  failing(session(fakeFirewall({ 'GET /api/core/service/search': answer })).ask({ endpoint: ENDPOINTS.services, reply: anything, signal }))

describe('requests', () => {
  it('sends no content type on a GET and a JSON body on every POST', async () => {
    const firewall = fakeFirewall({ 'GET /api/core/firmware/status': 'core-firmware-status.none', 'POST /api/core/firmware/check': 'core-firmware-check' })
    const open = session(firewall)
    await open.ask({ endpoint: ENDPOINTS.firmwareStatus, reply: anything, signal })
    await open.ask({ endpoint: ENDPOINTS.firmwareCheck, reply: anything, signal })
    const [get, post] = firewall.requests
    expect(get?.headers).toEqual({ Accept: 'application/json', Authorization: `Basic ${Buffer.from('aKey+/=:aSecret+/=').toString('base64')}` })
    expect(get?.body).toBeUndefined()
    expect(post?.headers).toMatchObject({ 'Content-Type': 'application/json' })
    expect(post?.body).toBe('{}')
    expect(post).toMatchObject({ lease: 'write', callClass: 'command', carriesCredential: true })
    expect(get).toMatchObject({ lease: 'read', callClass: 'read' })
  })

  it('spells only the action in camel case', () => {
    expect(spell('/api/diagnostics/interface/get_arp', 'camel')).toBe('/api/diagnostics/interface/getArp')
    expect(spell('/api/diagnostics/system/system_information', 'camel')).toBe('/api/diagnostics/system/systemInformation')
    expect(spell('/api/diagnostics/interface/get_arp', 'snake')).toBe('/api/diagnostics/interface/get_arp')
  })
})

describe('spelling', () => {
  const limited25_1 = {
    'GET /api/diagnostics/interface/get_arp': 'v25.1-error-403-spelling',
    'GET /api/diagnostics/interface/getArp': 'v25.1-ok-spelling',
    'GET /api/diagnostics/interface/getNdp': 'diagnostics-interface-get_ndp',
  }

  it('retries once with the other spelling on 403 and remembers what helped, also for the next connection', async () => {
    const firewall = fakeFirewall(limited25_1)
    const memory = fakeMemory()
    const reading = await opnsense.connect(options(firewall, memory)).reads.arp(signal)
    expect(reading.items).toHaveLength(7)
    expect(firewall.requests.map((request) => request.path)).toEqual([
      '/api/diagnostics/interface/get_arp',
      '/api/diagnostics/interface/getArp',
      '/api/diagnostics/interface/getNdp',
    ])
    expect(memory.values.get('spelling')).toBe('camel')
    const later = fakeFirewall(limited25_1)
    await opnsense.connect(options(later, memory)).reads.arp(signal)
    expect(later.requests[0]?.path).toBe('/api/diagnostics/interface/getArp')
  })

  it('finds back to snake case after an update from 25.1 to 25.7', async () => {
    const firewall = fakeFirewall({
      'GET /api/diagnostics/interface/getArp': 'v25.7-error-403-spelling',
      'GET /api/diagnostics/interface/get_arp': 'v25.7-ok-spelling',
    })
    const memory = fakeMemory({ spelling: 'camel' })
    await opnsense.connect(options(firewall, memory)).reads.arp(signal)
    expect(memory.values.get('spelling')).toBe('snake')
  })

  it.each([
    ['25.1.4', '/api/diagnostics/interface/getArp'],
    ['25.7', '/api/diagnostics/interface/get_arp'],
    ['26.7.1_2', '/api/diagnostics/interface/get_arp'],
  ])('begins as version %s spells', async (version, path) => {
    const firewall = fakeFirewall({ [`GET ${path}`]: 'diagnostics-interface-get_arp' })
    await opnsense.connect(options(firewall, fakeMemory({ version }))).reads.arp(signal)
    expect(firewall.requests[0]?.path).toBe(path)
  })

  it('remembers nothing and names the privilege when both spellings are refused', async () => {
    const firewall = fakeFirewall({ 'GET /api/diagnostics/interface/get_arp': FORBIDDEN, 'GET /api/diagnostics/interface/getArp': FORBIDDEN })
    const memory = fakeMemory()
    const error = await failing(opnsense.connect(options(firewall, memory)).reads.arp(signal))
    expect(error).toMatchObject({ code: 'firewall-privilege-missing', details: { privilege: 'Diagnostics: ARP Table', status: 403 } })
    expect(firewall.requests).toHaveLength(2)
    expect(memory.values.size).toBe(0)
  })
})

describe('errors', () => {
  it.each(['error-401-bad-key', 'error-401-bad-secret', 'error-401-disabled-user'])('reads %s as a rejected credential', async (name) => {
    expect(await askServices(name)).toMatchObject({ code: 'firewall-credential-rejected' })
  })

  it('sends nothing more after a rejected credential, and one request at a time before the first answer', async () => {
    const firewall = fakeFirewall({ 'GET /api/core/service/search': 'error-401-bad-key' })
    const open = session(firewall)
    const asked = [1, 2, 3].map(() => failing(open.ask({ endpoint: ENDPOINTS.services, reply: anything, signal })))
    for (const error of await Promise.all(asked)) expect(error.code).toBe('firewall-credential-rejected')
    expect(firewall.requests).toHaveLength(1)
  })

  it('reads 302 to the sign-in page as not this API, and another origin as a redirect', async () => {
    expect(await askServices('error-401-no-authorization')).toMatchObject({ code: 'firewall-not-this-api' })
    expect(await askServices({ status: 301, text: '', headers: { location: 'https://other.example/api/core/service/search' } })).toMatchObject({
      code: 'firewall-redirect',
      details: { location: 'https://other.example' },
    })
  })

  it('reads a web page with status 200 as not this API', async () => {
    expect(
      await askServices({ status: 200, text: '<!doctype html><title>Login</title>', headers: { 'content-type': 'text/html; charset=UTF-8' } }),
    ).toMatchObject({ code: 'firewall-not-this-api' })
  })

  it.each([
    ['firewall-filter-apply.get', 'status: error'],
    ['core-firmware-changelog.get', 'status: failure'],
  ])('finds the failure inside %s although the status is 200', async (name, failure) => {
    expect(await askServices(name)).toMatchObject({ code: 'firewall-reply-not-understood', details: { failure } })
  })

  it.each([
    [{ status: 'failed' }, 'status: failed'],
    [{ result: 'failed' }, 'result: failed'],
    [{ message: 'error' }, 'message: error'],
  ])('finds the failure inside %j', async (json, failure) => {
    expect((await askServices({ json })).details['failure']).toBe(failure)
  })

  it('does not take an empty reply, broken JSON, or a reply of another shape for data', async () => {
    expect(await askServices({ status: 200, text: '' })).toMatchObject({ code: 'firewall-reply-not-understood', message: expect.stringContaining('empty') })
    expect(await askServices({ status: 200, text: '{"rows":' })).toMatchObject({
      code: 'firewall-reply-not-understood',
      details: { path: '/api/core/service/search' },
    })
    expect(await askServices({ status: 200, text: '['.repeat(100_000) })).toMatchObject({ code: 'firewall-reply-not-understood' })
    const other = await failing(
      session(fakeFirewall({ 'GET /api/core/service/search': { json: { rows: 'none', password: 'hunter2hunter2' } } })).ask({
        endpoint: ENDPOINTS.services,
        reply: z.object({ rows: z.array(z.string()) }),
        signal,
      }),
    )
    expect(other.message).toContain('rows')
    expect(other.rawReply).not.toContain('hunter2')
  })

  it.each(['error-404-plugin-missing', 'error-404-unknown-action'])('reads %s as not reported', async (name) => {
    expect(await askServices(name)).toMatchObject({ code: 'firewall-not-reported' })
  })

  it('reads a 404 that is not the firewall’s own as another API', async () => {
    expect(await askServices({ status: 404, text: '<html>404 Not Found</html>' })).toMatchObject({ code: 'firewall-not-this-api' })
  })

  it('reads a refused write of a read-only user', async () => {
    expect(await askServices('error-readonly-user')).toMatchObject({ code: 'firewall-read-only', details: { privilege: 'System: Deny config write' } })
  })

  it('tells its own message from a web server that restarts', async () => {
    expect(await askServices({ status: 500, text: '{"errorMessage":"Unexpected error, check log for details"}' })).toMatchObject({
      code: 'firewall-reply-not-understood',
      message: expect.stringContaining('check log'),
    })
    for (const status of [500, 502, 503])
      expect(await askServices({ status, text: status === 502 ? '' : '<html></html>' })).toMatchObject({ code: 'firewall-busy' })
    expect(await askServices('error-400-empty-json-body')).toMatchObject({ code: 'firewall-reply-not-understood', details: { status: 400 } })
  })

  it('keeps an error of the transport as it is', async () => {
    const broken = {
      ...fakeFirewall({}),
      transport: { origin: 'https://fw.example', send: () => Promise.reject(new AppError('firewall-unreachable', 'No answer.')) },
    }
    const error = await failing(opnsense.connect(options(broken)).reads.services(signal))
    expect(error.code).toBe('firewall-unreachable')
  })

  it('never has the credential in an error', async () => {
    const error = await askServices({
      status: 500,
      text: JSON.stringify({ errorMessage: 'denied for aSecret+/=', authorization: 'Basic YUtleSsvPTphU2VjcmV0Ky89' }),
    })
    expect(`${error.rawReply} ${JSON.stringify(error.details)}`).not.toContain('YUtleSsvPTphU2VjcmV0')
  })
})
