// What the credential test says about each reading, in a few words.
import type { ReadKind, Readings } from '@/lib/adapters/model'

export const LABELS: Readonly<Record<ReadKind, string>> = {
  status: 'Status',
  firmware: 'Firmware state',
  rules: 'Rules',
  aliases: 'Aliases',
  arp: 'ARP table',
  leases: 'DHCP leases',
  gateways: 'Gateways',
  interfaces: 'Interfaces',
  services: 'Services',
  nat: 'NAT',
  carp: 'CARP',
  vpn: 'VPN tunnels',
  posture: 'API settings',
}

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

export const SEEN: { [K in ReadKind]: (reading: Readings[K]) => string } = {
  status: (status) => [status.hostname, status.version, status.platform].filter((part) => part !== null).join(', ') || 'answered',
  firmware: (firmware) =>
    [firmware.installedVersion, firmware.offeredVersion === null ? firmware.state.replaceAll('-', ' ') : `${firmware.offeredVersion} offered`]
      .filter((part) => part !== null)
      .join(', '),
  rules: (rules) => `${count(rules.items.length, 'rule')} in ${count(new Set(rules.items.map((rule) => `${rule.layer} ${rule.layerName}`)).size, 'layer')}`,
  aliases: (aliases) => count(aliases.items.length, 'alias', 'aliases'),
  arp: (arp) => count(arp.items.length, 'neighbour'),
  leases: (leases) => count(leases.items.length, 'lease'),
  gateways: (gateways) => count(gateways.items.length, 'gateway'),
  interfaces: (interfaces) => count(interfaces.items.length, 'interface'),
  services: (services) => count(services.items.length, 'service'),
  nat: (nat) => count(nat.items.length, 'NAT rule'),
  carp: (carp) => count(carp.items.length, 'CARP address', 'CARP addresses'),
  vpn: (vpn) => count(vpn.items.length, 'tunnel'),
  posture: (posture) => (posture.apiPackageVersion === null ? 'settings read, version not told' : `API package ${posture.apiPackageVersion}`),
}
