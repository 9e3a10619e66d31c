// ARP table and DHCP leases.
import type { z } from 'zod'
import type { Lease, Neighbour } from '@/lib/adapters/model'
import { orNull, toMac } from './map-system'
import type { arpReply, interfaceStatusReply, leasesReply } from './replies'

/** Descriptions by identifier (`lan`) and by device (`em1`), as the pages of pfSense show them. */
export type InterfaceNames = ReadonlyMap<string, string>

export function toInterfaceNames(rows: z.output<typeof interfaceStatusReply> | null): InterfaceNames {
  const names = new Map<string, string>()
  for (const row of rows ?? []) {
    const description = row.descr || row.name.toUpperCase()
    for (const key of [row.hwif, row.if, row.name]) if (key !== '') names.set(key, description)
  }
  return names
}

export const toArp = (rows: z.output<typeof arpReply>, names: InterfaceNames): Neighbour[] =>
  rows.map((row) => {
    const mac = toMac(row.mac)
    const seconds = /expires in (\d+) seconds?/.exec(row.status)?.[1]
    return {
      protocol: 'arp',
      ip: row.ip,
      mac,
      interface: names.get(row.interface) ?? row.interface,
      device: orNull(row.interface),
      hostname: orNull(row.hostname),
      state: mac === null ? 'incomplete' : row.status === 'permanent' ? 'permanent' : row.status === 'expired' ? 'expired' : 'complete',
      expiresInSeconds: seconds === undefined ? null : Number(seconds),
      manufacturer: null,
    }
  })

const LEASE_STATES: Record<string, Lease['state']> = { active: 'active', expired: 'expired', static: 'reserved', reserved: 'reserved', free: 'expired' }

/** Start and end are dates without a zone (UTC or local, by a setting of the firewall), so only numbers become instants. */
export const toLeases = (rows: z.output<typeof leasesReply>, names: InterfaceNames): Lease[] =>
  rows.map((row) => ({
    ip: row.ip,
    mac: toMac(row.mac),
    hostname: orNull(row.hostname),
    description: orNull(row.descr),
    interface: orNull(names.get(row.if) ?? row.if),
    state: row.type.toLowerCase() === 'static' ? 'reserved' : (LEASE_STATES[row.state.toLowerCase()] ?? 'unknown'),
    online: toOnline(row.online),
    startsAt: epochText(row.start),
    endsAt: epochText(row.end),
    server: null,
  }))

/** `true`, `online`, `active/online`, `idle/offline`, `offline` by version. */
function toOnline(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return null
  const word = value.toLowerCase()
  if (word.includes('offline') || word.startsWith('idle')) return false
  return word.includes('online') ? true : null
}

const epochText = (text: string): string | null => (/^\d{9,11}$/.test(text) ? new Date(Number(text) * 1000).toISOString() : null)
