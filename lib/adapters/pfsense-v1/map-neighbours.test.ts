import { expect, it } from 'vitest'
import { NOW, recordedData } from './__fixtures__/fake-firewall'
import { toArp, toInterfaceNames, toLeases } from './map-neighbours'
import { toIpsec, toOpenvpn } from './map-vpn'
import { arpReply, interfaceStatusReply, ipsecReply, leasesReply, openvpnReply } from './replies'

const NAMES = toInterfaceNames(interfaceStatusReply.parse(recordedData('status-interface')))

it('maps the ARP table', () => {
  const rows = toArp(arpReply.parse(recordedData('system-arp')), NAMES)
  expect(rows).toHaveLength(6)
  expect(rows[0]).toEqual({
    protocol: 'arp',
    ip: '192.168.1.10',
    mac: '52:54:00:bb:00:10',
    interface: 'LAN',
    device: 'em1',
    hostname: null,
    state: 'complete',
    expiresInSeconds: 1150,
    manufacturer: null,
  })
  expect(rows[2]).toMatchObject({ state: 'permanent', expiresInSeconds: null })
  expect(rows[5]).toMatchObject({ ip: '10.10.0.77', mac: null, interface: 'DMZ', state: 'incomplete', expiresInSeconds: null })
  expect(toArp(arpReply.parse([{ ip: '10.0.0.1', mac: 'AA:BB:CC:DD:EE:FF', interface: 'vtnet9', status: 'expired' }]), NAMES)[0]).toMatchObject({
    mac: 'aa:bb:cc:dd:ee:ff',
    interface: 'vtnet9',
    state: 'expired',
  })
})

it('maps leases of every version, without guessing a time zone', () => {
  expect(toLeases(leasesReply.parse(recordedData('services-dhcpd-lease')), NAMES)).toEqual([])
  const rows = toLeases(
    leasesReply.parse([
      {
        ip: '192.168.1.101',
        mac: '52:54:00:BB:01:01',
        hostname: 'laptop',
        if: 'lan',
        start: '2026/11/24 10:00:00',
        end: '2026/11/24 12:00:00',
        online: 'active/online',
        state: 'active',
        type: 'dynamic',
      },
      { ip: '192.168.1.10', mac: '52:54:00:bb:00:10', if: 'lan', online: false, state: 'static', type: 'static', descr: 'NAS' },
      { ip: '192.168.1.102', online: 'idle/offline', state: 'expired', start: 1700000000, end: 1700003600 },
      { ip: '192.168.1.103', state: 'abandoned' },
    ]),
    NAMES,
  )
  expect(rows.map(({ state, online, startsAt, endsAt }) => [state, online, startsAt, endsAt])).toEqual([
    ['active', true, null, null],
    ['reserved', false, null, null],
    ['expired', false, '2023-11-14T22:13:20.000Z', '2023-11-14T23:13:20.000Z'],
    ['unknown', null, null, null],
  ])
  expect(rows[0]).toMatchObject({ mac: '52:54:00:bb:01:01', interface: 'LAN', hostname: 'laptop', server: null })
})

it('maps OpenVPN servers, their clients and site-to-site ends', () => {
  const tunnels = toOpenvpn(
    openvpnReply.parse({
      servers: [
        {
          name: 'Road UDP4:1194',
          vpnid: '1',
          mode: 'server_tls_user',
          conns: [
            {
              common_name: 'anna',
              user_name: 'anna',
              remote_host: '198.51.100.7:5000',
              virtual_addr: '10.8.0.2',
              bytes_recv: '1000',
              bytes_sent: 2000,
              connect_time_unix: '1700000000',
            },
          ],
        },
        { name: 'Broken', vpnid: '2', conns: [{ common_name: '[error]', remote_host: 'Unable to contact daemon' }] },
      ],
      p2p_servers: [{ name: 'Branch', vpnid: '3', status: 'up', remote_host: '198.51.100.9', virtual_addr: '10.9.0.2', bytes_recv: 1, bytes_sent: 2 }],
      clients: { 0: { name: 'HQ', vpnid: '4', status: 'reconnecting; ping-restart' } },
    }),
  )
  expect(tunnels.map(({ name, role, state }) => [name, role, state])).toEqual([
    ['Road UDP4:1194', 'server', 'up'],
    ['anna', 'peer', 'up'],
    ['Broken', 'server', 'unknown'],
    ['Branch', 'site-to-site', 'up'],
    ['HQ', 'client', 'down'],
  ])
  expect(tunnels[1]).toMatchObject({
    user: 'anna',
    remoteAddress: '198.51.100.7:5000',
    networks: ['10.8.0.2'],
    receivedBytes: 1000,
    sentBytes: 2000,
    connectedAt: '2023-11-14T22:13:20.000Z',
  })
  expect(new Set(tunnels.map(({ id }) => id)).size).toBe(5)
  expect(toOpenvpn(openvpnReply.parse([]))).toEqual([])
  const bare = toOpenvpn(
    openvpnReply.parse([
      { name: 'Road', vpnid: '1', conns: [] },
      { name: 'Branch', vpnid: '2', status: 'up' },
    ]),
  )
  expect(bare.map(({ name, role, state }) => [name, role, state])).toEqual([
    ['Road', 'server', 'up'],
    ['Branch', 'site-to-site', 'up'],
  ])
})

it('maps IPsec tunnels', () => {
  const tunnels = toIpsec(
    ipsecReply.parse([
      {
        'con-id': 'con1',
        state: 'ESTABLISHED',
        'local-host': '203.0.113.10',
        'remote-host': '198.51.100.1',
        'remote-id': 'branch',
        established: '3600',
        'child-sas': { a: { state: 'INSTALLED', 'remote-ts': ['10.20.0.0/16|/0'], 'bytes-in': '10', 'bytes-out': '20' } },
      },
      { 'con-id': 'con2', state: 'ESTABLISHED', 'child-sas': [] },
      { 'con-id': 'con2', state: 'CONNECTING' },
    ]),
    NOW,
  )
  expect(tunnels.map(({ id, state }) => [id, state])).toEqual([
    ['ipsec-con1', 'up'],
    ['ipsec-con2', 'stale'],
    ['ipsec-con2#2', 'down'],
  ])
  expect(tunnels[0]).toMatchObject({
    name: 'con1 branch',
    networks: ['10.20.0.0/16'],
    receivedBytes: 10,
    sentBytes: 20,
    connectedAt: '2026-11-24T11:00:00.000Z',
  })
  expect(tunnels[1]).toMatchObject({ receivedBytes: null, connectedAt: null })
})
