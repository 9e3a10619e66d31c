import { expect, it } from 'vitest'
import { recordedData } from './__fixtures__/fake-firewall'
import { toCarp, toEdition, toGateways, toInterfaces, toMac, toServices, toStatus } from './map-system'
import {
  toRows,
  carpReply,
  configHistoryReply,
  gatewayConfigReply,
  gatewayStatusReply,
  hostnameReply,
  interfaceStatusReply,
  servicesReply,
  statesSizeReply,
  systemReply,
  versionReply,
} from './replies'

it('reads a list as array, index-keyed object, keyed by name, single entry, or nothing', () => {
  expect(toRows([1, 2])).toEqual([1, 2])
  expect(toRows({ 10: { a: 'last' }, 2: { a: 'first' } })).toEqual([{ a: 'first' }, { a: 'last' }])
  expect(toRows({ WANGW: { name: 'WANGW' } })).toEqual([{ name: 'WANGW' }])
  expect(toRows({ name: 'only', source: { any: '' } })).toEqual([{ name: 'only', source: { any: '' } }])
  for (const nothing of [[], {}, '', null, undefined, false]) expect(toRows(nothing)).toEqual([])
})

it('maps the system status with fractions as percent', () => {
  const parts = {
    system: systemReply.parse(recordedData('status-system')),
    version: versionReply.parse(recordedData('system-version')),
    hostname: hostnameReply.parse(recordedData('system-hostname')),
    states: statesSizeReply.parse(recordedData('firewall-states-size')),
    history: configHistoryReply.parse(recordedData('status-log-config-history')),
    apiPackageVersion: '1.9.0',
  }
  expect(toStatus(parts)).toEqual({
    hostname: 'fw-lab01.example.test',
    version: '2.8.1-RELEASE',
    edition: 'pfSense CE',
    apiPackageVersion: '1.9.0',
    platform: 'pfSense',
    cpuModel: 'Intel(R) Atom(TM) CPU C3558 @ 2.20GHz',
    uptimeSeconds: null,
    bootedAt: null,
    cpuPercent: null,
    memoryPercent: 25,
    diskPercent: 9,
    swapPercent: 0,
    loadAverage: [0.21, 0.25, 0.3],
    temperatureCelsius: 45,
    statesCurrent: 132,
    statesLimit: 409000,
    notices: [],
    configChangedText: '2025-11-21T10:13:20.000Z admin@192.168.1.50 (Local Database): lab change 1763720000',
  })
})

it('reports what it was not told as null, never as 0', () => {
  const status = toStatus({
    system: systemReply.parse({ mem_usage: null, temp_c: '' }),
    version: null,
    hostname: null,
    states: null,
    history: null,
    apiPackageVersion: null,
  })
  expect(Object.values(status).filter((value) => value !== null)).toEqual([[]])
})

it('tells the editions apart', () => expect(['2.7.2-RELEASE', '23.09.1-RELEASE', 'x'].map(toEdition)).toEqual(['pfSense CE', 'pfSense Plus', null]))

it('maps gateways with place and default, without the built-in null gateways', () => {
  const gateways = toGateways(gatewayStatusReply.parse(recordedData('status-gateway')), gatewayConfigReply.parse(recordedData('routing-gateway')))
  expect(gateways).toEqual([
    {
      name: 'WANGW',
      interface: 'WAN',
      address: '203.0.113.1',
      monitorAddress: '203.0.113.1',
      state: 'online',
      reason: null,
      latencyMs: 8.423,
      jitterMs: 1.19,
      lossPercent: 0,
      isDefault: true,
    },
  ])
})

