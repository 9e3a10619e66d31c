// What the simulated firewalls do over time and to whom: the traps that the product has to survive.
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Fleet, type FleetFirewall, startFleet } from './fleet'
import { type JsonObject, listOf, objectOf, objectsOf, parseJson, textOf } from './json'
import type { AddOptions } from './options'
import { basic, type RawReply, sendRaw } from './raw-request'

let fleet: Fleet
let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'palisade-behaviour-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(async () => {
  fleet = await startFleet({ folder })
})
afterEach(() => fleet.stop())

const JSON_TYPE = { 'Content-Type': 'application/json' }
const add = (options: Omit<AddOptions, 'name'>) => fleet.add({ name: `${options.family}-${options.version}`, ...options })

function signIn(firewall: FleetFirewall, who: 'credentials' | 'limited' = 'credentials'): Record<string, string> {
  const all = firewall.info[who]
  const credential = objectOf(all[firewall.info.family === 'opnsense' ? 'key-secret' : 'basic'])
  return credential['key'] === undefined
    ? basic(textOf(credential['username']), textOf(credential['password']))
    : basic(textOf(credential['key']), textOf(credential['secret']))
}
const get = (firewall: FleetFirewall, target: string, headers = signIn(firewall)) => sendRaw(firewall.info.url, { method: 'GET', target, headers })
const post = (firewall: FleetFirewall, target: string, body: JsonObject = {}, headers = signIn(firewall)) =>
  sendRaw(firewall.info.url, { method: 'POST', target, headers: { ...headers, ...JSON_TYPE }, body: JSON.stringify(body) })
const bodyOf = (reply: RawReply): JsonObject => objectOf(parseJson(reply.body))
const dataOf = (reply: RawReply): JsonObject => objectOf(bodyOf(reply)['data'])
const fails = async (call: Promise<RawReply>) =>
  call.then(
    () => false,
    () => true,
  )

describe('login protection', () => {
  test.each([
    ['pfsense-v1', '1.9', '/api/v1/system/version'],
    ['pfsense-v2', '2.10', '/api/v2/system/version'],
  ] as const)('%s drops connections after three failures, for a growing time', async (family, version, target) => {
    const firewall = await add({ family, version })
    const wrong = basic('palisade', 'wrong')
    for (let tries = 0; tries < 3; tries += 1) expect((await get(firewall, target, wrong)).status).toBe(401)
    expect(await fails(get(firewall, target))).toBe(true)
    expect(firewall.counts()).toMatchObject({ authentications: 3, authenticationFailures: 3, connectionsDropped: 1 })
    fleet.clock.advance(121_000)
    expect((await get(firewall, target)).status).toBe(200)
    for (let tries = 0; tries < 3; tries += 1) await get(firewall, target, wrong)
    fleet.clock.advance(121_000)
    expect(await fails(get(firewall, target))).toBe(true)
    fleet.clock.advance(60_000)
    expect((await get(firewall, target)).status).toBe(200)
  })

  test('the family without it answers any number of failures', async () => {
    const firewall = await add({ family: 'opnsense', version: '26.7' })
    for (let tries = 0; tries < 5; tries += 1) expect((await get(firewall, '/api/core/firmware/status', basic('no', 'body'))).status).toBe(401)
    expect((await get(firewall, '/api/core/firmware/status')).status).toBe(200)
  })
})

