import { describe, expect, it } from 'vitest'
import { toInterfaceNames } from './map-interface-names'
import { toInterfaces } from './map-interfaces'
import { toCarp, toEdition, toGateways, toServices, toSystemStatus, toUptimeSeconds } from './map-system'
import { toMac, toPrefixLength } from './map-values'
import { toIpsecTunnels, toOpenvpnClients, toOpenvpnServers, toWireguardTunnels } from './map-vpn'
import * as wire from './replies'
import { MADE_UP, recordedData } from './__fixtures__/fake-firewall'

const interfaces = wire.interfacesReply.parse(recordedData('interfaces'))
const names = toInterfaceNames(interfaces, 'id')

describe('status', () => {
  const parts = {
    system: wire.systemStatusReply.parse(recordedData('status-system')),
    version: wire.versionReply.parse(recordedData('system-version')),
    hostname: wire.hostnameReply.parse(recordedData('system-hostname')),
    apiVersion: wire.apiVersionReply.parse(recordedData('system-restapi-version')),
    states: wire.statesSizeReply.parse(recordedData('firewall-states-size')),
    history: wire.configHistoryReply.parse(recordedData('diagnostics-config-history')),
  }

  it('joins its parts', () => {
    expect(toSystemStatus(parts)).toEqual({
      hostname: 'fw-lab01.example.test',
      version: '2.8.1-RELEASE',
      edition: 'pfSense CE',
      apiPackageVersion: 'v2.10.0',
      platform: 'pfSense',
      cpuModel: 'Intel(R) Atom(TM) CPU C3558 @ 2.20GHz',
      uptimeSeconds: 864_000,
      bootedAt: null,
      cpuPercent: 5.25,
      memoryPercent: 25,
      diskPercent: 9,
      swapPercent: 0,
      loadAverage: [0.21, 0.25, 0.3],
      temperatureCelsius: 45,
      statesCurrent: 132,
      statesLimit: 409_000,
      notices: [],
      configChangedText: '2026-11-22T11:14:55.000Z · admin@127.0.0.1:  Added REST API Key via API',
    })
  })

  it('survives missing parts and fields', () => {
    const status = toSystemStatus({ system: wire.systemStatusReply.parse([]), version: null, hostname: null, apiVersion: null, states: null, history: null })
    expect(Object.entries(status).filter(([key, value]) => key !== 'notices' && value !== null)).toEqual([])
  })

  it('reads the uptime in any language', () => {
    expect(toUptimeSeconds('1 Tag 02 Stunden 03 Minuten 04 Sekunden')).toBe(93_784)
    expect(toUptimeSeconds('00 Hour 10 Minutes 05 Seconds')).toBe(605)
    expect(toUptimeSeconds('soon')).toBeNull()
  })

  it('tells Plus from CE', () => {
    expect(toEdition('25.11.1')).toBe('pfSense Plus')
    expect(toEdition('2.8.1')).toBe('pfSense CE')
    expect(toEdition(null)).toBeNull()
  })
})

