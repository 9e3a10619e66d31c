// The parts of a configuration as people name them. Browser-safe.
import { CONFIGURATION_SECTIONS } from '@/lib/adapters/words'

export type SectionName = (typeof CONFIGURATION_SECTIONS)[number]
export const isSectionName = (text: string): text is SectionName => CONFIGURATION_SECTIONS.some((name) => name === text)

export const SECTION_TITLES = {
  rules: 'Rules',
  nat: 'NAT',
  aliases: 'Aliases',
  schedules: 'Schedules',
  shaper: 'Traffic shaper',
  interfaces: 'Interfaces',
  'virtual-addresses': 'Virtual addresses',
  gateways: 'Gateways',
  routing: 'Routing',
  'vpn-ipsec': 'IPsec',
  'vpn-openvpn': 'OpenVPN',
  'vpn-wireguard': 'WireGuard',
  'vpn-other': 'Other VPN',
  dhcp: 'DHCP',
  dns: 'DNS',
  proxy: 'Proxy and captive portal',
  users: 'Users and authentication',
  certificates: 'Certificates',
  'high-availability': 'High availability',
  logging: 'Logging and monitoring',
  services: 'Services',
  system: 'System',
  packages: 'Packages',
  other: 'Other',
  volatile: 'Stamps of the firewall',
} as const satisfies Record<SectionName, string>
