// Closed lists of words that need no schema, so that a page which only names them does not load the schema library.

export const FAMILIES = ['opnsense', 'pfsense-v1', 'pfsense-v2'] as const
export const VPN_KINDS = ['ipsec', 'openvpn', 'wireguard'] as const
export const RULE_LAYERS = ['floating', 'group', 'interface', 'automatic', 'legacy'] as const
export const FIRMWARE_STATES = ['up-to-date', 'never-checked', 'offered', 'major-offered', 'reboot-pending', 'check-failed', 'not-reported'] as const
/** Parts of a configuration, in the order in which pages show them. `volatile` is what never counts as a change. */
export const CONFIGURATION_SECTIONS = ['rules', 'nat', 'aliases', 'schedules', 'shaper', 'interfaces', 'virtual-addresses', 'gateways', 'routing', 'vpn-ipsec', 'vpn-openvpn', 'vpn-wireguard', 'vpn-other', 'dhcp', 'dns', 'proxy', 'users', 'certificates', 'high-availability', 'logging', 'services', 'system', 'packages', 'other', 'volatile'] as const
/** What can be done to the firmware; `major` is a new series, `reboot` installs nothing. */
export const UPDATE_KINDS = ['minor', 'major', 'reboot'] as const
