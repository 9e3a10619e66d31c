// Every endpoint that Palisade asks, with the narrowest privilege that opens it (contract section 7; any one is enough
// where the package accepts several).
import type { CallClass } from '@/lib/outbound/transport'

export type Endpoint = { path: string; privilege: string; callClass: CallClass; lease: 'read' | 'write' }

const read = (path: string, privilege: string, callClass: CallClass = 'read'): Endpoint => ({ path: `/api/v1${path}`, privilege, callClass, lease: 'read' })

export const ENDPOINTS = {
  version: read('/system/version', 'page-dashboard-widgets'),
  /** Answers from the firewall's own cache; without one it looks for updates first, which takes up to a minute. */
  upgrade: read('/system/version/upgrade', 'page-dashboard-widgets', 'list'),
  /** `use_cache=false` runs `pfSense-upgrade -c` now (since 1.5.0): a check, so it takes the lease of a change. */
  upgradeCheck: { path: '/api/v1/system/version/upgrade?use_cache=false', privilege: 'page-dashboard-widgets', callClass: 'command', lease: 'write' },
  system: read('/status/system', 'page-dashboard-widgets'),
  hostname: read('/system/hostname', 'page-system-generalsetup'),
  statesSize: read('/firewall/states/size', 'page-system-advanced-firewall'),
  configHistory: read('/status/log/config_history', 'page-diagnostics-configurationhistory'),
  packages: read('/system/package', 'page-system-packagemanager-installed'),
  arp: read('/system/arp', 'page-diagnostics-arptable'),
  rules: read('/firewall/rule', 'page-firewall-rules', 'list'),
  aliases: read('/firewall/alias', 'page-firewall-aliases', 'list'),
  portForwards: read('/firewall/nat/port_forward', 'page-firewall-nat-portforward'),
  outboundMode: read('/firewall/nat/outbound', 'page-firewall-nat-outbound'),
  outboundMappings: read('/firewall/nat/outbound/mapping', 'page-firewall-nat-outbound'),
  oneToOne: read('/firewall/nat/one_to_one', 'page-firewall-nat-1-1'),
  interfaceStatus: read('/status/interface', 'page-status-interfaces'),
  gatewayStatus: read('/status/gateway', 'page-status-gateways'),
  gatewayConfig: read('/routing/gateway', 'page-system-gateways'),
  carp: read('/status/carp', 'page-status-carp'),
  services: read('/services', 'page-status-services'),
  leases: read('/services/dhcpd/lease', 'page-status-dhcpleases'),
  openvpn: read('/status/openvpn', 'page-status-openvpn'),
  ipsec: read('/status/ipsec', 'page-status-ipsec'),
  api: read('/system/api', 'page-system-api'),
  apiVersion: read('/system/api/version', 'page-system-api'),
  /** Never shown or stored: asked once by the credential test, because a user that may read it may probably do everything. */
  interfaceAssignments: read('/interface', 'page-interfaces-assignnetworkports'),
  /** The whole configuration as JSON: for comparison only. */
  configuration: read('/system/config', 'page-diagnostics-backup-restore', 'configuration'),
  /** The whole configuration as a file, by the one fixed command. */
  configurationFile: { path: '/api/v1/diagnostics/command_prompt', privilege: 'page-diagnostics-command', callClass: 'configuration', lease: 'write' },
  /** For fixed commands that end at once; its 30 s are what one step of an update may take. */
  shortCommand: { path: '/api/v1/diagnostics/command_prompt', privilege: 'page-diagnostics-command', callClass: 'read', lease: 'write' },
  restart: { path: '/api/v1/system/reboot', privilege: 'page-diagnostics-rebootsystem', callClass: 'read', lease: 'write' },
} as const satisfies Record<string, Endpoint>

/** Write privileges that the credential test asks for without writing, and the `return` numbers that prove the privilege. */
export const WRITE_QUESTIONS = {
  'rules-write': { path: '/api/v1/firewall/rule', privilege: 'page-firewall-rules-edit', callClass: 'read', lease: 'write' },
  'aliases-write': { path: '/api/v1/firewall/alias', privilege: 'page-firewall-alias-edit', callClass: 'read', lease: 'write' },
  commands: { path: '/api/v1/diagnostics/command_prompt', privilege: 'page-diagnostics-command', callClass: 'read', lease: 'write' },
} as const satisfies Record<string, Endpoint>
