import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { READINGS, READ_KINDS } from '@/lib/adapters/model'
import { COMPLETE_26_7, fakeFirewall, FORBIDDEN, options, recordedBody, signal, type Answers } from './__fixtures__/fake-firewall'
import { opnsense } from './index'

const connect = (answers: Answers) => opnsense.connect(options(fakeFirewall(answers))).reads
const all = connect(COMPLETE_26_7)

describe('every reading of a 26.7', () => {
  it.each(READ_KINDS)('%s fits our model', async (kind) => {
    const reading: unknown = await connect(COMPLETE_26_7)[kind](signal)
    expect(READINGS[kind].parse(reading)).toEqual(reading)
  })

  it.each(READ_KINDS)('%s never runs more than two requests at once', async (kind) => {
    const firewall = fakeFirewall(COMPLETE_26_7)
    await opnsense.connect(options(firewall)).reads[kind](signal)
    expect(firewall.peak()).toBeLessThanOrEqual(2)
  })

  it('status', async () => {
    expect(await all.status(signal)).toEqual({
      hostname: 'fw-branch1.example.internal',
      version: '26.7.1_2',
      edition: null,
      apiPackageVersion: null,
      platform: 'FreeBSD 14.3-RELEASE-p4',
      cpuModel: 'Intel(R) Celeron(R) J4125 CPU @ 2.00GHz (4 cores, 4 threads)',
      uptimeSeconds: 12 * 86_400 + 2 * 3600 + 30 * 60 + 47,
      bootedAt: '2026-11-10T08:40:00.000Z',
      cpuPercent: 2.1,
      memoryPercent: 25.3,
      diskPercent: 5,
      swapPercent: 0,
      loadAverage: [0.21, 0.3, 0.28],
      temperatureCelsius: 48.1,
      statesCurrent: 812,
      statesLimit: 802_000,
      notices: [{ severity: 'error', title: 'Firewall', message: 'There were error(s) loading the rules: ...' }],
      configChangedText: 'Sun Nov 22 11:10:47 UTC 2026',
    })
  })

  it('ARP and NDP', async () => {
    const { items } = await all.arp(signal)
    expect(items).toHaveLength(7)
    expect(items[0]).toEqual({
      protocol: 'arp',
      ip: '192.168.1.1',
      mac: '00:0d:b9:aa:bb:01',
      interface: 'LAN',
      device: 'igc1',
      hostname: null,
      state: 'permanent',
      expiresInSeconds: null,
      manufacturer: 'PC Engines GmbH',
    })
    expect(items[1]).toMatchObject({ hostname: 'laptop-anna', state: 'complete', expiresInSeconds: 1187 })
    expect(items[4]).toMatchObject({ state: 'expired', interface: 'ovpns1', manufacturer: null, expiresInSeconds: 0 })
    expect(items[5]).toMatchObject({ protocol: 'ndp', ip: 'fe80::1c2d:3eff:fe4f:5061%igc1', state: 'complete' })
  })

  it('leases of the servers that are there', async () => {
    const { items, notReported } = await all.leases(signal)
    expect(items).toEqual([
      expect.objectContaining({
        ip: '192.168.1.120',
        mac: '3c:22:fb:12:34:99',
        hostname: 'printer',
        interface: 'LAN',
        server: 'kea',
        state: 'expired',
        endsAt: '2026-11-18T13:53:20.000Z',
        startsAt: '2026-11-18T12:46:40.000Z',
      }),
      expect.objectContaining({ ip: '192.168.1.101', hostname: 'laptop-anna', server: 'dnsmasq', startsAt: null }),
    ])
    expect(notReported).toEqual([])
  })

  it('gateways', async () => {
    const { items } = await all.gateways(signal)
    expect(items).toEqual([
      {
        name: 'WAN_GW',
        interface: 'WAN',
        address: '203.0.113.1',
        monitorAddress: '9.9.9.9',
        state: 'online',
        reason: null,
        latencyMs: 4.6,
        jitterMs: 0.3,
        lossPercent: 0,
        isDefault: true,
      },
      {
        name: 'LTE_GW',
        interface: null,
        address: null,
        monitorAddress: '1.1.1.1',
        state: 'offline',
        reason: null,
        latencyMs: null,
        jitterMs: null,
        lossPercent: 100,
        isDefault: null,
      },
    ])
  })

  it('interfaces', async () => {
    const { items } = await all.interfaces(signal)
    expect(items[0]).toMatchObject({
      id: 'wan',
      device: 'igc0',
      description: 'WAN',
      enabled: true,
      state: 'up',
      mac: '00:0d:b9:aa:bb:00',
      ipv4: ['203.0.113.10/24'],
      ipv6: [],
      mtuBytes: 1500,
      gateway: '203.0.113.1',
      receivedBytes: 987_654_321,
      sentPackets: 98_765,
      collisions: 0,
      vlanTag: null,
    })
    expect(items[1]?.ipv4).toEqual(['192.168.1.1/24', '192.168.1.254/24'])
  })

  it('services: not running says nothing for a locked one', async () => {
    const { items } = await all.services(signal)
    expect(items.map((item) => [item.id, item.running])).toEqual([
      ['configd', true],
      ['unbound', true],
      ['login', null],
      ['openvpn/3f1d1bd2-66aa-4d3f-9e9e-111111111111', false],
    ])
  })

  it('CARP', async () => {
    expect(await all.carp(signal)).toEqual({
      enabled: true,
      maintenanceMode: false,
      demotion: 0,
      items: [{ interface: 'LAN', vhid: 1, address: '192.168.1.254', state: 'master', advertisingSkew: 0 }],
      notReported: [],
    })
  })

  it('address translation with the mode, and what the firewall hides in it', async () => {
    const { items, outboundMode, notReported } = await all.nat(signal)
    expect(outboundMode).toBe('automatic')
    expect(items.filter((item) => item.kind === 'outbound')[1]).toMatchObject({
      automatic: true,
      enabled: true,
      interfaces: ['WAN'],
      source: { address: 'LAN net, Guest & IoT net, Loopback net', kind: 'interface-network' },
      target: 'WAN address',
      protocol: 'any',
    })
    expect(items.find((item) => item.kind === 'port-forward')).toMatchObject({
      automatic: true,
      enabled: true,
      target: 'not translated',
      destination: { address: 'LAN address', kind: 'interface-address', port: '443' },
      description: 'Anti-Lockout Rule',
    })
    expect(notReported).toEqual([{ part: 'Own outbound rules', reason: expect.stringContaining('automatic') }])
  })

  it('aliases: built-in ones marked, lists by line', async () => {
    const { items } = await all.aliases(signal)
    expect(items.find((item) => item.name === 'mgmt_hosts')).toMatchObject({
      type: 'host',
      content: ['198.51.100.10', '198.51.100.11'],
      builtIn: false,
      liveEntryCount: 2,
      updatedText: '2026-11-22T10:00:01',
      enabled: true,
      remarks: null,
    })
    expect(items.find((item) => item.name === 'bogons')).toMatchObject({ builtIn: true, liveEntryCount: null, content: [] })
    const older = await connect({ 'GET /api/firewall/alias/search_item': 'v25.1-firewall-alias-search_item' }).aliases(signal)
    expect(older.items.find((item) => item.name === 'web_ports')).toMatchObject({ type: 'port', content: ['80', '443', '8000:8100'] })
  })

  it('VPN tunnels of every kind', async () => {
    const answers: Answers = {
      ...COMPLETE_26_7,
      'GET /api/ipsec/sessions/search_phase1': {
        json: {
          total: 1,
          rows: [
            {
              name: 'con1',
              phase1desc: 'HQ',
              connected: true,
              'local-addrs': '203.0.113.10',
              'remote-addrs': '198.51.100.1',
              'bytes-in': 5,
              'bytes-out': '7',
              'local-class': ['pre-shared key'],
            },
          ],
        },
      },
      'GET /api/openvpn/service/search_sessions': {
        json: {
          total: 3,
          rows: [
            { id: '1', type: 'server', description: 'Road', status: 'ok', is_client: null },
            {
              id: '1_198.51.100.9:1194',
              is_client: true,
              common_name: 'anna',
              real_address: '198.51.100.9:1194',
              virtual_address: '10.8.0.2',
              bytes_received: '11',
              connected_since: '2026-11-22 10:00:00',
              status: null,
            },
            { id: '2', type: 'client', description: 'Up', status: null },
          ],
        },
      },
    }
    const { items, notReported } = await connect(answers).vpn(signal)
    expect(items.map((item) => [item.kind, item.role, item.state, item.name])).toEqual([
      ['ipsec', 'site-to-site', 'up', 'HQ'],
      ['openvpn', 'server', 'up', 'Road'],
      ['openvpn', 'peer', 'up', 'anna'],
      ['openvpn', 'client', 'down', 'Up'],
      ['wireguard', 'interface', 'up', 'wg0'],
      ['wireguard', 'peer', 'stale', 'wg0'],
    ])
    expect(items[0]).toMatchObject({ receivedBytes: 5, sentBytes: 7 })
    // The text of connected_since has no zone.
    expect(items[2]).toMatchObject({ user: 'anna', networks: ['10.8.0.2'], receivedBytes: 11, connectedAt: null })
    expect(items[5]).toMatchObject({
      networks: ['10.10.0.2/32'],
      remoteAddress: '198.51.100.77:51820',
      lastHandshakeAt: '2026-11-18T11:05:00.000Z',
      receivedBytes: 1024,
    })
    expect(notReported.map((gap) => gap.part)).toEqual(['Networks of IPsec tunnels'])
  })

  it('posture warns of a key that may do everything', async () => {
    expect((await all.posture(signal)).warnings).toEqual([])
    const mighty = await connect({
      ...COMPLETE_26_7,
      'GET /api/diagnostics/interface/get_interface_config': 'diagnostics-interface-get_interface_config',
    }).posture(signal)
    expect(mighty.warnings).toEqual([expect.stringContaining('everything')])
    expect(mighty.packageCommands).toBeNull()
  })
})

