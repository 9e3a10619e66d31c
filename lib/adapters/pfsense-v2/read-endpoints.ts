// Every path this family ever asks, with the privilege behind it (contract sections 3 and 7).
import type { ReadKind } from '@/lib/adapters/model'
import type { CallClass } from '@/lib/outbound/transport'

export type Endpoint = { method: 'GET' | 'POST'; path: string; privilege: string; callClass: CallClass }

/** `GET /firewall/rules` → `api-v2-firewall-rules-get`; any slash and underscore becomes a dash (contract section 3). */
export const privilegeOf = (method: 'GET' | 'POST', path: string): string => `api-v2-${path.slice(1).replace(/[/_]/g, '-')}-${method.toLowerCase()}`

const endpoint = (method: 'GET' | 'POST', path: string, callClass: CallClass): Endpoint => ({
  method,
  path: `/api/v2${path}`,
  privilege: privilegeOf(method, path),
  callClass,
})
const read = (path: string, callClass: CallClass = 'read'): Endpoint => endpoint('GET', path, callClass)
const write = (path: string, callClass: CallClass = 'read'): Endpoint => endpoint('POST', path, callClass)

export const ENDPOINTS = {
  systemVersion: read('/system/version'),
  hostname: read('/system/hostname'),
  packages: read('/system/packages'),
  apiVersion: read('/system/restapi/version'),
  apiSettings: read('/system/restapi/settings'),
  systemStatus: read('/status/system'),
  configHistory: read('/diagnostics/config_history/revisions'),
  statesSize: read('/firewall/states/size'),
  pendingChanges: read('/firewall/apply'),
  gatewayStatus: read('/status/gateways'),
  gateways: read('/routing/gateways'),
  defaultGateway: read('/routing/gateway/default'),
  interfaceStatus: read('/status/interfaces'),
  interfaces: read('/interfaces'),
  interfaceGroups: read('/interface/groups'),
  vlans: read('/interface/vlans'),
  services: read('/status/services'),
  carp: read('/status/carp'),
  virtualIps: read('/firewall/virtual_ips'),
  ipsec: read('/status/ipsec/sas'),
  openvpnServers: read('/status/openvpn/servers'),
  openvpnClients: read('/status/openvpn/clients'),
  wireguard: read('/status/wireguard/tunnels'),
  arp: read('/diagnostics/arp_table'),
  leases: read('/status/dhcp_server/leases'),
  rules: read('/firewall/rules', 'list'),
  aliases: read('/firewall/aliases', 'list'),
  portForwards: read('/firewall/nat/port_forwards', 'list'),
  outboundMappings: read('/firewall/nat/outbound/mappings', 'list'),
  outboundMode: read('/firewall/nat/outbound/mode'),
  oneToOneMappings: read('/firewall/nat/one_to_one/mappings', 'list'),
  // A GET on a path that takes only POST: 405 for a key that may do everything, 403 for any other (contract section 2).
  commandPromptAsGet: read('/diagnostics/command_prompt'),
  // Basic only, and the only call with a password in the method `jwt` (contract section 3).
  token: write('/auth/jwt'),
  commandPrompt: write('/diagnostics/command_prompt', 'command'),
  configuration: write('/diagnostics/command_prompt', 'configuration'),
  /** For fixed commands that end at once; its 30 s are what one step of an update may take. */
  shortCommand: write('/diagnostics/command_prompt'),
  systemUpdate: write('/system/update'),
  restart: write('/diagnostics/reboot'),
  createRule: write('/firewall/rule'),
  createAlias: write('/firewall/alias'),
} as const satisfies Record<string, Endpoint>

const NAMES = [ENDPOINTS.interfaces, ENDPOINTS.apiSettings]

/** What each reading asks, the indispensable call first (of `vpn` none is). A refused later one becomes a gap. */
export const READ_ENDPOINTS = {
  status: [ENDPOINTS.systemStatus, ENDPOINTS.systemVersion, ENDPOINTS.hostname, ENDPOINTS.apiVersion, ENDPOINTS.statesSize, ENDPOINTS.configHistory],
  firmware: [ENDPOINTS.systemVersion, ENDPOINTS.packages],
  rules: [ENDPOINTS.rules, ...NAMES, ENDPOINTS.interfaceGroups],
  aliases: [ENDPOINTS.aliases],
  arp: [ENDPOINTS.arp],
  leases: [ENDPOINTS.leases, ...NAMES],
  gateways: [ENDPOINTS.gatewayStatus, ENDPOINTS.gateways, ENDPOINTS.defaultGateway, ...NAMES],
  interfaces: [ENDPOINTS.interfaceStatus, ENDPOINTS.interfaces, ENDPOINTS.vlans],
  services: [ENDPOINTS.services],
  nat: [ENDPOINTS.portForwards, ENDPOINTS.outboundMappings, ENDPOINTS.outboundMode, ENDPOINTS.oneToOneMappings, ...NAMES],
  carp: [ENDPOINTS.carp, ENDPOINTS.virtualIps, ...NAMES],
  vpn: [ENDPOINTS.ipsec, ENDPOINTS.openvpnServers, ENDPOINTS.openvpnClients, ENDPOINTS.wireguard],
  posture: [ENDPOINTS.apiSettings, ENDPOINTS.apiVersion, ENDPOINTS.systemVersion, ENDPOINTS.interfaces],
} as const satisfies Record<ReadKind, readonly Endpoint[]>

/** All privileges of one reading, as the operator has to look for them. */
export const privilegesOf = (kind: ReadKind): string => READ_ENDPOINTS[kind].map(({ privilege }) => privilege).join(', ')
