import type { ReadKind } from '@/lib/adapters/model'
import { readingReply } from '@/lib/firewalls/dto'
import { readInput } from '@/lib/firewalls/input'
import { readReading } from '@/lib/firewalls/read-reading'
import { operation, type Operation } from '@/lib/http/operation'

const SUMMARIES = {
  status: 'Version, load, uptime and health notices',
  firmware: 'Installed and offered versions',
  rules: 'Rules in all layers, in the order asked',
  aliases: 'Aliases with their content',
  arp: 'ARP and NDP neighbours',
  leases: 'DHCP leases',
  gateways: 'Gateways with latency and loss',
  interfaces: 'Interfaces with addresses and counters',
  services: 'Services and whether they run',
  nat: 'Address translation',
  carp: 'CARP addresses and their state',
  vpn: 'IPsec, OpenVPN and WireGuard tunnels',
  posture: 'How the API of the firewall is set up',
} as const satisfies Record<ReadKind, string>

const describe = <K extends ReadKind>(kind: K): Operation =>
  operation({
    id: `read${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
    method: 'get',
    path: `/firewalls/{id}/${kind}`,
    tag: 'firewalls',
    summary: `${SUMMARIES[kind]}; stored with its age, or asked now with fresh=true`,
    input: readInput,
    output: readingReply(kind),
    run: (actor, input, { signal }) => readReading(actor, kind, input, signal),
  })

export const readingOperations: Record<ReadKind, Operation> = {
  status: describe('status'),
  firmware: describe('firmware'),
  rules: describe('rules'),
  aliases: describe('aliases'),
  arp: describe('arp'),
  leases: describe('leases'),
  gateways: describe('gateways'),
  interfaces: describe('interfaces'),
  services: describe('services'),
  nat: describe('nat'),
  carp: describe('carp'),
  vpn: describe('vpn'),
  posture: describe('posture'),
}