describe('parts that may not be read', () => {
  it('become gaps that name the privilege', async () => {
    const arp = await connect({
      ...COMPLETE_26_7,
      'GET /api/diagnostics/interface/get_ndp': FORBIDDEN,
      'GET /api/diagnostics/interface/getNdp': FORBIDDEN,
    }).arp(signal)
    expect(arp.items).toHaveLength(5)
    expect(arp.notReported).toEqual([{ part: 'IPv6 neighbours', reason: expect.stringContaining('Diagnostics: NDP Table') }])
    const nat = await connect({ ...COMPLETE_26_7, 'GET /api/firewall/d_nat/search_rule': FORBIDDEN }).nat(signal)
    expect(nat.notReported[0]).toEqual({ part: 'Port forwards', reason: expect.stringContaining('Firewall: NAT: Destination NAT') })
    const gateways = await connect({ ...COMPLETE_26_7, 'GET /api/routing/settings/search_gateway': FORBIDDEN }).gateways(signal)
    expect(gateways.items[0]).toMatchObject({ name: 'WAN_GW', isDefault: null, interface: null })
  })

  it('leave null behind, never 0', async () => {
    const only = await connect({ 'GET /api/diagnostics/system/system_information': 'diagnostics-system-system_information' }).status(signal)
    expect(only).toMatchObject({
      version: '26.7.1_2',
      uptimeSeconds: null,
      cpuPercent: null,
      memoryPercent: null,
      diskPercent: null,
      swapPercent: null,
      loadAverage: null,
      temperatureCelsius: null,
      statesCurrent: null,
      notices: [],
    })
  })

  it('are an error when none of them may be read', async () => {
    const refused = (paths: string[]): Answers => Object.fromEntries(paths.map((path) => [`GET /api/${path}`, FORBIDDEN]))
    await expect(connect(refused(['kea/leases4/search', 'dnsmasq/leases/search'])).leases(signal)).rejects.toMatchObject({ code: 'firewall-privilege-missing' })
    await expect(connect(refused(['ipsec/sessions/search_phase1'])).vpn(signal)).rejects.toMatchObject({ code: 'firewall-privilege-missing' })
    await expect(connect(refused(['core/service/search'])).services(signal)).rejects.toMatchObject({ code: 'firewall-privilege-missing' })
  })

  it('no DHCP server at all is said, not shown as an empty list', async () => {
    expect(await connect({}).leases(signal)).toEqual({ items: [], notReported: [{ part: 'All', reason: 'No DHCP server is installed on this firewall.' }] })
  })
})