it.each([
  [
    { status: 'online', substatus: 'highloss', loss: 12 },
    { state: 'degraded', reason: 'loss', lossPercent: 12 },
  ],
  [
    { status: 'online', substatus: 'delay', delay: '450ms' },
    { state: 'degraded', reason: 'high delay', latencyMs: 450 },
  ],
  [
    { status: 'down', substatus: 'force_down' },
    { state: 'offline', reason: 'forced down' },
  ],
  [{ status: 'loss' }, { state: 'degraded', reason: 'loss' }],
  [
    { status: 'up', substatus: 'none', delay: 0, loss: 0 },
    { state: 'pending', latencyMs: null, lossPercent: null },
  ],
  [{ status: 'strange' }, { state: 'unknown' }],
])('reads the gateway state %j', (row, expected) => {
  expect(toGateways(gatewayStatusReply.parse([{ name: 'GW', ...row }]), null)[0]).toMatchObject(expected)
})

it('knows a gateway that is not monitored, measured or not', () => {
  const config = gatewayConfigReply.parse({ A: { name: 'A', monitor_disable: '' }, B: { name: 'B', monitor_disable: '' }, C: { name: 'C', disabled: '' } })
  const states = toGateways(gatewayStatusReply.parse([{ name: 'A', status: 'online', delay: 0 }]), config)
  expect(states.map(({ name, state, latencyMs, reason }) => [name, state, latencyMs, reason])).toEqual([
    ['A', 'not-monitored', null, null],
    ['B', 'not-monitored', null, null],
    ['C', 'unknown', null, 'disabled'],
  ])
})

it('maps interfaces with the mask as prefix length', () => {
  const [wan] = toInterfaces(interfaceStatusReply.parse(recordedData('status-interface')))
  expect(wan).toMatchObject({
    id: 'wan',
    device: 'em0',
    description: 'WAN',
    enabled: true,
    state: 'up',
    mac: '52:54:00:aa:00:01',
    ipv4: ['203.0.113.10/24'],
    ipv6: [],
    mtuBytes: 1500,
    gateway: '203.0.113.1',
    receivedBytes: 0,
  })
})

it('maps odd interfaces', () => {
  const rows = interfaceStatusReply.parse([
    {
      name: 'opt2',
      hwif: 'em0.20',
      status: 'no carrier',
      ipaddr: '10.0.0.1',
      subnet: '255.255.0.255',
      ipaddrv6: '2001:db8::1',
      subnetv6: 64,
      linklocal: 'fe80::1%em0.20',
      macaddr: 'AA-BB-CC-00-11-22',
    },
  ])
  expect(toInterfaces(rows)[0]).toMatchObject({
    description: 'OPT2',
    state: 'no-carrier',
    vlanTag: 20,
    ipv4: ['10.0.0.1'],
    ipv6: ['2001:db8::1/64', 'fe80::1/64'],
    mac: 'aa:bb:cc:00:11:22',
    enabled: null,
    sentBytes: null,
  })
  expect(toMac('(incomplete)')).toBeNull()
})

it('maps services, two of one name told apart', () => {
  const services = toServices(
    servicesReply.parse([
      ...JSON.parse(JSON.stringify(recordedData('services'))),
      { name: 'openvpn', status: 'running' },
      { name: 'openvpn', status: 'stopped' },
    ]),
  )
  expect(services[0]).toEqual({ id: 'unbound', name: 'unbound', description: 'DNS Resolver', enabled: true, running: false })
  expect(services.slice(-2).map(({ id, running }) => [id, running])).toEqual([
    ['openvpn', true],
    ['openvpn#2', false],
  ])
})

it('maps CARP, also without any address', () => {
  expect(toCarp(carpReply.parse(recordedData('status-carp')))).toEqual({ enabled: true, maintenanceMode: false, demotion: null, items: [] })
  const reply = carpReply.parse({
    enable: true,
    maintenance_mode: true,
    interfaces: [{ interface: 'wan', vhid: '3', subnet: '203.0.113.5', subnet_bits: '24', status: 'MASTER', password: 'CANARY' }],
  })
  expect(toCarp(reply).items).toEqual([{ interface: 'wan', vhid: 3, address: '203.0.113.5/24', state: 'master', advertisingSkew: null }])
})
