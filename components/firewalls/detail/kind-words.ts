import type { ReadKind } from '@/lib/adapters/model'

/** What a kind of reading is called on its page. */
export const KIND_WORDS = {
  status: 'Status',
  firmware: 'Firmware',
  rules: 'Rules',
  aliases: 'Aliases',
  arp: 'ARP and NDP',
  leases: 'Leases',
  gateways: 'Gateways',
  interfaces: 'Interfaces',
  services: 'Services',
  nat: 'NAT',
  carp: 'CARP',
  vpn: 'VPN',
  posture: 'API settings',
} as const satisfies Record<ReadKind, string>
