import type { z } from 'zod'
import type { VpnTunnel } from '@/lib/adapters/model'
import { orNull, toInstant } from './map-text'
import type { ipsecRow, openvpnRow, wireguardRow } from './replies'

const ANYWHERE: ReadonlySet<string> = new Set(['%any', '0.0.0.0', '0.0.0.0/0', '::/0'])

/** One connection of the IPsec daemon; networks are not in this listing. */
export function toIpsecTunnel(row: z.infer<typeof ipsecRow>): VpnTunnel {
  const remote = orNull(row['remote-addrs'])
  return {
    id: `ipsec/${row.name || row.ikeid}`,
    kind: 'ipsec',
    name: row.phase1desc || row.name,
    role: remote !== null && remote.split(',').some((part) => ANYWHERE.has(part.trim())) ? 'server' : 'site-to-site',
    state: row.connected === null ? 'unknown' : row.connected ? 'up' : 'down',
    localAddress: orNull(row['local-addrs']),
    remoteAddress: remote,
    networks: [],
    user: null,
    receivedBytes: row['bytes-in'],
    sentBytes: row['bytes-out'],
    connectedAt: null,
    lastHandshakeAt: null,
  }
}

const OPENVPN_STATES: ReadonlyMap<string, VpnTunnel['state']> = new Map([
  ['ok', 'up'],
  ['connected', 'up'],
  ['failed', 'down'],
  ['', 'down'],
])

/** An instance, or a client connected to one; without a status it is configured but not running (section 11). */
export function toOpenvpnTunnel(row: z.infer<typeof openvpnRow>): VpnTunnel {
  const isClient = row.is_client === true
  return {
    id: `openvpn/${row.id}`,
    kind: 'openvpn',
    name: (isClient ? row.common_name || row.username : '') || row.description || row.common_name || row.id,
    role: isClient ? 'peer' : row.type === 'client' ? 'client' : 'server',
    state: isClient && row.status === '' ? 'up' : (OPENVPN_STATES.get(row.status) ?? 'unknown'),
    localAddress: null,
    remoteAddress: orNull(row.real_address),
    networks: row.virtual_address === '' ? [] : [row.virtual_address],
    user: isClient ? orNull(row.username || row.common_name) : null,
    receivedBytes: row.bytes_received,
    sentBytes: row.bytes_sent,
    // `connected_since` is a text of the firewall's zone; this twin, where it is sent, is not.
    connectedAt: toInstant(row.connected_since__time_t_),
    lastHandshakeAt: null,
  }
}

/** A peer renews its keys every two minutes; after three without a handshake nothing passes. */
const HANDSHAKE_VALID_SECONDS = 180
const PEER_STATES: ReadonlyMap<string, VpnTunnel['state']> = new Map([
  ['online', 'up'],
  ['stale', 'stale'],
  ['offline', 'down'],
])

/** The peer's state is newer than the listing, so it is computed from the handshake where it is missing (section 11). */
export function toWireguardTunnel(row: z.infer<typeof wireguardRow>, now: Date): VpnTunnel {
  const isInterface = row.type === 'interface'
  const handshake = row['latest-handshake'] ?? 0
  const ageSeconds = now.getTime() / 1000 - handshake
  const computed = handshake === 0 ? 'down' : ageSeconds <= HANDSHAKE_VALID_SECONDS ? 'up' : 'stale'
  return {
    id: `wireguard/${row.if}/${isInterface ? 'interface' : row['public-key']}`,
    kind: 'wireguard',
    name: row.name || row.ifname || row.if,
    role: isInterface ? 'interface' : 'peer',
    state: isInterface ? (row.status === 'up' ? 'up' : row.status === 'down' ? 'down' : 'unknown') : (PEER_STATES.get(row['peer-status']) ?? computed),
    localAddress: isInterface && row['listen-port'] !== '' ? `port ${row['listen-port']}` : null,
    remoteAddress: row.endpoint === '(none)' ? null : orNull(row.endpoint),
    networks: row['allowed-ips']
      .split(',')
      .map((network) => network.trim())
      .filter((network) => network !== '' && network !== '(none)'),
    user: null,
    receivedBytes: row['transfer-rx'],
    sentBytes: row['transfer-tx'],
    connectedAt: null,
    lastHandshakeAt: toInstant(handshake),
  }
}
