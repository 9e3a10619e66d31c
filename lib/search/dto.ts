// What a search answers. Browser-safe.
import { z } from 'zod'
import { family, rule } from '@/lib/adapters/model'
import { FIREWALL_STATES } from '@/lib/firewalls/states'

/** What a line that was typed may mean. Addresses and networks are written as RFC 5952 says, MACs in lower case with colons. */
export type Meaning =
  | { as: 'address'; address: string; bits: number; around: readonly string[]; isLinkLocal: boolean }
  /** `around`: the network and all that hold it; `octets`: what its IPv4 addresses begin with, if that is whole bytes. */
  | { as: 'network'; network: string; bits: number; first: string; last: string; around: readonly string[]; octets: string | null }
  | { as: 'mac'; mac: string; isWhole: boolean }
  | { as: 'port'; port: string }
  | { as: 'text'; text: string }

/** A meaning in the one spelling that is looked for. */
export function spelling(meaning: Meaning): string {
  switch (meaning.as) {
    case 'address':
      return meaning.address
    case 'network':
      return meaning.network
    case 'mac':
      return meaning.mac
    case 'port':
      return meaning.port
    case 'text':
      return meaning.text
  }
}

const named = z.object({ id: z.string(), name: z.string() })
const where = { firewall: named.extend({ state: z.enum(FIREWALL_STATES) }), customer: named, site: named.nullable() }

/** `total` is exact to 1,000; the list that `inList` names pages through all. */
const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.number(),
    totalIsAtLeast: z.boolean().optional(),
    /** The same question to a fleet-wide list: its name, and conditions of the query language. */
    inList: z.object({ list: z.enum(['rules', 'aliases', 'arp', 'leases']), where: z.array(z.tuple([z.string(), z.string()])) }).optional(),
  })
export type GroupPage<T> = { items: T[]; nextCursor: string | null; total: number; totalIsAtLeast?: boolean | undefined; inList?: { list: 'rules' | 'aliases' | 'arp' | 'leases'; where: [string, string][] } | undefined }

export const holder = z.object({
  ip: z.string(),
  mac: z.string().nullable(),
  hostname: z.string().nullable(),
  manufacturer: z.string().nullable(),
  interface: z.string().nullable(),
  /** Where it stood: in the ARP or NDP table, among the leases, or in the table before another device took the address over. */
  sources: z.array(z.enum(['arp', 'lease', 'past'])),
  firstSeenAt: z.string(),
  /** The last visit that saw it; of what is gone, the one that missed it. */
  lastSeenAt: z.string(),
  gone: z.boolean(),
  /** The device made its MAC up (the bit "locally administered"). */
  randomised: z.boolean(),
  ...where,
})
export type Holder = z.infer<typeof holder>

/** Something of the firewall itself: `is` has the address or name, `holds` has the address inside its network. */
export const equipment = z.object({ kind: z.enum(['interface', 'gateway', 'tunnel']), name: z.string(), address: z.string().nullable(), match: z.enum(['is', 'holds']), firstSeenAt: z.string(), ...where })
export type Equipment = z.infer<typeof equipment>

/** What of it matches, and what it says there. */
const matched = z.object({ field: z.enum(['source', 'destination', 'description', 'content', 'name']), value: z.string() })
export const ruleHit = rule.pick({ id: true, layer: true, layerName: true, position: true, enabled: true, action: true, interfaces: true, protocol: true, description: true }).partial().extend({ matched, firstSeenAt: z.string(), changedAt: z.string(), ...where })
export type RuleHit = z.infer<typeof ruleHit>
export const aliasHit = z.object({ name: z.string(), type: z.string(), description: z.string(), entryCount: z.number(), usedByRules: z.number(), matched, firstSeenAt: z.string(), changedAt: z.string(), ...where })
export type AliasHit = z.infer<typeof aliasHit>
export const firewallHit = named.extend({ hostname: z.string().nullable(), family, state: z.enum(FIREWALL_STATES), tags: z.array(z.string()), customer: named, site: named.nullable() })
export type FirewallHit = z.infer<typeof firewallHit>
export const placeHit = named.extend({ kind: z.enum(['customer', 'site']), customer: named })
export type PlaceHit = z.infer<typeof placeHit>

export const searchResult = z.object({
  /** What the line was taken for, in the spelling that was looked for. */
  asked: z.object({ as: z.enum(['address', 'network', 'mac', 'port', 'text']), text: z.string() }),
  holders: pageOf(holder).extend({ present: z.number(), firewalls: z.number() }).optional(),
  equipment: pageOf(equipment).optional(),
  rules: pageOf(ruleHit).optional(),
  aliases: pageOf(aliasHit).optional(),
  firewalls: pageOf(firewallHit).optional(),
  places: pageOf(placeHit).optional(),
})
export type SearchResult = z.infer<typeof searchResult>

const device = { mac: z.string(), manufacturer: z.string().nullable(), hostname: z.string().nullable(), randomised: z.boolean() }
/** `nextCursor` can be there on a page without items: so far was looked, and further back there may be some. */
const reportOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() })
export type ReportPage<T> = { items: T[]; nextCursor: string | null }

export const newDevice = z.object({ id: z.string(), ...device, ip: z.string(), interface: z.string().nullable(), firstSeenAt: z.string(), gone: z.boolean(), ...where })
export type NewDevice = z.infer<typeof newDevice>
export const newDevices = reportOf(newDevice)
const stay = z.object({ ip: z.string(), interface: z.string().nullable(), firstSeenAt: z.string(), ...where })
export const movedDevice = z.object({ id: z.string(), ...device, from: stay.extend({ lastSeenAt: z.string() }), to: stay })
export type MovedDevice = z.infer<typeof movedDevice>
export const movedDevices = reportOf(movedDevice)
/** `takeovers`: how often devices took the address from each other and back within a day; 0 when several firewalls see different ones at once. */
export const duplicate = z.object({ ip: z.string(), interface: z.string().nullable(), takeovers: z.number(), devices: z.array(z.object({ ...device, firewall: where.firewall, firstSeenAt: z.string().nullable() })), customer: named, site: named.nullable() })
export type DuplicateAddress = z.infer<typeof duplicate>
/** Sites, and firewalls without one, that this page looked at, and that are left. */
export const duplicates = reportOf(duplicate).extend({ looked: z.number(), left: z.number() })
