// How a family's configuration is laid out, as plain data: the thread that parses it gets nothing else. Paths are names of
// elements below the root, `*` stands for one name. The products share an ancestor, so what they still share stands here.
import type { CONFIGURATION_SECTIONS } from './words'

type SectionName = (typeof CONFIGURATION_SECTIONS)[number]

/** Elements that are one thing each. */
export type ListRule = {
  path: string
  /** What people call one of them. */
  noun: string
  /** Children or attributes (`@uuid`) that stay the same when it is changed; the first that is there counts. */
  identity: readonly string[]
  /** Children that name it for people; what identifies it when nothing in `identity` is there. */
  name: readonly string[]
  /** Child that says at which interface it stands. */
  at?: string
  /** Places count: among all of the list, or among those with the same value of this child. */
  order?: 'all' | 'within-interface'
}

export type ConfigurationShape = {
  /** Name of the root element. */
  root: string
  /** The longest path that fits wins. */
  sections: readonly (readonly [path: string, section: SectionName])[]
  lists: readonly ListRule[]
  /** Elements whose children are one item of settings each; '' is the root. */
  parts: readonly string[]
  /** Never count: stamps, counters, data that a firewall collects. `@name` is an attribute. */
  volatile: readonly string[]
  /** Ends of paths that hold a secret, beside the names in lib/configuration/mask.ts. */
  secrets: readonly string[]
  /** Ends of paths that only sound like one. */
  open: readonly string[]
  /** Below these, an empty element says as much as none. */
  emptyIsAbsent: readonly string[]
}

const interfaceKinds: readonly ListRule[] = [
  { path: 'vlans/vlan', noun: 'VLAN', identity: ['@uuid', 'vlanif'], name: ['descr', 'vlanif'] },
  { path: 'bridges/bridged', noun: 'Bridge', identity: ['@uuid', 'bridgeif'], name: ['descr', 'bridgeif'] },
  { path: 'gifs/gif', noun: 'GIF tunnel', identity: ['@uuid', 'gifif'], name: ['descr', 'gifif'] },
  { path: 'gres/gre', noun: 'GRE tunnel', identity: ['@uuid', 'greif'], name: ['descr', 'greif'] },
  { path: 'laggs/lagg', noun: 'LAGG', identity: ['@uuid', 'laggif'], name: ['descr', 'laggif'] },
  { path: 'ppps/ppp', noun: 'Point-to-point link', identity: ['@uuid', 'ptpid'], name: ['descr', 'if'] },
  { path: 'ifgroups/ifgroupentry', noun: 'Interface group', identity: ['@uuid'], name: ['ifname'] },
]

export const SHARED_LISTS: readonly ListRule[] = [
  { path: 'filter/rule', noun: 'Rule', identity: ['@uuid', 'tracker'], name: ['descr'], at: 'interface', order: 'within-interface' },
  { path: 'nat/rule', noun: 'Port forward', identity: ['@uuid', 'associated-rule-id'], name: ['descr'], at: 'interface', order: 'all' },
  { path: 'nat/outbound/rule', noun: 'Outbound NAT rule', identity: ['@uuid'], name: ['descr'], at: 'interface', order: 'all' },
  { path: 'nat/onetoone', noun: 'One-to-one NAT', identity: ['@uuid'], name: ['descr'], at: 'interface', order: 'all' },
  { path: 'nat/npt', noun: 'Prefix translation', identity: ['@uuid'], name: ['descr'], at: 'interface', order: 'all' },
  { path: 'aliases/alias', noun: 'Alias', identity: ['@uuid'], name: ['name'] },
  { path: 'schedules/schedule', noun: 'Schedule', identity: ['@uuid'], name: ['name'] },
  { path: 'system/user', noun: 'User', identity: ['@uuid', 'uid'], name: ['name'] },
  { path: 'system/group', noun: 'Group', identity: ['@uuid', 'gid'], name: ['name'] },
  { path: 'system/authserver', noun: 'Authentication server', identity: ['@uuid', 'refid'], name: ['name'] },
  { path: 'gateways/gateway_item', noun: 'Gateway', identity: ['@uuid'], name: ['name'] },
  { path: 'gateways/gateway_group', noun: 'Gateway group', identity: ['@uuid'], name: ['name'] },
  { path: 'staticroutes/route', noun: 'Static route', identity: ['@uuid'], name: ['network'] },
  { path: 'virtualip/vip', noun: 'Virtual address', identity: ['@uuid', 'uniqid'], name: ['descr', 'subnet'], at: 'interface' },
  { path: 'ca', noun: 'Certificate authority', identity: ['refid', '@uuid'], name: ['descr'] },
  { path: 'cert', noun: 'Certificate', identity: ['refid', '@uuid'], name: ['descr'] },
  { path: 'crl', noun: 'Revocation list', identity: ['refid', '@uuid'], name: ['descr'] },
  { path: 'openvpn/openvpn-server', noun: 'OpenVPN server', identity: ['@uuid', 'vpnid'], name: ['description'] },
  { path: 'openvpn/openvpn-client', noun: 'OpenVPN client', identity: ['@uuid', 'vpnid'], name: ['description'] },
  { path: 'openvpn/openvpn-csc', noun: 'OpenVPN client override', identity: ['@uuid'], name: ['common_name'] },
  { path: 'ipsec/phase1', noun: 'IPsec phase 1', identity: ['@uuid', 'ikeid'], name: ['descr', 'remote-gateway'] },
  { path: 'ipsec/phase2', noun: 'IPsec phase 2', identity: ['@uuid', 'uniqid'], name: ['descr'] },
  { path: 'ipsec/mobilekey', noun: 'IPsec key', identity: ['@uuid'], name: ['ident'] },
  { path: 'dhcpd/*/staticmap', noun: 'Static lease', identity: ['@uuid'], name: ['mac', 'ipaddr'] },
  { path: 'dhcpdv6/*/staticmap', noun: 'Static lease', identity: ['@uuid'], name: ['duid', 'ipaddrv6'] },
  { path: 'unbound/hosts', noun: 'Host override', identity: ['@uuid'], name: ['host'] },
  { path: 'unbound/domainoverrides', noun: 'Domain override', identity: ['@uuid'], name: ['domain'] },
  { path: 'dnsmasq/hosts', noun: 'Host override', identity: ['@uuid'], name: ['host'] },
  { path: 'dnsmasq/domainoverrides', noun: 'Domain override', identity: ['@uuid'], name: ['domain'] },
  { path: 'dyndnses/dyndns', noun: 'Dynamic DNS', identity: ['@uuid', 'id'], name: ['host'] },
  { path: 'cron/item', noun: 'Cron job', identity: ['@uuid'], name: ['command'] },
  { path: 'sysctl/item', noun: 'Tunable', identity: ['@uuid'], name: ['tunable'] },
  ...interfaceKinds,
]

