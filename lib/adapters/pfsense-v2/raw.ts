import { z } from 'zod'
import type { RawRead } from '@/lib/adapters/adapter'
import { AppError } from '@/lib/core/errors'
import { redactValue } from '@/lib/outbound/redact'
import type { Caller } from './call'
import { ENDPOINTS, type Endpoint } from './read-endpoints'

const entry = (id: string, label: string, endpoint: Endpoint): RawRead & { endpoint: Endpoint } => ({ id, label, path: endpoint.path, endpoint })

/** No command, configuration, certificate, user or key endpoint stands here, and no path ever comes from a browser. */
const ENTRIES = [
  entry('system-version', 'System version', ENDPOINTS.systemVersion),
  entry('system-status', 'System status', ENDPOINTS.systemStatus),
  entry('api-version', 'API package version', ENDPOINTS.apiVersion),
  entry('api-settings', 'API settings', ENDPOINTS.apiSettings),
  entry('packages', 'Installed packages', ENDPOINTS.packages),
  entry('rules', 'Firewall rules', ENDPOINTS.rules),
  entry('aliases', 'Aliases', ENDPOINTS.aliases),
  entry('port-forwards', 'Port forwards', ENDPOINTS.portForwards),
  entry('outbound-mappings', 'Outbound translations', ENDPOINTS.outboundMappings),
  entry('one-to-one-mappings', 'One-to-one translations', ENDPOINTS.oneToOneMappings),
  entry('states-size', 'State table size', ENDPOINTS.statesSize),
  entry('arp', 'ARP table', ENDPOINTS.arp),
  entry('leases', 'DHCP leases', ENDPOINTS.leases),
  entry('gateway-status', 'Gateway status', ENDPOINTS.gatewayStatus),
  entry('interface-status', 'Interface status', ENDPOINTS.interfaceStatus),
  entry('services', 'Services', ENDPOINTS.services),
  entry('carp', 'CARP status', ENDPOINTS.carp),
  entry('virtual-ips', 'Virtual addresses', ENDPOINTS.virtualIps),
  entry('ipsec', 'IPsec tunnels', ENDPOINTS.ipsec),
  entry('openvpn-servers', 'OpenVPN servers', ENDPOINTS.openvpnServers),
  entry('openvpn-clients', 'OpenVPN clients', ENDPOINTS.openvpnClients),
  entry('wireguard', 'WireGuard tunnels', ENDPOINTS.wireguard),
] as const

export const rawReads: readonly RawRead[] = ENTRIES.map(({ id, label, path }) => ({ id, label, path }))

/** The reply as it came, without what looks like a secret. Unknown id: not-found. */
export async function readRaw(caller: Caller, id: string, signal: AbortSignal): Promise<unknown> {
  const found = ENTRIES.find((candidate) => candidate.id === id)
  if (found === undefined) throw new AppError('not-found', 'There is no such raw reading for this family.')
  return redactValue(await caller.get(found.endpoint, z.unknown(), signal))
}