describe('older versions', () => {
  it('25.1: what the API does not show is said', async () => {
    const information = { name: 'fw', versions: ['OPNsense 25.1.4-amd64'] }
    const reading = await connect({
      ...COMPLETE_26_7,
      'GET /api/diagnostics/system/system_information': { json: information },
      'GET /api/firewall/d_nat/search_rule': 'error-404-unknown-action',
    }).nat(signal)
    expect(reading.outboundMode).toBeNull()
    expect(reading.notReported.map((gap) => gap.part)).toEqual(['Port forwards', 'Outbound mode and rules of the older page'])
  })

  it('25.1.0: the flat form of the health notices', async () => {
    const flat = {
      CrashReporter: { statusCode: 2, message: 'ok', status: 'OK' },
      Firewall: { statusCode: -1, message: 'There were errors', logLocation: '/x', status: 'Error' },
      System: { status: 'Error' },
    }
    expect((await connect({ ...COMPLETE_26_7, 'GET /api/core/system/status': { json: flat } }).status(signal)).notices).toEqual([
      { severity: 'error', title: 'Firewall', message: 'There were errors' },
    ])
  })

  it('a gateway that is not measured reads none as well', async () => {
    const items = [{ name: 'A', address: '~', status: 'none', loss: '~', delay: '~', stddev: '~', monitor: '~' }]
    const states = ['delay', 'loss', 'delay+loss', 'force_down', 'whatever'].map((status) => ({
      ...items[0],
      name: status,
      status,
      loss: '1 %',
      delay: '2 ms',
    }))
    const reading = await connect({ ...COMPLETE_26_7, 'GET /api/routes/gateway/status': { json: { items: [...items, ...states], status: 'ok' } } }).gateways(
      signal,
    )
    expect(reading.items.map((item) => [item.state, item.reason])).toEqual([
      ['not-monitored', null],
      ['degraded', 'high delay'],
      ['degraded', 'loss'],
      ['degraded', 'loss and high delay'],
      ['offline', 'forced down'],
      ['pending', null],
      ['pending', null],
    ])
  })
})