describe('opnsense', () => {
  test.each([
    ['25.1', 'getArp', 'get_arp'],
    ['25.7', 'get_arp', 'getArp'],
    ['26.1', 'get_arp', 'getArp'],
    ['26.7', 'get_arp', 'getArp'],
  ])('%s wants %s from a user without all pages', async (version, right, wrong) => {
    const firewall = await add({ family: 'opnsense', version })
    const statusOf = async (action: string, who: 'credentials' | 'limited') =>
      (await get(firewall, `/api/diagnostics/interface/${action}`, signIn(firewall, who))).status
    expect([await statusOf(right, 'limited'), await statusOf(wrong, 'limited'), await statusOf(wrong, 'credentials')]).toEqual([200, 403, 200])
  })

  test('privileges by their GUI name, changed while running, and a revoked key', async () => {
    const firewall = await add({ family: 'opnsense', version: '26.7', limitedPrivileges: ['System: Firmware'] })
    const limited = signIn(firewall, 'limited')
    expect((await get(firewall, '/api/core/firmware/status', limited)).status).toBe(200)
    await firewall.patch({ privileges: { 'palisade-limited': [] } })
    expect((await get(firewall, '/api/core/firmware/status', limited)).status).toBe(403)
    expect((await get(firewall, '/api/core/menu/search?q=x', limited)).status).toBe(200)
    await firewall.patch({ revoke: 'palisade-limited' })
    expect((await get(firewall, '/api/core/menu/search?q=x', limited)).status).toBe(401)
  })

  test('a connection ends after fifteen replies', async () => {
    const firewall = await add({ family: 'opnsense', version: '26.7' })
    const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false })
    const ask = () => sendRaw(firewall.info.url, { method: 'GET', target: '/api/core/firmware/running', headers: signIn(firewall), agent })
    // The end is not announced, so the request after it may find a closed connection: then once more, as a client would.
    for (let index = 0; index < 31; index += 1) expect((await ask().catch(ask)).status).toBe(200)
    agent.destroy()
    expect(firewall.counts()).toMatchObject({ requests: 31, handshakes: 3 })
  })

  test('check, update, reboot, back with the new version; a second start does nothing', async () => {
    const firewall = await add({ family: 'opnsense', version: '26.7' })
    const status = async () => bodyOf(await get(firewall, '/api/core/firmware/status'))
    const log = async () => bodyOf(await get(firewall, '/api/core/firmware/upgradestatus'))
    expect(await status()).toMatchObject({ status: 'none', product: { product_check: null } })
    expect(bodyOf(await post(firewall, '/api/core/firmware/check'))['status']).toBe('ok')
    expect([(await log())['status'], (await status())['status']]).toEqual(['running', 'none'])
    fleet.clock.advance(6_000)
    expect((await log())['status']).toBe('done')
    expect(await status()).toMatchObject({ status: 'update', needs_reboot: '1', product: { product_version: '26.7.1_2' } })

    await post(firewall, '/api/core/firmware/update')
    fleet.clock.advance(30_000)
    expect(bodyOf(await post(firewall, '/api/core/firmware/update'))['status']).toBe('ok')
    expect(bodyOf(await get(firewall, '/api/core/firmware/running'))['status']).toBe('busy')
    expect(await status()).toMatchObject({ status: 'none', product: { product_check: null } })
    fleet.clock.advance(31_000)
    expect((await log())['status']).toBe('reboot')
    fleet.clock.advance(10_000)
    expect(await fails(get(firewall, '/api/core/firmware/running'))).toBe(true)
    fleet.clock.advance(90_000)
    expect(bodyOf(await get(firewall, '/api/core/firmware/running'))['status']).toBe('ready')
    expect(await status()).toMatchObject({ status: 'none', product: { product_version: '26.7.2' } })
    expect(await log()).toEqual({ status: 'error', log: '' })
    expect(firewall.counts().updateStarts).toBe(2)
  })

  test.each([
    ['25.1', undefined, 6, 6],
    ['25.7', undefined, 2, 3],
    ['26.1', undefined, 2, 3],
    ['26.1', '26.1.5', 6, 9],
    ['26.1', '26.1.10', 9, 9],
    ['26.7', undefined, 9, 9],
  ])('%s (%s) lists %i rules, %i with show_all', async (version, pointVersion, plain, all) => {
    const firewall = await add({ family: 'opnsense', version, ...(pointVersion !== undefined && { pointVersion }) })
    const count = async (body: JsonObject) => bodyOf(await post(firewall, '/api/firewall/filter/search_rule', body))['total']
    expect([await count({ rowCount: -1 }), await count({ rowCount: -1, show_all: '1' })]).toEqual([plain, all])
  })

  test('before 26.1.1 every rule is found by asking once for each interface', async () => {
    const firewall = await add({ family: 'opnsense', version: '25.7' })
    const list = await Promise.all(
      [null, 'wan', 'lan', 'opt1'].map(async (name) =>
        bodyOf(await post(firewall, '/api/firewall/filter/search_rule', { rowCount: -1, show_all: '1', ...(name !== null && { interface: name }) })),
      ),
    )
    expect(new Set(list.flatMap((reply) => objectsOf(reply['rows']).map((row) => row['uuid']))).size).toBe(9)
  })
})

