// ARP table and DHCP leases. Pure.
import type { z } from 'zod'
import type { Gap, Lease, Listing, Neighbour } from '@/lib/adapters/model'
import type { InterfaceNames } from './map-interface-names'
import { toMac } from './map-values'
import type { arpReply, leasesReply } from './replies'

const NO_NDP = { part: 'IPv6 neighbours', reason: 'This API has no list of IPv6 neighbours.' }

/** `interface` is the display name here, whatever the setting for interfaces says (contract section 5). */
export function toArp(rows: z.output<typeof arpReply>): Listing<Neighbour> {
  const items = rows.flatMap((row): Neighbour[] => {
    if (row.ip_address === null) return []
    const mac = toMac(row.mac_address)
    const host = row.hostname === '?' ? null : row.hostname
    return [
      {
        protocol: 'arp',
        ip: row.ip_address,
        mac,
        interface: row.interface ?? '',
        device: null,
        hostname: host ?? row.dnsresolve,
        state: toState(mac, row.permanent === true || /^permanent/i.test(row.expires ?? ''), row.expires),
        expiresInSeconds: toExpirySeconds(row.expires),
        manufacturer: null,
      },
    ]
  })
  return { items, notReported: [NO_NDP] }
}

function toState(mac: string | null, permanent: boolean, expires: string | null): Neighbour['state'] {
  if (mac === null) return 'incomplete'
  if (permanent) return 'permanent'
  return /^expired/i.test(expires ?? '') ? 'expired' : 'complete'
}

/** `Expires in 1150 seconds` → 1150. */
function toExpirySeconds(text: string | null): number | null {
  const seconds = /(\d{1,9})\s*seconds?/i.exec(text ?? '')?.[1]
  return seconds === undefined ? null : Number(seconds)
}

const LEASE_STATES = new Map<string, Lease['state']>([
  ['active', 'active'],
  ['static', 'reserved'],
  ['reserved', 'reserved'],
  ['expired', 'expired'],
  ['free', 'expired'],
  ['released', 'expired'],
  ['abandoned', 'expired'],
])

export function toLeases(rows: z.output<typeof leasesReply>, names: InterfaceNames, notReported: readonly Gap[]): Listing<Lease> {
  const items = rows.flatMap((row): Lease[] => {
    if (row.ip === null) return []
    return [
      {
        ip: row.ip,
        mac: toMac(row.mac),
        hostname: row.hostname,
        description: row.descr,
        interface: row.if === null ? null : names.describe(row.if),
        state: LEASE_STATES.get(row.active_status?.toLowerCase() ?? '') ?? 'unknown',
        online: toOnline(row.online_status),
        startsAt: toLeaseInstant(row.starts),
        endsAt: toLeaseInstant(row.ends),
        server: null,
      },
    ]
  })
  const timesUnclear = rows.some((row) => [row.starts, row.ends].some((text) => text !== null && toLeaseInstant(text) === null))
  const gaps = timesUnclear ? [{ part: 'times', reason: 'The firewall writes the times of its leases without a time zone.' }] : []
  return { items, notReported: [...notReported, ...gaps] }
}

/** `active/online`, `idle/offline`, in short words too; anything else is not told. */
function toOnline(text: string | null): boolean | null {
  const words = text?.toLowerCase() ?? ''
  if (words.includes('offline')) return false
  if (words.includes('online')) return true
  return words === 'idle' ? false : null
}

/** Only what names its zone: an offset, or Unix seconds. */
function toLeaseInstant(text: string | null): string | null {
  if (text === null) return null
  const milliseconds = /^\d{9,11}$/.test(text)
    ? Number(text) * 1000
    : /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})$/.test(text)
      ? Date.parse(text)
      : Number.NaN
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString()
}
