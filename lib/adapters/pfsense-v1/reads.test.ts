import { expect, it } from 'vitest'
import { READINGS, READ_KINDS } from '@/lib/adapters/model'
import { AppError } from '@/lib/core/errors'
import { BASIC, enveloped, fakeFirewall, html, optionsFor, recorded, signal, type Answer, type FakeFirewall } from './__fixtures__/fake-firewall'
import { pfsenseV1 } from './index'
import { PRIVILEGES } from './reads'

const REFUSED = recorded('auth-privilege-403')
const adapterOf = (firewall: FakeFirewall, facts: Record<string, string> = {}) => pfsenseV1.connect(optionsFor(firewall.transport, BASIC, { facts }))
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )

it.each(READ_KINDS)('reads %s as the model says', async (kind) => {
  const firewall = fakeFirewall()
  const reading = await adapterOf(firewall).reads[kind](signal)
  expect(READINGS[kind].parse(reading)).toEqual(reading)
  for (const { method, headers } of firewall.requests) {
    expect(method).toBe('GET')
    expect(headers['Content-Type']).toBe('application/x-www-form-urlencoded')
  }
})

it.each(READ_KINDS)('stops at the first 401 while reading %s', async (kind) => {
  const firewall = fakeFirewall({ 'GET *': recorded('auth-local-wrong-401') })
  expect(await codeOf(adapterOf(firewall).reads[kind](signal))).toBe('firewall-credential-rejected')
  expect(firewall.requests).toHaveLength(1)
})

it.each(READ_KINDS)('names the privilege when %s may not be read at all', async (kind) => {
  const error: unknown = await adapterOf(fakeFirewall({ 'GET *': REFUSED }))
    .reads[kind](signal)
    .catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'firewall-privilege-missing', details: { privilege: PRIVILEGES[kind] } })
})

it('says which part may not be read and shows the rest', async () => {
  const firewall = fakeFirewall({
    'GET /api/v1/status/interface': REFUSED,
    'GET /api/v1/status/ipsec': REFUSED,
    'GET /api/v1/firewall/nat/port_forward': REFUSED,
  })
  const { reads } = adapterOf(firewall)
  const arp = await reads.arp(signal)
  expect(arp.items[0]).toMatchObject({ interface: 'em1', device: 'em1' })
  expect(arp.notReported).toContainEqual({ part: 'interface names', reason: 'The credential lacks "page-status-interfaces".' })
  expect((await reads.vpn(signal)).notReported).toContainEqual({ part: 'IPsec', reason: 'The credential lacks "page-status-ipsec".' })
  expect(await reads.nat(signal)).toMatchObject({ outboundMode: 'hybrid', items: [] })
})

it('shows a status without the parts that cannot be read', async () => {
  const refused = {
    'GET /api/v1/system/version': REFUSED,
    'GET /api/v1/system/hostname': REFUSED,
    'GET /api/v1/firewall/states/size': html(404),
    'GET /api/v1/status/log/config_history': enveloped([], 500, 1, 'no history'),
  }
  expect(await adapterOf(fakeFirewall(refused)).reads.status(signal)).toMatchObject({
    memoryPercent: 25,
    hostname: null,
    version: null,
    statesCurrent: null,
    configChangedText: null,
  })
})

it('does not take a dead firewall for a missing part', async () => {
  const gone = new AppError('firewall-unreachable', 'The firewall does not answer.')
  expect(await codeOf(adapterOf(fakeFirewall({ 'GET /api/v1/system/hostname': gone })).reads.status(signal))).toBe('firewall-unreachable')
})

it('does not let slow package lists or release lists spoil a reading', async () => {
  const slow = new AppError('firewall-timed-out', 'The firewall did not answer in time.')
  const { reads } = adapterOf(fakeFirewall({ 'GET /api/v1/system/package': slow, 'GET /api/v1/system/api/version': slow }))
  expect(await reads.firmware(signal)).toMatchObject({ state: 'offered', packages: null })
  expect(await reads.posture(signal)).toMatchObject({ loginProtection: true, apiPackageVersion: null })
})

it('remembers the version of the package and read-only mode', async () => {
  const facts = optionsFor(fakeFirewall({ 'GET /api/v1/system/api': enveloped({ enable: '', readonly: '', authmode: 'local' }) }).transport, BASIC)
  const adapter = pfsenseV1.connect(facts)
  expect(await adapter.reads.posture(signal)).toMatchObject({ readOnly: true, allowedInterfaces: null, loginProtection: false })
  expect(Object.fromEntries(facts.facts)).toMatchObject({ 'api-version': '1.9.0', 'read-only': 'yes', 'api-seen': 'yes' })
  expect((await adapter.reads.status(signal)).apiPackageVersion).toBe('1.9.0')
})

it('survives replies with almost nothing in them', async () => {
  const bare: Record<string, Answer> = {
    'GET /api/v1/status/system': enveloped({}),
    'GET /api/v1/system/version': enveloped({}),
    'GET /api/v1/system/hostname': enveloped({}),
    'GET /api/v1/firewall/states/size': enveloped({}),
    'GET /api/v1/firewall/rule': enveloped([{}]),
    'GET /api/v1/firewall/nat/port_forward': enveloped([{}]),
    'GET /api/v1/firewall/nat/outbound/mapping': enveloped([{}]),
    'GET /api/v1/firewall/nat/one_to_one': enveloped([{}]),
    'GET /api/v1/firewall/nat/outbound': enveloped([]),
    'GET /api/v1/status/carp': enveloped({}),
    'GET /api/v1/firewall/alias': enveloped([{ name: 'A' }]),
    'GET /api/v1/system/arp': enveloped([{ ip: '10.0.0.1' }]),
    'GET /api/v1/services/dhcpd/lease': enveloped([{}]),
    'GET /api/v1/status/gateway': enveloped([{ name: 'GW' }]),
    'GET /api/v1/routing/gateway': enveloped([]),
    'GET /api/v1/status/interface': enveloped([{ name: 'wan' }]),
    'GET /api/v1/services': enveloped([{ name: 's' }]),
    'GET /api/v1/status/openvpn': enveloped({ servers: [{}], clients: [{}], p2p_servers: [{}] }),
    'GET /api/v1/status/ipsec': enveloped([{}]),
    'GET /api/v1/system/api': enveloped({}),
    'GET /api/v1/system/api/version': enveloped({}),
    'GET /api/v1/system/version/upgrade': enveloped([]),
    'GET /api/v1/system/package': enveloped([]),
    'GET /api/v1/status/log/config_history': enveloped([]),
  }
  const { reads } = adapterOf(fakeFirewall(bare))
  for (const kind of READ_KINDS) expect(READINGS[kind].safeParse(await reads[kind](signal)).success, kind).toBe(true)
})

it('says what the API of this family cannot tell', async () => {
  const { reads } = adapterOf(fakeFirewall())
  expect((await reads.arp(signal)).notReported.map(({ part }) => part)).toContain('NDP')
  expect((await reads.vpn(signal)).notReported.map(({ part }) => part)).toEqual(['IPsec tunnels that are down', 'WireGuard'])
  expect((await reads.rules(signal)).notReported.map(({ part }) => part)).toEqual(['automatic rules', 'counters'])
  expect((await reads.carp(signal)).demotion).toBeNull()
})

it('has no change notes', async () => expect(await adapterOf(fakeFirewall()).readChangelog('2.8.2', signal)).toBeNull())