describe('pfsense-v2', () => {
  const tokenOf = async (firewall: FleetFirewall) => ({ Authorization: `Bearer ${textOf(dataOf(await post(firewall, '/api/v2/auth/jwt'))['token'])}` })

  test('a token ends with its time, and one from a firewall whose clock runs ahead ends early', async () => {
    const firewall = await add({ family: 'pfsense-v2', version: '2.10' })
    const bearer = await tokenOf(firewall)
    expect((await get(firewall, '/api/v2/system/version', bearer)).status).toBe(200)
    fleet.clock.advance(3_601_000)
    expect((await get(firewall, '/api/v2/system/version', bearer)).status).toBe(401)
    const second = await tokenOf(firewall)
    await firewall.patch({ clockOffsetMs: 3_601_000 })
    expect((await get(firewall, '/api/v2/system/version', second)).status).toBe(401)
    expect(firewall.counts().tokenRequests).toBe(2)
  })

  test('which of two credentials counts depends on the version', async () => {
    const statusOf = async (version: '2.7' | '2.10') => {
      const firewall = await add({ family: 'pfsense-v2', version })
      return (
        await get(firewall, '/api/v2/system/version', {
          ...basic('palisade', 'wrong'),
          'X-API-Key': textOf(objectOf(firewall.info.credentials['api-key'])['key']),
        })
      ).status
    }
    expect([await statusOf('2.10'), await statusOf('2.7')]).toEqual([401, 200])
  })

  test('a dry run writes nothing on 2.10 and really writes on 2.7', async () => {
    const rule = { type: 'block', interface: ['lan'], ipprotocol: 'inet', source: 'any', destination: 'any', dry_run: true }
    for (const [version, written] of [
      ['2.10', 0],
      ['2.7', 1],
    ] as const) {
      const firewall = await add({ family: 'pfsense-v2', version })
      const before = listOf(bodyOf(await get(firewall, '/api/v2/firewall/rules'))['data']).length
      expect((await post(firewall, '/api/v2/firewall/rule', rule)).status).toBe(200)
      expect(listOf(bodyOf(await get(firewall, '/api/v2/firewall/rules'))['data']).length - before).toBe(written)
      expect(firewall.counts().writes).toHaveLength(written)
    }
  })

  test('after a base upgrade the package is gone until it is put back', async () => {
    const firewall = await add({ family: 'pfsense-v2', version: '2.10' })
    const command = async () => dataOf(await post(firewall, '/api/v2/diagnostics/command_prompt', { command: '/usr/local/sbin/pfSense-upgrade -c' }))
    expect(await command()).toEqual({ output: '2.8.2 version of pfSense is available', result_code: 2 })
    expect((await post(firewall, '/api/v2/system/update', { dry_run: true })).status).toBe(200)
    expect(firewall.counts().updateStarts).toBe(0)
    expect((await post(firewall, '/api/v2/system/update')).status).toBe(200)
    expect((await post(firewall, '/api/v2/system/update')).status).toBe(503)
    expect((await command())['result_code']).toBe(75)
    fleet.clock.advance(70_000)
    expect(await fails(get(firewall, '/api/v2/system/version'))).toBe(true)
    fleet.clock.advance(90_000)
    const gone = await get(firewall, '/api/v2/system/version')
    expect([gone.status, gone.headers['content-type']]).toEqual([404, 'text/html;charset=UTF-8'])
    await firewall.patch({ reinstallPackage: true })
    expect(dataOf(await get(firewall, '/api/v2/system/version'))['version']).toBe('2.8.2-RELEASE')
    expect((await command())['result_code']).toBe(0)
    expect(firewall.counts()).toMatchObject({ updateStarts: 2, commandsRun: Array.from({ length: 3 }, () => '/usr/local/sbin/pfSense-upgrade -c') })
  })

  test('an add-on that is not installed, and no update endpoint before 2.8', async () => {
    const firewall = await add({ family: 'pfsense-v2', version: '2.7', packages: [] })
    expect(bodyOf(await get(firewall, '/api/v2/status/wireguard/tunnels'))['response_id']).toBe('MODEL_MISSING_REQUIRED_PACKAGE')
    expect((await post(firewall, '/api/v2/system/update')).headers['content-type']).toContain('html')
    expect((await sendRaw(firewall.info.url, { method: 'OPTIONS', target: '/api/v2/system/version' })).status).toBe(500)
    expect(firewall.counts()).toMatchObject({ authenticationFailures: 0, updateStarts: 0 })
  })
})