describe('gateways', () => {
  const configured = wire.gatewaysReply.parse(recordedData('routing-gateways'))
  const status = wire.gatewayStatusReply.parse(recordedData('status-gateways'))
  const defaults = wire.defaultGatewayReply.parse({ defaultgw4: 'WANGW', defaultgw6: '' })

  it('joins state and settings', () => {
    expect(toGateways(status, configured, defaults, names, []).items).toEqual([
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
    ['online', 'loss', 'degraded', 'loss'],
    ['online', 'delay', 'degraded', 'delay'],
    ['down', 'highloss', 'offline', 'high loss'],
    ['down', 'down', 'offline', null],
    ['online', 'force_down', 'offline', 'forced down'],
    ['pending', 'none', 'pending', null],
    ['strange', 'none', 'unknown', null],
  ])('%s with %s is %s', (word, substatus, state, reason) => {
    const [row] = toGateways(wire.gatewayStatusReply.parse([{ name: 'A', status: word, substatus }]), null, null, names, []).items
    expect(row).toMatchObject({ state, reason, isDefault: null })
  })

  it('lists a gateway without monitoring as such, and knows which is not the default', () => {
    const more = wire.gatewaysReply.parse([...configured, { name: 'BACKUP', interface: 'opt1', gateway: 'dynamic', ipprotocol: 'inet', monitor_disable: true }])
    expect(toGateways(status, more, defaults, names, []).items[1]).toMatchObject({
      name: 'BACKUP',
      interface: 'DMZ',
      address: null,
      state: 'not-monitored',
      latencyMs: null,
      isDefault: false,
    })
  })

  it('does not guess the default when a group or the firewall itself decides', () => {
    const group = wire.defaultGatewayReply.parse({ defaultgw4: 'FailoverGroup', defaultgw6: '' })
    expect(toGateways(status, configured, group, names, []).items[0]?.isDefault).toBeNull()
  })
})

describe('interfaces', () => {
  const status = wire.interfaceStatusReply.parse(recordedData('status-interfaces'))

  it('takes "enabled" from the configuration, because the status says false for all', () => {
    const { items } = toInterfaces(status, interfaces, [{ vlanif: 'em2', if: 'em0', tag: 20 }], [])
    expect(items.map(({ id, enabled, state, vlanTag }) => [id, enabled, state, vlanTag])).toEqual([
      ['wan', true, 'up', null],
      ['lan', true, 'up', null],
      ['opt1', true, 'up', 20],
    ])
    expect(items[0]).toMatchObject({
      device: 'em0',
      description: 'WAN',
      mac: '52:54:00:aa:00:01',
      ipv4: ['203.0.113.10/24'],
      ipv6: [],
      mtuBytes: 1500,
      gateway: '203.0.113.1',
    })
  })

  it('does not know "enabled" without the configuration', () => {
    expect(toInterfaces(status, null, null, []).items.every((item) => item.enabled === null)).toBe(true)
  })

  it('lists an assigned interface that the status leaves out', () => {
    const more = [...interfaces, { id: 'opt2', if: 'em3', descr: null, enable: false }]
    expect(toInterfaces(status, more, null, []).items[3]).toMatchObject({
      id: 'opt2',
      device: 'em3',
      description: 'OPT2',
      enabled: false,
      state: 'down',
      receivedBytes: null,
    })
  })

  it('reads masks, MACs and link-local addresses', () => {
    expect([toPrefixLength('255.255.255.0'), toPrefixLength('255.255.0.255'), toPrefixLength('64'), toPrefixLength('x')]).toEqual([24, null, 64, null])
    expect([toMac('52-54-00-AA-0-1'), toMac('(Incomplete)')]).toEqual(['52:54:00:aa:00:01', null])
    const [row] = toInterfaces(
      wire.interfaceStatusReply.parse([{ name: 'wan', hwif: 'em0', linklocal: 'fe80::1%em0', ipaddrv6: '2001:db8::2', subnetv6: '56', status: 'no carrier' }]),
      null,
      null,
      [],
    ).items
    expect(row).toMatchObject({ ipv6: ['2001:db8::2/56', 'fe80::1/64'], state: 'no-carrier' })
  })
})

describe('services and CARP', () => {
  it('keeps ids apart when one service has several instances', () => {
    const rows = wire.servicesReply.parse([
      { name: 'openvpn', description: 'OpenVPN server: A', status: true, enabled: true },
      { name: 'openvpn', description: 'OpenVPN server: B', status: 'false' },
    ])
    expect(toServices(rows).items.map(({ id, running, enabled }) => [id, running, enabled])).toEqual([
      ['openvpn:OpenVPN server: A', true, true],
      ['openvpn:OpenVPN server: B', false, null],
    ])
  })

  it('reads recorded services', () => {
    expect(toServices(wire.servicesReply.parse(recordedData('status-services'))).items[0]).toEqual({
      id: 'unbound',
      name: 'unbound',
      description: 'DNS Resolver',
      running: false,
      enabled: true,
    })
  })

  it('lists CARP addresses only, without their password', () => {
    const carp = toCarp(wire.carpReply.parse(recordedData('status-carp')), wire.virtualIpsReply.parse(MADE_UP.virtualIps), names, [])
    expect(carp).toMatchObject({ enabled: true, maintenanceMode: false, demotion: null })
    expect(carp.items).toEqual([{ interface: 'LAN', vhid: 7, address: '192.168.1.254/24', state: 'backup', advertisingSkew: 100 }])
    expect(carp.notReported.map(({ part }) => part)).toEqual(['demotion'])
  })
})

describe('VPN', () => {
  it('reads IPsec with its children', () => {
    const rows = wire.ipsecReply.parse([
      {
        con_id: 'con1',
        state: 'ESTABLISHED',
        local_host: '203.0.113.10',
        remote_host: '198.51.100.9',
        child_sas: [
          { bytes_in: 5, bytes_out: '7', remote_ts: ['10.5.0.0/16'] },
          { bytes_in: 1, remote_ts: ['10.5.0.0/16'] },
        ],
      },
    ])
    expect(toIpsecTunnels(rows)[0]).toMatchObject({
      id: 'ipsec:con1',
      role: 'site-to-site',
      state: 'up',
      networks: ['10.5.0.0/16'],
      receivedBytes: 6,
      sentBytes: 7,
      connectedAt: null,
    })
    expect(toIpsecTunnels(wire.ipsecReply.parse(recordedData('status-ipsec-sas')))).toEqual([])
  })

  it('reads OpenVPN servers, their connections and a daemon that does not answer', () => {
    const rows = wire.openvpnServersReply.parse([
      {
        name: 'Road',
        mode: 'server_tls_user',
        vpnid: 1,
        conns: [
          {
            common_name: 'anna',
            user_name: 'anna',
            remote_host: '198.51.100.2:1',
            virtual_addr: '10.8.0.2',
            virtual_addr6: '',
            bytes_recv: 1,
            bytes_sent: 2,
            connect_time_unix: 1795334400,
            client_id: 0,
          },
        ],
      },
      { name: 'Broken', mode: 'server_tls', vpnid: 2, conns: [{ common_name: '[error]', remote_host: 'Unable to contact daemon' }] },
    ])
    const tunnels = toOpenvpnServers(rows)
    expect(tunnels.map(({ id, role, state }) => [id, role, state])).toEqual([
      ['openvpn-server:1', 'server', 'up'],
      ['openvpn-server:1:anna:0', 'peer', 'up'],
      ['openvpn-server:2', 'server', 'down'],
    ])
    expect(tunnels[1]).toMatchObject({ user: 'anna', networks: ['10.8.0.2'], connectedAt: '2026-11-22T08:00:00.000Z' })
  })

  it('reads OpenVPN clients by either wording', () => {
    const rows = wire.openvpnClientsReply.parse([
      { name: 'A', vpnid: 3, status: 'up' },
      { name: 'B', vpnid: 4, status: 'Connected (Success)' },
      { name: 'C', vpnid: 5, status: 'reconnecting' },
      { name: 'D' },
    ])
    expect(toOpenvpnClients(rows).map(({ state }) => state)).toEqual(['up', 'up', 'down', 'unknown'])
  })

  it('tells a fresh handshake from an old one and from none', () => {
    const peer = (latest_handshake: number) => ({
      public_key: `k${latest_handshake}`,
      preshared_key: 'CANARY',
      endpoint: '(none)',
      allowed_ips: '10.0.0.2/32,10.1.0.0/24',
      latest_handshake,
    })
    const rows = wire.wireguardReply.parse([{ name: 'tun_wg0', descr: 'Branches', status: 'up', peers: [peer(1_795_346_000), peer(1_795_340_000), peer(0)] }])
    const tunnels = toWireguardTunnels(rows, 1_795_346_100_000)
    expect(tunnels.map(({ role, state }) => [role, state])).toEqual([
      ['interface', 'up'],
      ['peer', 'up'],
      ['peer', 'stale'],
      ['peer', 'down'],
    ])
    expect(tunnels[1]).toMatchObject({ remoteAddress: null, networks: ['10.0.0.2/32', '10.1.0.0/24'], lastHandshakeAt: '2026-11-22T11:13:20.000Z' })
    expect(JSON.stringify(tunnels)).not.toContain('CANARY')
  })
})
