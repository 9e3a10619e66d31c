// Reads that an admin may see as they came, without secrets. No command, configuration, certificate, user, key or log endpoints.
import type { RawRead } from '@/lib/adapters/adapter'
import { AppError } from '@/lib/core/errors'
import { redactValue } from '@/lib/outbound/redact'
import type { Caller } from './call'
import { ENDPOINTS, type Endpoint } from './read-endpoints'
import { anyReply } from './replies'

const RAW: readonly { id: string; label: string; endpoint: Endpoint }[] = [
  { id: 'version', label: 'Version', endpoint: ENDPOINTS.version },
  { id: 'version-upgrade', label: 'Offered version', endpoint: ENDPOINTS.upgrade },
  { id: 'packages', label: 'Packages', endpoint: ENDPOINTS.packages },
  { id: 'api-version', label: 'API package version', endpoint: ENDPOINTS.apiVersion },
  { id: 'status-system', label: 'System status', endpoint: ENDPOINTS.system },
  { id: 'states-size', label: 'State table size', endpoint: ENDPOINTS.statesSize },
  { id: 'config-history', label: 'Configuration history', endpoint: ENDPOINTS.configHistory },
  { id: 'status-interface', label: 'Interface status', endpoint: ENDPOINTS.interfaceStatus },
  { id: 'status-gateway', label: 'Gateway status', endpoint: ENDPOINTS.gatewayStatus },
  { id: 'routing-gateway', label: 'Gateways', endpoint: ENDPOINTS.gatewayConfig },
  { id: 'status-carp', label: 'CARP status', endpoint: ENDPOINTS.carp },
  { id: 'status-openvpn', label: 'OpenVPN status', endpoint: ENDPOINTS.openvpn },
  { id: 'status-ipsec', label: 'IPsec status', endpoint: ENDPOINTS.ipsec },
  { id: 'services', label: 'Services', endpoint: ENDPOINTS.services },
  { id: 'arp', label: 'ARP table', endpoint: ENDPOINTS.arp },
  { id: 'leases', label: 'DHCP leases', endpoint: ENDPOINTS.leases },
  { id: 'rules', label: 'Rules', endpoint: ENDPOINTS.rules },
  { id: 'aliases', label: 'Aliases', endpoint: ENDPOINTS.aliases },
  { id: 'port-forwards', label: 'Port forwards', endpoint: ENDPOINTS.portForwards },
  { id: 'outbound', label: 'Outbound NAT rules', endpoint: ENDPOINTS.outboundMappings },
  { id: 'one-to-one', label: 'One-to-one NAT', endpoint: ENDPOINTS.oneToOne },
]

export const rawReads: readonly RawRead[] = RAW.map(({ id, label, endpoint }) => ({ id, label, path: endpoint.path }))

export async function readRaw(caller: Caller, id: string, signal: AbortSignal): Promise<unknown> {
  const found = RAW.find((read) => read.id === id)
  if (found === undefined) throw new AppError('not-found', 'There is no such raw reading.')
  return redactValue(await caller.get(found.endpoint, anyReply, signal))
}
