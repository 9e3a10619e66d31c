import { describe, expect, it } from 'vitest'
import { credentialTest } from '@/lib/adapters/model'
import { COMPLETE_26_7, fakeFirewall, FORBIDDEN, options, signal, type Answers } from './__fixtures__/fake-firewall'
import { opnsense } from './index'

async function run(answers: Answers) {
  const firewall = fakeFirewall(answers)
  const outcome = await opnsense.connect(options(firewall)).test(signal)
  const test = credentialTest.parse(outcome.test)
  const of = (feature: string) => test.features.find((entry) => entry.feature === feature)
  return { test, of, exchanged: outcome.exchanged, requests: firewall.requests, peak: firewall.peak() }
}

describe('the credential test', () => {
  it('says ok for every reading and what was seen', async () => {
    const { test, of, exchanged, peak } = await run(COMPLETE_26_7)
    expect(test).toMatchObject({ version: '26.7.1_2', hostname: 'fw-branch1.example.internal', warnings: [] })
    expect(test.features.filter((feature) => feature.access === 'read').map((feature) => feature.result)).toEqual(Array.from({ length: 13 }, () => 'ok'))
    expect(of('rules')).toMatchObject({ seen: '9 rules in 4 layers', privilege: expect.stringContaining('Firewall: Rules [new]') })
    expect(of('arp')?.seen).toBe('7 neighbours')
    expect(of('firmware')?.seen).toBe('offered')
    expect(of('firmware-check')).toMatchObject({ access: 'write', result: 'ok', privilege: 'System: Firmware' })
    expect(of('firmware-update')).toMatchObject({ access: 'write', result: 'ok' })
    expect(of('rules-write')).toMatchObject({ access: 'write', result: 'ok' })
    expect(of('configuration')).toMatchObject({ result: 'ok', privilege: 'Diagnostics: Configuration History' })
    expect(exchanged).toBeNull()
    expect(peak).toBeLessThanOrEqual(2)
  })

  it('counts what it sent, and sent nothing that changes anything', async () => {
    const { test, requests } = await run(COMPLETE_26_7)
    expect(test.requestCount).toBe(requests.length)
    const posts = requests.filter((request) => request.method === 'POST').map((request) => request.path)
    expect(new Set(posts)).toEqual(new Set(['/api/firewall/filter/search_rule']))
    expect(requests.every((request) => request.lease === 'read')).toBe(true)
    expect(requests.some((request) => /firmware\/(check|update|upgrade)$|reboot|halt|apply|add_|set_|del_|toggle/.test(request.path))).toBe(false)
  })

  it('does not claim to know whether aliases can be changed', async () => {
    expect((await run(COMPLETE_26_7)).of('aliases-write')).toMatchObject({ result: 'not-knowable', privilege: 'Firewall: Alias: Edit' })
    expect((await run({ ...COMPLETE_26_7, 'GET /api/firewall/alias/search_item': FORBIDDEN })).of('aliases-write')).toMatchObject({ result: 'missing' })
  })

  it('warns when the key may do everything, and then knows that aliases can be changed', async () => {
    const { test, of } = await run({ ...COMPLETE_26_7, 'GET /api/diagnostics/interface/get_interface_config': 'diagnostics-interface-get_interface_config' })
    expect(test.warnings).toEqual([expect.stringContaining('All pages')])
    expect(of('aliases-write')?.result).toBe('ok')
  })

  it('names each missing privilege as the operator has to look for it', async () => {
    const limited: Answers = {
      ...COMPLETE_26_7,
      'GET /api/core/firmware/status': FORBIDDEN,
      'GET /api/core/firmware/running': FORBIDDEN,
      'GET /api/core/system/status': FORBIDDEN,
      'GET /api/diagnostics/interface/get_ndp': FORBIDDEN,
      'GET /api/diagnostics/interface/getNdp': FORBIDDEN,
      'GET /api/firewall/one_to_one/search_rule': FORBIDDEN,
    }
    const { test } = await run(limited)
    const missing = test.features.filter((feature) => feature.result === 'missing').map((feature) => [feature.feature, feature.privilege, feature.seen])
    expect(missing).toEqual([
      ['status', 'System: Status', '403 on core/system/status'],
      ['firmware', 'System: Firmware', '403 on core/firmware/status'],
      ['arp', 'Diagnostics: NDP Table', '403 on diagnostics/interface/get_ndp'],
      ['nat', 'Firewall: NAT: 1:1', '403 on firewall/one_to_one/search_rule'],
      ['firmware-check', 'System: Firmware', '403 on core/firmware/running'],
      ['firmware-update', 'System: Firmware', '403 on core/firmware/running'],
    ])
  })

  it('names every privilege when none of the parts of a reading may be read', async () => {
    const { test } = await run({
      ...COMPLETE_26_7,
      'GET /api/ipsec/sessions/search_phase1': FORBIDDEN,
      'GET /api/openvpn/service/search_sessions': FORBIDDEN,
      'GET /api/wireguard/service/show': FORBIDDEN,
    })
    expect(test.features.filter((feature) => feature.feature === 'vpn').map((feature) => [feature.privilege, feature.result])).toEqual([
      ['Status: IPsec', 'missing'],
      ['Status: OpenVPN', 'missing'],
      ['VPN: WireGuard: Status', 'missing'],
    ])
  })

  it('ends at the first request with a dead key', async () => {
    const firewall = fakeFirewall(Object.fromEntries(Object.keys(COMPLETE_26_7).map((path) => [path, 'error-401-bad-key'])))
    await expect(opnsense.connect(options(firewall)).test(signal)).rejects.toMatchObject({ code: 'firewall-credential-rejected' })
    expect(firewall.requests.map((request) => request.path)).toEqual(['/api/core/menu/search?q=zzzz'])
  })

  it('ends when the key dies on the way, with one failed authentication', async () => {
    const firewall = fakeFirewall({ ...COMPLETE_26_7, 'GET /api/core/firmware/status': 'error-401-disabled-user' })
    await expect(opnsense.connect(options(firewall)).test(signal)).rejects.toMatchObject({ code: 'firewall-credential-rejected' })
    expect(firewall.requests.filter((request) => request.path === '/api/core/firmware/status')).toHaveLength(1)
    expect(firewall.requests.at(-1)?.path).toBe('/api/core/firmware/status')
  })

  it('goes on when one reading is not understood', async () => {
    const { of } = await run({ ...COMPLETE_26_7, 'GET /api/core/service/search': { json: { status: 'failed' } } })
    expect(of('services')).toMatchObject({ result: 'failed', seen: expect.stringContaining('failure') })
    expect(of('carp')?.result).toBe('ok')
  })

  it('25.1: works in the old spelling and asks for one rule only', async () => {
    const camel = (path: string): string => path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    const spelled = Object.keys(COMPLETE_26_7).filter((path) => /system_(information|time|resources|disk|temperature)|get_(arp|ndp)$/.test(path))
    const answers: Answers = {
      ...COMPLETE_26_7,
      ...Object.fromEntries(
        spelled.flatMap((path) => [
          [path, FORBIDDEN],
          [camel(path), COMPLETE_26_7[path] ?? FORBIDDEN],
        ]),
      ),
      'GET /api/diagnostics/system/systemInformation': { json: { name: 'fw.example', versions: ['OPNsense 25.1.4_1-amd64', 'FreeBSD 14.2-RELEASE-p2'] } },
      'POST /api/firewall/filter/search_rule': 'v25.1-firewall-filter-search_rule',
      'GET /api/firewall/filter/get_rule/a1111111-1111-4111-8111-111111111111': 'v25.1-firewall-filter-get_rule',
    }
    const { test, of, requests } = await run(answers)
    expect(test.version).toBe('25.1.4_1')
    expect(of('rules')?.seen).toBe('6 rules in 2 layers')
    expect(requests.filter((request) => request.path.includes('get_rule'))).toHaveLength(1)
    // The wrong spelling was tried once, not once per reading.
    expect(requests.filter((request) => spelled.includes(`GET ${request.path}`))).toHaveLength(1)
    expect(test.features.filter((feature) => feature.access === 'read').every((feature) => feature.result === 'ok')).toBe(true)
  })
})
