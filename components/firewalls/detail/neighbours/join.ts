import type { Lease, Neighbour } from '@/lib/adapters/model'

/** One address on one interface: what the firewall sees (ARP, NDP) and what it gave out (lease), side by side. */
export type JoinedNeighbour = {
  key: string
  ip: string
  mac: string | null
  interface: string | null
  /** How the firewall knows it: seen, given out, or both. */
  hostname: string | null
  manufacturer: string | null
  neighbour: Neighbour | null
  lease: Lease | null
}

const join = (neighbour: Neighbour | null, lease: Lease | null, ip: string, index: number): JoinedNeighbour => ({
  key: `${ip} ${neighbour?.mac ?? lease?.mac ?? ''} ${neighbour?.device ?? neighbour?.interface ?? ''} ${index}`,
  ip,
  mac: neighbour?.mac ?? lease?.mac ?? null,
  interface: neighbour?.interface ?? lease?.interface ?? null,
  hostname: neighbour?.hostname ?? lease?.hostname ?? null,
  manufacturer: neighbour?.manufacturer ?? null,
  neighbour,
  lease,
})

const RANK = { active: 0, reserved: 1, unknown: 2, expired: 3 } as const satisfies Record<Lease['state'], number>

/** The lease that explains an address: the same MAC first, then one that names none, the live one before an expired one. */
function bestLease(leases: readonly Lease[] | undefined, mac: string | null): Lease | null {
  const fitting = (leases ?? []).filter((lease) => mac === null || lease.mac === null || lease.mac === mac)
  return fitting.toSorted((a, b) => Number(b.mac === mac) - Number(a.mac === mac) || RANK[a.state] - RANK[b.state])[0] ?? null
}

/**
 * Joins neighbours and leases by IP address, and by MAC where both name one: another MAC on a leased address is
 * shown as two rows, because that is what an operator looks for. Leases that nobody answers for stand on their own.
 */
export function joinNeighbours(neighbours: readonly Neighbour[], leases: readonly Lease[]): JoinedNeighbour[] {
  const byIp = new Map<string, Lease[]>()
  for (const lease of leases) byIp.set(lease.ip, [...(byIp.get(lease.ip) ?? []), lease])
  const used = new Set<Lease>()
  const seen = neighbours.map((neighbour, index) => {
    const lease = bestLease(byIp.get(neighbour.ip), neighbour.mac)
    if (lease) used.add(lease)
    return join(neighbour, lease, neighbour.ip, index)
  })
  const rest = leases.filter((lease) => !used.has(lease)).map((lease, index) => join(null, lease, lease.ip, neighbours.length + index))
  return [...seen, ...rest].sort((a, b) => compareAddresses(a.ip, b.ip))
}

/** IPv4 by number before IPv6 by text. */
export function compareAddresses(a: string, b: string): number {
  const [left, right] = [ipv4Number(a), ipv4Number(b)]
  if (left !== null && right !== null) return left - right
  if (left !== null || right !== null) return left !== null ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

function ipv4Number(ip: string): number | null {
  const parts = ip.split('.').map(Number)
  return parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255)
    ? parts.reduce((sum, part) => sum * 256 + part, 0)
    : null
}

/** Everything that a row shows, for the filter. */
export const neighbourText = (row: JoinedNeighbour): string =>
  [
    row.ip,
    row.mac,
    row.interface,
    row.hostname,
    row.manufacturer,
    row.neighbour?.protocol,
    row.neighbour?.state,
    row.lease?.state,
    row.lease?.hostname,
    row.lease?.description,
    row.lease?.server,
  ].join('\n')