describe('hostile and odd replies', () => {
  it('asks for all rows when a GET was cut at 9,999', async () => {
    const row = { id: 'a', name: 'a', running: 1, locked: 0 }
    const firewall = fakeFirewall({
      'GET /api/core/service/search': { json: { total: 2, rows: [row] } },
      'POST /api/core/service/search': { json: { total: 2, rows: [row, { ...row, id: 'b' }] } },
    })
    expect((await opnsense.connect(options(firewall)).reads.services(signal)).items).toHaveLength(2)
    expect(JSON.parse(firewall.requests[1]?.body ?? '')).toEqual({ current: 1, rowCount: -1 })
  })

  it('strips control characters and text that turns direction', async () => {
    const rows = [{ ip: '192.0.2.1', mac: 'AA:BB:CC:DD:EE:FF', hostname: 'evil\u202egpj\u0000.exe\u001b[31m', intf: 'igc0' }]
    const { items } = await connect({ 'GET /api/diagnostics/interface/get_arp': { json: rows } }).arp(signal)
    expect(items[0]).toMatchObject({ hostname: 'evilgpj.exe[31m', mac: 'aa:bb:cc:dd:ee:ff' })
  })

  it('accepts empty maps as [] and lists with gaps as maps', async () => {
    const carp = await connect({ 'GET /api/diagnostics/interface/get_vip_status': { json: { total: 0, rows: [], carp: [] } } }).carp(signal)
    expect(carp).toEqual({ enabled: null, maintenanceMode: null, demotion: null, items: [], notReported: [] })
    const update = z.record(z.string(), z.unknown()).parse(recordedBody('core-firmware-status.update'))
    const gapped = { ...update, upgrade_packages: { 1: { name: 'opnsense', current_version: '1', new_version: '2' } } }
    expect((await connect({ ...COMPLETE_26_7, 'GET /api/core/firmware/status': { json: gapped } }).firmware(signal)).offeredVersion).toBe('2')
  })

  it('refuses a row that lacks what names it', async () => {
    await expect(connect({ 'GET /api/diagnostics/interface/get_arp': { json: [{ mac: '00:11:22:33:44:55' }] } }).arp(signal)).rejects.toMatchObject({
      code: 'firewall-reply-not-understood',
      message: expect.stringContaining('0.ip'),
    })
    await expect(connect({ 'GET /api/diagnostics/interface/get_arp': { json: null } }).arp(signal)).rejects.toMatchObject({
      code: 'firewall-reply-not-understood',
    })
  })
})
