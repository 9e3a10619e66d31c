// Which URLs a privilege opens (contract section 1.2). The access check looks at the raw request URI, query string included.
import { isAtLeast } from './version'

/** Internal name: [name in the GUI, patterns below /api in the spelling of 25.7 and later]. */
const PRIVILEGES: Record<string, readonly [string, readonly string[]]> = {
  'page-system-firmware-manualupdate': ['System: Firmware', ['core/firmware/*']],
  'page-system-status': ['System: Status', ['core/system/status', 'core/system/dismiss_status']],
  'page-diagnostics-rebootsystem': ['Diagnostics: Reboot System', ['core/system/reboot']],
  'page-diagnostics-haltsystem': ['Diagnostics: Halt system', ['core/system/halt']],
  'page-diagnostics-configurationhistory': ['Diagnostics: Configuration History', ['core/backup/*']],
  'page-status-services': ['Status: Services', ['core/service/*']],
  'page-system-login-logout': [
    'Lobby: Dashboard',
    [
      'core/dashboard/*',
      'diagnostics/system/system_disk',
      'diagnostics/system/system_information',
      'diagnostics/system/system_mbuf',
      'diagnostics/system/system_resources',
      'diagnostics/system/system_swap',
      'diagnostics/system/system_temperature',
      'diagnostics/system/system_time',
      'diagnostics/cpu_usage/*',
      'diagnostics/firewall/pf_states',
    ],
  ],
  'page-diagnostics-arptable': ['Diagnostics: ARP Table', ['diagnostics/interface/get_arp*', 'diagnostics/interface/search_arp*']],
  'page-diagnostics-ndptable': ['Diagnostics: NDP Table', ['diagnostics/interface/get_ndp*', 'diagnostics/interface/search_ndp*']],
  'page-status-carp': [
    'Interfaces: Virtual IPs: Status',
    ['diagnostics/interface/get_vip_status', 'diagnostics/interface/carp_status/*', 'diagnostics/interface/get_pfsync_nodes'],
  ],
  'page-diagnostics-netstat': ['Diagnostics: Netstat', ['diagnostics/interface/get_interface_statistics']],
  'page-diagnostics-system-activity': ['Diagnostics: System Activity', ['diagnostics/activity/*']],
  'page-diagnostics-logs-firewall-dynamic': [
    'Diagnostics: Logs: Firewall: Live View',
    ['diagnostics/firewall/log*', 'diagnostics/interface/get_interface_names'],
  ],
  'page-diagnostics-pf-info': ['Diagnostics: Firewall statistics', ['diagnostics/firewall/pf_statistics/*']],
  'page-diagnostics-routingtables': ['Diagnostics: Routing tables', ['diagnostics/interface/get_routes']],
  'page-status-trafficgraph': ['Reporting: Traffic', ['diagnostics/traffic/*']],
  'page-status-interfaces': ['Status: Interfaces', ['interfaces/overview/*']],
  'page-system-gateways': ['System: Gateways', ['routing/settings/*', 'routes/gateway/status']],
  'page-system-staticroutes': ['System: Static Routes', ['routes/*']],
  'page-filter-api': ['Firewall: Rules [new]', ['firewall/filter/*']],
  'page-firewall-rules': ['Firewall: Rules', ['firewall/filter_util/rule_stats', 'firewall/category/search_item']],
  'page-firewall-alias-edit': ['Firewall: Alias: Edit', ['firewall/alias/*']],
  'page-firewall-aliases': ['Firewall: Aliases', ['firewall/alias/search*', 'firewall/alias/get*', 'firewall/alias/list*', 'firewall/alias/export']],
  'page-diagnostics-tables': ['Diagnostics: PF Table IP addresses', ['firewall/alias_util/*']],
  'page-filter-snat-api': ['Firewall: NAT: Source NAT', ['firewall/source_nat/*']],
  'page-firewall-nat-portforward-edit': ['Firewall: NAT: Destination NAT', ['firewall/d_nat/*']],
  'page-firewall-nat-1-1-edit': ['Firewall: NAT: 1:1', ['firewall/one_to_one/*']],
  'page-firewall-nat-npt': ['Firewall: NAT: NPTv6', ['firewall/npt/*']],
  'page-firewall-virtualipaddress-edit': ['Interfaces: Virtual IPs: Settings', ['interfaces/vip_settings/*']],
  'page-status-dhcpleases': ['Status: DHCP leases', ['dhcpv4/leases/*']],
  'page-dhcp-kea-v4': ['Services: DHCP: Kea(v4)', ['kea/leases4/*', 'kea/service/*']],
  'page-dhcp-kea-v6': ['Services: DHCP: Kea(v6)', ['kea/leases6/*']],
  'page-services-dnsforwarder': ['Services: Dnsmasq', ['dnsmasq/*']],
  'page-status-ipsec': ['Status: IPsec', ['ipsec/sessions/*']],
  'page-status-openvpn': ['Status: OpenVPN', ['openvpn/service/*']],
  'page-wireguard-diagnostics': ['VPN: WireGuard: Status', ['wireguard/service/*']],
  'page-services-unbound': ['Services: Unbound', ['unbound/*']],
  'page-system-certmanager': ['System: Certificate Manager', ['trust/cert/*']],
  'page-system-camanager': ['System: CA Manager', ['trust/ca/*']],
}
/** Were snake_case in the patterns before 25.7 already. */
const ALWAYS_SNAKE = [
  'search_arp',
  'get_vip_status',
  'get_pfsync_nodes',
  'pf_states',
  'pf_statistics',
  'query_states',
  'kill_states',
  'rule_stats',
  'system_mbuf',
  'system_swap',
]

export const camelised = (text: string) => text.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** The patterns of 25.7, or what they were before: camelCase in the action unless listed above. */
function spelled(pattern: string, snake: boolean): string[] {
  if (pattern.endsWith('/*')) return [pattern, camelised(pattern)]
  const [module = '', controller = '', action = ''] = pattern.split('/')
  const old = ALWAYS_SNAKE.some((name) => action.startsWith(name)) ? action : camelised(action)
  return [`${module}/${controller}/${snake ? action : old}`]
}

function matches(pattern: string, target: string): boolean {
  const path = target.replace(/^\/api\//, '')
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
}

/** `privileges` by internal or GUI name; `target` as sent, with the query string. */
export function mayCall(privileges: ReadonlySet<string>, target: string, version: string): boolean {
  if (privileges.has('page-all') || privileges.has('All pages') || target.startsWith('/api/core/menu/')) return true
  const snake = isAtLeast(version, '25.7')
  return Object.entries(PRIVILEGES).some(
    ([name, [label, patterns]]) =>
      (privileges.has(name) || privileges.has(label) || (label === 'Firewall: Rules [new]' && privileges.has('Firewall: Automation: Filter'))) &&
      patterns.some((pattern) => spelled(pattern, snake).some((variant) => matches(variant, target))),
  )
}
