import { z } from 'zod'
import type { RawRead } from '@/lib/adapters/adapter'
import { AppError } from '@/lib/core/errors'
import { redactValue } from '@/lib/outbound/redact'
import type { Session } from './call'
import { withoutUrlSecrets } from './map-text'
import { ENDPOINTS, type Endpoint } from './read-endpoints'
import { ALL_ROWS } from './read-parts'

/** No command, configuration, certificate, user or key endpoint stands here, and none may. */
const RAW: readonly { id: string; label: string; endpoint: Endpoint }[] = [
  { id: 'system-information', label: 'System information', endpoint: ENDPOINTS.systemInformation },
  { id: 'system-time', label: 'Time, uptime and load', endpoint: ENDPOINTS.systemTime },
  { id: 'system-resources', label: 'Memory', endpoint: ENDPOINTS.systemResources },
  { id: 'system-disk', label: 'Disks', endpoint: ENDPOINTS.systemDisk },
  { id: 'system-temperature', label: 'Temperature', endpoint: ENDPOINTS.systemTemperature },
  { id: 'system-status', label: 'Health notices', endpoint: ENDPOINTS.systemStatus },
  { id: 'packet-filter-states', label: 'Packet filter states', endpoint: ENDPOINTS.packetFilterStates },
  { id: 'firmware-status', label: 'Firmware status', endpoint: ENDPOINTS.firmwareStatus },
  { id: 'firmware-progress', label: 'Running firmware job', endpoint: ENDPOINTS.firmwareProgress },
  { id: 'interfaces', label: 'Interfaces', endpoint: ENDPOINTS.interfaces },
  { id: 'arp', label: 'ARP table', endpoint: ENDPOINTS.arp },
  { id: 'ndp', label: 'NDP table', endpoint: ENDPOINTS.ndp },
  { id: 'gateway-status', label: 'Gateway status', endpoint: ENDPOINTS.gatewayStatus },
  { id: 'gateway-settings', label: 'Gateway settings', endpoint: ENDPOINTS.gatewaySettings },
  { id: 'services', label: 'Services', endpoint: ENDPOINTS.services },
  { id: 'virtual-addresses', label: 'Virtual addresses and CARP', endpoint: ENDPOINTS.virtualAddresses },
  { id: 'rules', label: 'Firewall rules', endpoint: ENDPOINTS.rules },
  { id: 'rule-interfaces', label: 'Interfaces of the rules', endpoint: ENDPOINTS.ruleInterfaces },
  { id: 'aliases', label: 'Aliases', endpoint: ENDPOINTS.aliases },
  { id: 'source-nat', label: 'Outbound NAT', endpoint: ENDPOINTS.sourceNat },
  { id: 'destination-nat', label: 'Port forwards', endpoint: ENDPOINTS.destinationNat },
  { id: 'one-to-one-nat', label: 'One-to-one NAT', endpoint: ENDPOINTS.oneToOneNat },
  { id: 'prefix-nat', label: 'Prefix translation', endpoint: ENDPOINTS.prefixNat },
  { id: 'kea-leases-4', label: 'Kea leases, IPv4', endpoint: ENDPOINTS.keaV4Leases },
  { id: 'kea-leases-6', label: 'Kea leases, IPv6', endpoint: ENDPOINTS.keaV6Leases },
  { id: 'dnsmasq-leases', label: 'Dnsmasq leases', endpoint: ENDPOINTS.dnsmasqLeases },
  { id: 'isc-leases', label: 'ISC DHCP leases', endpoint: ENDPOINTS.iscLeases },
  { id: 'ipsec', label: 'IPsec connections', endpoint: ENDPOINTS.ipsecSessions },
  { id: 'openvpn', label: 'OpenVPN sessions', endpoint: ENDPOINTS.openvpnSessions },
  { id: 'wireguard', label: 'WireGuard interfaces and peers', endpoint: ENDPOINTS.wireguardPeers },
]

export const rawReads: readonly RawRead[] = RAW.map(({ id, label, endpoint }) => ({ id, label, path: endpoint.path }))

/** The reply as it came, without secrets. Unknown id: not-found, and nothing is sent. */
export async function readRaw(session: Session, id: string, signal: AbortSignal): Promise<unknown> {
  const found = RAW.find((entry) => entry.id === id)
  if (!found) throw new AppError('not-found', 'There is no such raw reading.')
  const { endpoint } = found
  const reply = await session.ask({ endpoint, reply: z.unknown(), signal, ...(endpoint.method === 'POST' && { body: { ...ALL_ROWS, show_all: '1' } }) })
  return redactValue(withoutSections(reply))
}

/** The raw configuration section of an interface can hold a PPPoE password under any name; user names and URLs of aliases hold credentials. */
const DROPPED: ReadonlySet<string> = new Set(['config', 'username', 'password', 'product_license', 'subscription'])

/** Depth is bounded by the parser (64). */
function withoutSections(value: unknown): unknown {
  if (typeof value === 'string') return withoutUrlSecrets(value)
  if (Array.isArray(value)) return value.map(withoutSections)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !DROPPED.has(name))
      .map(([name, member]: [string, unknown]) => [name, withoutSections(member)]),
  )
}