export const SHARED_SECTIONS: ConfigurationShape['sections'] = [
  ['filter', 'rules'],
  ['nat', 'nat'],
  ['aliases', 'aliases'],
  ['schedules', 'schedules'],
  ['shaper', 'shaper'],
  ['dnshaper', 'shaper'],
  ['interfaces', 'interfaces'],
  ...['vlans', 'bridges', 'gifs', 'gres', 'laggs', 'ppps', 'qinqs', 'ifgroups', 'wireless', 'pppoes'].map((path) => [path, 'interfaces'] as const),
  ['virtualip', 'virtual-addresses'],
  ['proxyarp', 'virtual-addresses'],
  ['gateways', 'gateways'],
  ['staticroutes', 'routing'],
  ['ipsec', 'vpn-ipsec'],
  ['openvpn', 'vpn-openvpn'],
  ['l2tp', 'vpn-other'],
  ['pptpd', 'vpn-other'],
  ['dhcpd', 'dhcp'],
  ['dhcpdv6', 'dhcp'],
  ['dhcrelay', 'dhcp'],
  ['dhcrelay6', 'dhcp'],
  ['unbound', 'dns'],
  ['dnsmasq', 'dns'],
  ['dyndnses', 'dns'],
  ['dnsupdates', 'dns'],
  ['captiveportal', 'proxy'],
  ['voucher', 'proxy'],
  ['system/user', 'users'],
  ['system/group', 'users'],
  ['system/authserver', 'users'],
  ['ca', 'certificates'],
  ['cert', 'certificates'],
  ['crl', 'certificates'],
  ['hasync', 'high-availability'],
  ['syslog', 'logging'],
  ['snmpd', 'logging'],
  ['notifications', 'logging'],
  ['rrd', 'logging'],
  ['ntpd', 'services'],
  ['cron', 'services'],
  ['igmpproxy', 'services'],
  ['wol', 'services'],
  ['system', 'system'],
  ['sysctl', 'system'],
  ['version', 'system'],
  ['theme', 'system'],
]

export const SHARED_PARTS = ['', 'interfaces', 'dhcpd', 'dhcpdv6', 'captiveportal'] as const
export const SHARED_VOLATILE = ['revision', 'lastchange', 'rrddata', 'sshdata', 'created', 'updated', '@persisted_at'] as const

export const SHARED_SECRETS = [
  'cert/prv',
  'ca/prv',
  'openvpn-server/tls',
  'openvpn-client/tls',
  'openvpn-server/shared_key',
  'openvpn-client/shared_key',
  'user/ipsecpsk',
  'user/otp_seed',
  'phase1/private-key',
  'mobilekey/pre-shared-key',
  'vip/password',
  'dhcpd/*/ddnsdomainkey',
  'dhcpdv6/*/ddnsdomainkey',
  'omapi_key',
  'dnsupdate/keydata',
  'captiveportal/*/radiuskey',
  'captiveportal/*/radiuskey2',
  'captiveportal/*/radiuskey3',
  'captiveportal/*/radiuskey4',
  'voucher/*/publickey',
  'voucher/*/privatekey',
  'voucher/*/magic',
  'voucher/*/roll/used',
  'ppp/simpin',
  // `user:base64 of the password:address …` of each user of a PPPoE server (pfSense 2.7, etc/inc/services: pppoe users).
  'pppoes/pppoe/username',
  'wpa/key',
  'wep/key',
  'ntpd/serverauthkey',
] as const
/** What only sounds secret in both. */
export const SHARED_OPEN = ['passwordauth', 'disablepasswordauth', 'wpa_key_mgmt', 'ssl-certref', 'bypass'] as const
