// VPN tunnels of the three kinds. Pure; `nowMs` only tells an old handshake from a fresh one.
import type { z } from 'zod'
import type { VpnTunnel } from '@/lib/adapters/model'
import { toInstant, uniqueIds } from './map-values'
import type { ipsecReply, openvpnClientsReply, openvpnServersReply, wireguardReply } from './replies'

const present = (values: readonly (string | null)[]): string[] => values.filter((value): value is string => value !== null && value !== '')

/** Sum of what is told; null when nothing is. */
function sum(values: readonly (number | null)[]): number | null {
  const told = values.filter((value) => value !== null)
  return told.length === 0 ? null : told.reduce((total, value) => total + value, 0)
}

export function toIpsecTunnels(rows: z.output<typeof ipsecReply>): VpnTunnel[] {
  const unique = uniqueIds()
  return rows.map((row) => ({
    id: unique(`ipsec:${row.con_id ?? 'unnamed'}`),
    kind: 'ipsec',
    name: row.con_id ?? row.remote_id ?? 'unnamed',
    role: 'site-to-site',
    state: toIpsecState(row.state),
    localAddress: row.local_host,
    remoteAddress: row.remote_host,
    networks: [...new Set(row.child_sas.flatMap((child) => child.remote_ts))].filter((network) => network !== ''),
    user: null,
    receivedBytes: sum(row.child_sas.map((child) => child.bytes_in)),
    sentBytes: sum(row.child_sas.map((child) => child.bytes_out)),
    // The firewall tells for how long, not since when.
    connectedAt: null,
    lastHandshakeAt: null,
  }))
}

function toIpsecState(state: string | null): VpnTunnel['state'] {
  if (state === null) return 'unknown'
  return /^(?:established|rekey)/i.test(state) ? 'up' : 'down'
}

/** The firewall fills one connection with `[error]` when the daemon does not answer. */
const isErrorLine = (name: string | null): boolean => /^\[(?:error|no status)/i.test(name ?? '')

export function toOpenvpnServers(rows: z.output<typeof openvpnServersReply>): VpnTunnel[] {
  const unique = uniqueIds()
  return rows.flatMap((row) => {
    const serverId = unique(`openvpn-server:${row.vpnid ?? row.name ?? ''}`)
    const name = row.name ?? `OpenVPN server ${row.vpnid ?? ''}`.trim()
    const failed = row.conns.some((connection) => isErrorLine(connection.common_name))
    const connections = row.conns.filter((connection) => !isErrorLine(connection.common_name))
    const server: VpnTunnel = {
      ...NOTHING_TOLD,
      id: serverId,
      kind: 'openvpn',
      name,
      role: row.mode?.startsWith('p2p') === true ? 'site-to-site' : 'server',
      state: failed ? 'down' : 'up',
      receivedBytes: sum(connections.map((connection) => connection.bytes_recv)),
      sentBytes: sum(connections.map((connection) => connection.bytes_sent)),
    }
    const peers = connections.map((connection): VpnTunnel => ({
      ...NOTHING_TOLD,
      id: unique(`${serverId}:${connection.common_name ?? connection.user_name ?? ''}:${connection.client_id ?? ''}`),
      kind: 'openvpn',
      name,
      role: 'peer',
      state: 'up',
      remoteAddress: connection.remote_host,
      networks: present([connection.virtual_addr, connection.virtual_addr6]),
      user: connection.user_name ?? connection.common_name,
      receivedBytes: connection.bytes_recv,
      sentBytes: connection.bytes_sent,
      connectedAt: toInstant(connection.connect_time_unix),
    }))
    return [server, ...peers]
  })
}

const NOTHING_TOLD = {
  localAddress: null,
  remoteAddress: null,
  networks: [],
  user: null,
  receivedBytes: null,
  sentBytes: null,
  connectedAt: null,
  lastHandshakeAt: null,
}

export function toOpenvpnClients(rows: z.output<typeof openvpnClientsReply>): VpnTunnel[] {
  const unique = uniqueIds()
  return rows.map((row) => ({
    ...NOTHING_TOLD,
    id: unique(`openvpn-client:${row.vpnid ?? row.name ?? ''}`),
    kind: 'openvpn',
    name: row.name ?? `OpenVPN client ${row.vpnid ?? ''}`.trim(),
    role: 'client',
    state: toClientState([row.status, row.state, row.state_detail]),
    localAddress: row.local_host,
    remoteAddress: row.remote_host,
    networks: present([row.virtual_addr, row.virtual_addr6]),
  }))
}

/** `up` or `Connected (Success)` by version; everything else that is told is a tunnel that does not carry. */
function toClientState(words: readonly (string | null)[]): VpnTunnel['state'] {
  const told = present(words)
  if (told.length === 0) return 'unknown'
  return told.some((word) => /^(?:up|connected)\b/i.test(word)) ? 'up' : 'down'
}

/** A peer that is in use shakes hands again after at most three minutes. */
const FRESH_HANDSHAKE_MS = 180_000

export function toWireguardTunnels(rows: z.output<typeof wireguardReply>, nowMs: number): VpnTunnel[] {
  const unique = uniqueIds()
  return rows.flatMap((row) => {
    const device = row.name ?? 'unnamed'
    const tunnel: VpnTunnel = {
      ...NOTHING_TOLD,
      id: unique(`wireguard:${device}`),
      kind: 'wireguard',
      name: row.descr ?? device,
      role: 'interface',
      state: row.status === 'up' || row.status === 'down' ? row.status : 'unknown',
      receivedBytes: row.transfer_rx,
      sentBytes: row.transfer_tx,
    }
    const peers = row.peers.map((peer): VpnTunnel => ({
      ...NOTHING_TOLD,
      id: unique(`wireguard:${device}:${peer.public_key ?? peer.descr ?? ''}`),
      kind: 'wireguard',
      name: peer.descr ?? `Peer of ${row.descr ?? device}`,
      role: 'peer',
      state: toPeerState(peer.latest_handshake, nowMs),
      remoteAddress: peer.endpoint === '(none)' ? null : peer.endpoint,
      networks: peer.allowed_ips.flatMap((entry) => entry.split(/[,\s]+/)).filter((network) => network !== '' && network !== '(none)'),
      receivedBytes: peer.transfer_rx,
      sentBytes: peer.transfer_tx,
      lastHandshakeAt: toInstant(peer.latest_handshake),
    }))
    return [tunnel, ...peers]
  })
}

function toPeerState(handshakeSeconds: number | null, nowMs: number): VpnTunnel['state'] {
  if (handshakeSeconds === null) return 'unknown'
  if (handshakeSeconds <= 0) return 'down'
  return nowMs - handshakeSeconds * 1000 <= FRESH_HANDSHAKE_MS ? 'up' : 'stale'
}
