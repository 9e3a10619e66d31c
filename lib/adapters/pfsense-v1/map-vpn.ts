// OpenVPN and IPsec. v1 hands on what pfSense's own status pages read; WireGuard has no endpoint.
import type { z } from 'zod'
import type { VpnTunnel } from '@/lib/adapters/model'
import { nth } from './map-identity'
import { epochToIso, orNull } from './map-system'
import type { ipsecReply, openvpnReply } from './replies'

type OpenvpnEnd = z.output<typeof openvpnReply>['servers'][number]

export function toOpenvpn(reply: z.output<typeof openvpnReply>): VpnTunnel[] {
  const seen = new Map<string, number>()
  const name = (text: string) => nth(text, seen)
  return [
    ...reply.servers.flatMap((server) => [toServer(server, name), ...server.conns.filter(isClient).map((client) => toClient(server, client, name))]),
    ...reply.p2p_servers.map((end) => toEnd(end, 'site-to-site', name)),
    ...reply.clients.map((end) => toEnd(end, 'client', name)),
  ]
}

/** pfSense puts a made-up client `[error]` into the list when the daemon does not answer. */
const hasError = (server: OpenvpnEnd): boolean => server.conns.some((client) => client.common_name === '[error]')
const isClient = (client: OpenvpnEnd['conns'][number]): boolean => client.common_name !== '[error]' && (client.common_name !== '' || client.remote_host !== '')

const toServer = (server: OpenvpnEnd, name: (text: string) => string): VpnTunnel => ({
  id: name(`openvpn-server-${server.vpnid || server.name}`),
  kind: 'openvpn',
  name: server.name || `OpenVPN server ${server.vpnid}`,
  role: 'server',
  state: hasError(server) ? 'unknown' : 'up',
  localAddress: null,
  remoteAddress: null,
  networks: [],
  user: null,
  receivedBytes: null,
  sentBytes: null,
  connectedAt: null,
  lastHandshakeAt: null,
})

const toClient = (server: OpenvpnEnd, client: OpenvpnEnd['conns'][number], name: (text: string) => string): VpnTunnel => ({
  id: name(`openvpn-client-${server.vpnid || server.name}-${client.common_name}-${client.remote_host}`),
  kind: 'openvpn',
  name: client.common_name || client.remote_host,
  role: 'peer',
  state: 'up',
  ...trafficOf(client),
  user: orNull(client.user_name),
})

const toEnd = (end: OpenvpnEnd, role: 'site-to-site' | 'client', name: (text: string) => string): VpnTunnel => ({
  id: name(`openvpn-${role}-${end.vpnid || end.name}`),
  kind: 'openvpn',
  name: end.name || `OpenVPN ${end.vpnid}`,
  role,
  state: openvpnState(end.status || end.state),
  ...trafficOf(end),
  user: null,
})

const trafficOf = (end: OpenvpnEnd['conns'][number]) => ({
  localAddress: null,
  remoteAddress: orNull(end.remote_host),
  networks: [end.virtual_addr, end.virtual_addr6].filter((address) => address !== ''),
  receivedBytes: end.bytes_recv,
  sentBytes: end.bytes_sent,
  connectedAt: epochToIso(end.connect_time_unix),
  lastHandshakeAt: null,
})

function openvpnState(status: string): VpnTunnel['state'] {
  const word = status.toLowerCase()
  if (word === 'up' || word.startsWith('connected')) return 'up'
  return /^(down|reconnecting|waiting|exiting|connecting|auth|tcp_connect|resolve)/.test(word) ? 'down' : 'unknown'
}

/** `established` is the age of the tunnel in seconds, so the instant follows from the time of the reply. */
export function toIpsec(rows: z.output<typeof ipsecReply>, now: Date): VpnTunnel[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const installed = row['child-sas'].filter((child) => child.state.toUpperCase() === 'INSTALLED')
    const isUp = row.state.toUpperCase() === 'ESTABLISHED'
    return {
      id: nth(`ipsec-${row['con-id'] || row['remote-host']}`, seen),
      kind: 'ipsec',
      name: [row['con-id'], row['remote-id']].filter((part) => part !== '').join(' '),
      role: 'site-to-site',
      // A phase 1 without an installed phase 2 carries nothing.
      state: !isUp ? 'down' : installed.length === 0 ? 'stale' : 'up',
      localAddress: orNull(row['local-host']),
      remoteAddress: orNull(row['remote-host']),
      networks: [...new Set(row['child-sas'].flatMap((child) => child['remote-ts'].map(withoutPorts)))],
      user: null,
      receivedBytes: total(installed.map((child) => child['bytes-in'])),
      sentBytes: total(installed.map((child) => child['bytes-out'])),
      connectedAt: isUp && row.established !== null ? new Date(now.getTime() - row.established * 1000).toISOString() : null,
      lastHandshakeAt: null,
    }
  })
}

/** `10.20.0.0/16|/0`: what stands behind the bar is the protocol and port, `/0` for any. */
const withoutPorts = (selector: string): string => selector.replace(/\|\/0$/, '')

/** null when not one is told. */
function total(values: readonly (number | null)[]): number | null {
  const told = values.filter((value) => value !== null)
  return told.length === 0 ? null : told.reduce((sum, value) => sum + value, 0)
}