describe('pfsense-v1', () => {
  test('one authentication mode at a time; token mode makes a new pair at each call', async () => {
    const firewall = await add({ family: 'pfsense-v1', version: '1.9', settings: { authmode: 'token' } })
    const pair = dataOf(await post(firewall, '/api/v1/access_token'))
    const next = dataOf(await post(firewall, '/api/v1/access_token'))
    expect(pair['client-token']).not.toBe(next['client-token'])
    const header = { Authorization: `${textOf(pair['client-id'])} ${textOf(pair['client-token'])}` }
    expect((await get(firewall, '/api/v1/system/version', header)).status).toBe(200)
    expect((await get(firewall, '/api/v1/system/version')).status).toBe(401)
    await firewall.patch({ settings: { authmode: 'local' } })
    expect((await get(firewall, '/api/v1/system/version')).status).toBe(200)
    expect(bodyOf(await post(firewall, '/api/v1/access_token'))['return']).toBe(9)
  })

  test('a bypass writes nothing on 1.9 and really writes on 1.5', async () => {
    const rule = { type: 'block', interface: 'lan', ipprotocol: 'inet', protocol: 'any', src: 'any', dst: 'any', _action_bypass: true }
    for (const [version, returned, written] of [
      ['1.9', 15, 0],
      ['1.5', 0, 1],
    ] as const) {
      const firewall = await add({ family: 'pfsense-v1', version })
      expect(bodyOf(await post(firewall, '/api/v1/firewall/rule', rule))['return']).toBe(returned)
      expect(firewall.counts().writes).toHaveLength(written)
    }
  })

  test('a shell command has no exit code of its own; an upgrade started by one takes the package with it', async () => {
    const firewall = await add({ family: 'pfsense-v1', version: '1.9' })
    const run = async (shell_cmd: string) => dataOf(await post(firewall, '/api/v1/diagnostics/command_prompt', { shell_cmd }))['cmd_output']
    expect(await run('/usr/local/sbin/pfSense-upgrade -c; echo "rc=$?"')).toBe('2.7.2 version of pfSense is available\nrc=2')
    await run('nohup /usr/local/sbin/pfSense-upgrade -y -l /cf/conf/upgrade_log.txt > /dev/null 2>&1 &')
    expect(dataOf(await get(firewall, '/api/v1/system/version/upgrade'))).toEqual({ pkg_busy: '1' })
    expect(await run('tail -n 1 /cf/conf/upgrade_log.txt')).toContain('2.7.2')
    fleet.clock.advance(160_000)
    expect((await get(firewall, '/api/v1/system/version')).status).toBe(404)
    expect(firewall.counts().updateStarts).toBe(1)
  })
})
