import type { z } from 'zod'
import type { Lease, Neighbour } from '@/lib/adapters/model'
import { orNull, toInstant, toMac } from './map-text'
import type { arp, iscLease, managedLease, ndp } from './replies'

/** `expires` is -1 for the firewall's own addresses, which are permanent (section 5). */
export function toArpNeighbour(row: z.infer<typeof arp>[number]): Neighbour {
  const mac = toMac(row.mac)
  return {
    protocol: 'arp',
    ip: row.ip,
    mac,
    interface: row.intf_description || row.intf,
    device: orNull(row.intf),
    hostname: orNull(row.hostname),
    state: row.permanent ? 'permanent' : row.expired ? 'expired' : mac === null ? 'incomplete' : 'complete',
    expiresInSeconds: row.permanent || row.expires === null || row.expires < 0 ? null : row.expires,
    manufacturer: orNull(row.manufacturer),
  }
}

/** A link-local address keeps its `%scope`: without it, it names nothing. */
export function toNdpNeighbour(row: z.infer<typeof ndp>[number]): Neighbour {
  const mac = toMac(row.mac)
  return {
    protocol: 'ndp',
    ip: row.ip,
    mac,
    interface: row.intf_description || row.intf,
    device: orNull(row.intf),
    hostname: null,
    state: mac === null ? 'incomplete' : 'complete',
    expiresInSeconds: null,
    manufacturer: orNull(row.manufacturer),
  }
}

const hostname = (text: string): string | null => (text === '*' ? null : orNull(text))

/** Kea and dnsmasq write the same row; `expire` is in seconds since 1970, 0 for a lease without end (section 10). */
export function toManagedLease(row: z.infer<typeof managedLease>, server: 'kea' | 'dnsmasq', now: Date): Lease {
  const isOver = row.expire !== null && row.expire > 0 && row.expire * 1000 <= now.getTime()
  const isReleased = server === 'kea' && row.state !== null && row.state !== 0
  const startsAt = server === 'kea' && row.expire !== null && row.valid_lifetime !== null ? toInstant(row.expire - row.valid_lifetime) : null
  return {
    ip: row.address,
    mac: toMac(row.hwaddr),
    hostname: hostname(row.hostname),
    description: null,
    interface: orNull(row.if_descr || row.if_name || row.if),
    state: row.is_reserved ? 'reserved' : isOver || isReleased ? 'expired' : 'active',
    online: null,
    startsAt,
    endsAt: toInstant(row.expire),
    server,
  }
}

const ISC_STATES: ReadonlyMap<string, Lease['state']> = new Map([
  ['active', 'active'],
  ['expired', 'expired'],
  ['free', 'expired'],
  ['released', 'expired'],
])

/** Times of this server come without a zone and stay out. */
export function toIscLease(row: z.infer<typeof iscLease>): Lease {
  return {
    ip: row.address,
    mac: toMac(row.mac),
    hostname: hostname(row.hostname),
    description: orNull(row.descr),
    interface: orNull(row.if_descr || row.if),
    state: row.type === 'static' ? 'reserved' : (ISC_STATES.get(row.state) ?? 'unknown'),
    online: row.status === 'online' ? true : row.status === 'offline' ? false : null,
    startsAt: null,
    endsAt: null,
    server: 'isc',
  }
}
