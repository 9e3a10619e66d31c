import type { CallClass } from '@/lib/outbound/transport'

/**
 * One call of the API. `spelled` marks the paths whose privilege pattern ends in the bare action name, so that the right
 * spelling depends on the version (section 1): written here in snake case, sent as `getArp` up to 25.1.
 */
export type Endpoint = {
  path: string
  /** As the operator finds it in the list of privileges of a user or group. */
  privilege: string
  method: 'GET' | 'POST'
  spelled: boolean
  callClass: CallClass
}

const get = (path: string, privilege: string, more: Partial<Endpoint> = {}): Endpoint => ({
  path: `/api/${path}`,
  privilege,
  method: 'GET',
  spelled: false,
  callClass: 'read',
  ...more,
})
const spelled = (path: string, privilege: string): Endpoint => get(path, privilege, { spelled: true })
const list = (path: string, privilege: string): Endpoint => get(path, privilege, { callClass: 'list' })

export const PRIVILEGE = {
  everything: 'All pages',
  dashboard: 'Lobby: Dashboard',
  systemStatus: 'System: Status',
  activity: 'Diagnostics: System Activity',
  firmware: 'System: Firmware',
  arp: 'Diagnostics: ARP Table',
  ndp: 'Diagnostics: NDP Table',
  interfaces: 'Status: Interfaces',
  gateways: 'System: Gateways',
  services: 'Status: Services',
  carp: 'Interfaces: Virtual IPs: Status',
  rules: 'Firewall: Rules [new] (before 26.1: Firewall: Automation: Filter)',
  aliases: 'Firewall: Aliases',
  aliasEdit: 'Firewall: Alias: Edit',
  sourceNat: 'Firewall: NAT: Source NAT',
  destinationNat: 'Firewall: NAT: Destination NAT',
  oneToOneNat: 'Firewall: NAT: 1:1',
  prefixNat: 'Firewall: NAT: NPTv6',
  keaV4: 'Services: DHCP: Kea(v4)',
  keaV6: 'Services: DHCP: Kea(v6)',
  dnsmasq: 'Services: Dnsmasq DNS/DHCP',
  isc: 'Services: ISC DHCPv4: Leases (before 26.1: Status: DHCP leases)',
  ipsec: 'Status: IPsec',
  openvpn: 'Status: OpenVPN',
  wireguard: 'VPN: WireGuard: Status',
  configuration: 'Diagnostics: Configuration History',
  restart: 'Diagnostics: Reboot System',
  packetFilter: 'Diagnostics: Firewall statistics',
} as const

export const ENDPOINTS = {
  /** Open to every valid key, whatever its privileges (section 1.2): tells whether the key is valid. */
  menu: get('core/menu/search?q=zzzz', 'none'),

  systemInformation: spelled('diagnostics/system/system_information', PRIVILEGE.dashboard),
  systemTime: spelled('diagnostics/system/system_time', PRIVILEGE.dashboard),
  systemResources: spelled('diagnostics/system/system_resources', PRIVILEGE.dashboard),
  systemDisk: spelled('diagnostics/system/system_disk', PRIVILEGE.dashboard),
  systemTemperature: spelled('diagnostics/system/system_temperature', PRIVILEGE.dashboard),
  systemSwap: get('diagnostics/system/system_swap', PRIVILEGE.dashboard),
  packetFilterStates: get('diagnostics/firewall/pf_states', PRIVILEGE.dashboard),
  packetFilterInformation: get('diagnostics/firewall/pf_statistics/info', PRIVILEGE.packetFilter),
  cpuType: get('diagnostics/cpu_usage/getCPUType', PRIVILEGE.dashboard),
  activity: get('diagnostics/activity/get_activity', PRIVILEGE.activity),
  systemStatus: get('core/system/status', PRIVILEGE.systemStatus),

  firmwareStatus: get('core/firmware/status', PRIVILEGE.firmware),
  firmwareRunning: get('core/firmware/running', PRIVILEGE.firmware),
  firmwareProgress: get('core/firmware/upgradestatus', PRIVILEGE.firmware),
  firmwareCheck: get('core/firmware/check', PRIVILEGE.firmware, { method: 'POST', callClass: 'command' }),
  firmwareUpdate: get('core/firmware/update', PRIVILEGE.firmware, { method: 'POST', callClass: 'command' }),
  firmwareUpgrade: get('core/firmware/upgrade', PRIVILEGE.firmware, { method: 'POST', callClass: 'command' }),
  firmwareReboot: get('core/firmware/reboot', PRIVILEGE.firmware, { method: 'POST', callClass: 'command' }),
  /** The log of the last finished update, which a restart does not take away; a POST that only reads. */
  firmwareKeptLog: get('core/firmware/log/0', PRIVILEGE.firmware, { method: 'POST' }),
  firmwareChangelog: get('core/firmware/changelog', PRIVILEGE.firmware, { method: 'POST' }),

  arp: spelled('diagnostics/interface/get_arp', PRIVILEGE.arp),
  ndp: spelled('diagnostics/interface/get_ndp', PRIVILEGE.ndp),
  interfaces: get('interfaces/overview/interfaces_info/1', PRIVILEGE.interfaces),
  /** No privilege but "All pages" covers it, in every version (section 1.2). */
  everythingOnly: get('diagnostics/interface/get_interface_config', PRIVILEGE.everything),
  gatewayStatus: get('routes/gateway/status', PRIVILEGE.gateways),
  gatewaySettings: get('routing/settings/search_gateway', PRIVILEGE.gateways),
  services: get('core/service/search', PRIVILEGE.services),
  virtualAddresses: get('diagnostics/interface/get_vip_status', PRIVILEGE.carp),

  rules: { ...list('firewall/filter/search_rule', PRIVILEGE.rules), method: 'POST' },
  rule: get('firewall/filter/get_rule', PRIVILEGE.rules),
  ruleInterfaces: get('firewall/filter/get_interface_list', PRIVILEGE.rules),
  ruleCategories: get('firewall/filter/list_categories', PRIVILEGE.rules),
  aliases: list('firewall/alias/search_item', PRIVILEGE.aliases),
  sourceNat: list('firewall/source_nat/search_rule', PRIVILEGE.sourceNat),
  sourceNatMode: get('firewall/source_nat/get', PRIVILEGE.sourceNat),
  destinationNat: list('firewall/d_nat/search_rule', PRIVILEGE.destinationNat),
  oneToOneNat: list('firewall/one_to_one/search_rule', PRIVILEGE.oneToOneNat),
  prefixNat: list('firewall/npt/search_rule', PRIVILEGE.prefixNat),

  keaV4Leases: list('kea/leases4/search', PRIVILEGE.keaV4),
  keaV6Leases: list('kea/leases6/search', PRIVILEGE.keaV6),
  dnsmasqLeases: list('dnsmasq/leases/search', PRIVILEGE.dnsmasq),
  iscLeases: list('dhcpv4/leases/searchLease', PRIVILEGE.isc),

  ipsecSessions: get('ipsec/sessions/search_phase1', PRIVILEGE.ipsec),
  openvpnSessions: get('openvpn/service/search_sessions', PRIVILEGE.openvpn),
  wireguardPeers: get('wireguard/service/show', PRIVILEGE.wireguard),

  backupProviders: get('core/backup/providers', PRIVILEGE.configuration),
  backupHistory: get('core/backup/backups/this', PRIVILEGE.configuration),
  backupDownload: get('core/backup/download/this', PRIVILEGE.configuration, { callClass: 'configuration' }),
  backupRevert: get('core/backup/revert_backup', PRIVILEGE.configuration, { method: 'POST', callClass: 'command' }),
  restart: get('core/system/reboot', PRIVILEGE.restart, { method: 'POST', callClass: 'command' }),
} as const satisfies Record<string, Endpoint>

/** A path below an endpoint; `part` must come from a closed alphabet, because the router does not decode paths (section 1). */
export const below = (endpoint: Endpoint, part: string): Endpoint => ({ ...endpoint, path: `${endpoint.path}/${part}` })
export const isPathPart = (text: string): boolean => /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/.test(text)
