import type { FirewallAdapter } from '@/lib/adapters/adapter'
import type { Firmware, Gap, ReadKind, Readings } from '@/lib/adapters/model'
import type { Session } from './call'
import { toFirmware, toPosture } from './map-firmware'
import { toAlias, toOneToOneRule, toOutboundRule, toPortForward, toPrefixRule } from './map-nat'
import { toArpNeighbour, toIscLease, toManagedLease, toNdpNeighbour } from './map-neighbours'
import { toCarp, toGateways, toInterface, toService, toSystemStatus } from './map-system'
import { toIpsecTunnel, toOpenvpnTunnel, toWireguardTunnel } from './map-vpn'
import { ENDPOINTS, PRIVILEGE, type Endpoint } from './read-endpoints'
import { askRows, demandOne, gapsOf, inPairs, part, type Part, type ReportMiss } from './read-parts'
import type { Product } from './read-product'
import { aliasRow, destinationNatRow, oneToOneRow, prefixRow, sourceNatMode, sourceNatRow } from './read-rule-replies'
import { readRules } from './read-rules'
import { ALL_OUTBOUND_RULES_SINCE, isAtLeast, PORT_FORWARDS_SINCE, type Version } from './read-version'
import * as wire from './replies'
import { z } from 'zod'
import { AppError } from '@/lib/core/errors'

/** What a page asks for behind each reading, as the operator finds it in the list of privileges. */
export const privileges: Readonly<Record<ReadKind, string>> = {
  status: PRIVILEGE.dashboard,
  firmware: PRIVILEGE.firmware,
  rules: PRIVILEGE.rules,
  aliases: PRIVILEGE.aliases,
  arp: PRIVILEGE.arp,
  leases: [PRIVILEGE.keaV4, PRIVILEGE.keaV6, PRIVILEGE.dnsmasq, PRIVILEGE.isc].join(' · '),
  gateways: PRIVILEGE.gateways,
  interfaces: PRIVILEGE.interfaces,
  services: PRIVILEGE.services,
  nat: [PRIVILEGE.sourceNat, PRIVILEGE.destinationNat, PRIVILEGE.oneToOneNat, PRIVILEGE.prefixNat].join(' · '),
  carp: PRIVILEGE.carp,
  vpn: [PRIVILEGE.ipsec, PRIVILEGE.openvpn, PRIVILEGE.wireguard].join(' · '),
  posture: 'none needed',
}

export type ReadContext = {
  session: Session
  product: (signal: AbortSignal) => Promise<Product>
  report?: ReportMiss
  /** See RuleReading. */
  singleReadsMax?: number
}

export function createReads(context: ReadContext): FirewallAdapter['reads'] {
  const { session, report } = context
  const optional = <T>(name: string, endpoint: Endpoint, reply: z.ZodType<T>, signal: AbortSignal): Promise<Part<T>> =>
    part(name, session.ask({ endpoint, reply, signal }), report)
  const rows = <Row extends z.ZodType>(endpoint: Endpoint, row: Row, signal: AbortSignal): Promise<z.infer<Row>[]> => askRows(session, endpoint, row, signal)

  return {
    status: (signal) => readStatus(context, optional, signal),
    firmware: (signal) => readFirmware(session, signal, report),
    rules: async (signal) => {
      const { version } = await context.product(signal)
      return readRules({ session, version, signal, ...(context.singleReadsMax !== undefined && { singleReadsMax: context.singleReadsMax }) })
    },
    aliases: async (signal) => ({ items: (await rows(ENDPOINTS.aliases, aliasRow, signal)).map(toAlias), notReported: [] }),
    arp: async (signal) => {
      const arp = await session.ask({ endpoint: ENDPOINTS.arp, reply: wire.arp, signal })
      const ndp = await optional('IPv6 neighbours', ENDPOINTS.ndp, wire.ndp, signal)
      return { items: [...arp.map(toArpNeighbour), ...(ndp.value ?? []).map(toNdpNeighbour)], notReported: gapsOf([ndp]) }
    },
    leases: (signal) => readLeases(context, signal),
    gateways: async (signal) => {
      const status = await session.ask({ endpoint: ENDPOINTS.gatewayStatus, reply: wire.gatewayStatus, signal })
      const settings = await part('Interface and default route of each gateway', rows(ENDPOINTS.gatewaySettings, wire.gatewayRow, signal), report)
      return { items: toGateways(status.items, settings.value), notReported: gapsOf([settings]) }
    },
    interfaces: async (signal) => ({ items: (await rows(ENDPOINTS.interfaces, wire.interfaceRow, signal)).map(toInterface), notReported: [] }),
    services: async (signal) => ({
      items: (await rows(ENDPOINTS.services, wire.serviceRow, signal)).map(toService),
      notReported: [{ part: 'Enabled', reason: 'This family tells whether a service runs, not whether it starts with the system.' }],
    }),
    nat: (signal) => readNat(context, signal),
    carp: async (signal) => toCarp(await session.ask({ endpoint: ENDPOINTS.virtualAddresses, reply: wire.virtualAddresses, signal }), []),
    vpn: (signal) => readVpn(context, signal),
    posture: async (signal) => toPosture(await mayDoEverything(session, signal)),
  }
}

type Optional = <T>(name: string, endpoint: Endpoint, reply: z.ZodType<T>, signal: AbortSignal) => Promise<Part<T>>

/** The dashboard's information is the main call; each other part may be missing. */
async function readStatus(context: ReadContext, optional: Optional, signal: AbortSignal): Promise<Readings['status']> {
  const information = await context.session.ask({ endpoint: ENDPOINTS.systemInformation, reply: wire.systemInformation, signal })
  const [time, resources] = await Promise.all([
    optional('Uptime and load', ENDPOINTS.systemTime, wire.systemTime, signal),
    optional('Memory', ENDPOINTS.systemResources, wire.systemResources, signal),
  ])
  const [disk, temperature] = await Promise.all([
    optional('Disks', ENDPOINTS.systemDisk, wire.systemDisk, signal),
    optional('Temperature', ENDPOINTS.systemTemperature, wire.systemTemperature, signal),
  ])
  const [swap, states] = await Promise.all([
    optional('Swap', ENDPOINTS.systemSwap, wire.systemSwap, signal),
    optional('States', ENDPOINTS.packetFilterStates, wire.packetFilterStates, signal),
  ])
  const [cpu, activity] = await Promise.all([
    optional('Processor', ENDPOINTS.cpuType, wire.cpuType, signal),
    optional('Processor load', ENDPOINTS.activity, wire.activity, signal),
  ])
  const notices = await optional('Health notices', ENDPOINTS.systemStatus, wire.systemStatus, signal)
  const parts = {
    information,
    time: time.value,
    resources: resources.value,
    disk: disk.value,
    temperature: temperature.value,
    swap: swap.value,
    states: states.value,
    cpu: cpu.value,
    activity: activity.value,
    notices: notices.value,
  }
  return toSystemStatus(parts, context.session.now())
}

/** The log of the running job tells a pending restart; it is empty after every start (section 3.2). */
export async function readFirmware(session: Session, signal: AbortSignal, report?: ReportMiss): Promise<Firmware> {
  const status = await session.ask({ endpoint: ENDPOINTS.firmwareStatus, reply: wire.firmwareStatus, signal })
  const progress = await part('Running update', session.ask({ endpoint: ENDPOINTS.firmwareProgress, reply: wire.firmwareProgress, signal }), report)
  return toFirmware(status, progress.value?.status === 'reboot')
}

/** Three DHCP servers exist; 404 means not installed, an empty list unused (section 10). */
async function readLeases({ session, report }: ReadContext, signal: AbortSignal): Promise<Readings['leases']> {
  const now = session.now()
  const sources = [
    {
      name: 'Kea, IPv4',
      read: async () => (await askRows(session, ENDPOINTS.keaV4Leases, wire.managedLease, signal)).map((row) => toManagedLease(row, 'kea', now)),
    },
    {
      name: 'Kea, IPv6',
      read: async () => (await askRows(session, ENDPOINTS.keaV6Leases, wire.managedLease, signal)).map((row) => toManagedLease(row, 'kea', now)),
    },
    {
      name: 'Dnsmasq',
      read: async () => (await askRows(session, ENDPOINTS.dnsmasqLeases, wire.managedLease, signal)).map((row) => toManagedLease(row, 'dnsmasq', now)),
    },
    { name: 'ISC DHCP', read: async () => (await askRows(session, ENDPOINTS.iscLeases, wire.iscLease, signal)).map(toIscLease) },
  ]
  return collect(await inPairs(sources, (source) => part(source.name, source.read(), report)), 'No DHCP server is installed on this firewall.')
}

async function readVpn({ session, report }: ReadContext, signal: AbortSignal): Promise<Readings['vpn']> {
  const now = session.now()
  const sources = [
    { name: 'IPsec', read: async () => (await askRows(session, ENDPOINTS.ipsecSessions, wire.ipsecRow, signal)).map(toIpsecTunnel) },
    { name: 'OpenVPN', read: async () => (await askRows(session, ENDPOINTS.openvpnSessions, wire.openvpnRow, signal)).map(toOpenvpnTunnel) },
    {
      name: 'WireGuard',
      read: async () => (await askRows(session, ENDPOINTS.wireguardPeers, wire.wireguardRow, signal)).map((row) => toWireguardTunnel(row, now)),
    },
  ]
  const reading = collect(await inPairs(sources, (source) => part(source.name, source.read(), report)), 'No VPN service is installed on this firewall.')
  const hasIpsec = reading.items.some((tunnel) => tunnel.kind === 'ipsec')
  const networks: Gap[] = hasIpsec
    ? [{ part: 'Networks of IPsec tunnels', reason: 'The list of connections does not carry them; look at the firewall itself.' }]
    : []
  return { items: reading.items, notReported: [...reading.notReported, ...networks] }
}

/** Joins sources that may be absent; absent ones are no gap unless all are. Throws when none may be read. */
function collect<T>(parts: readonly Part<T[]>[], allAbsent: string): { items: T[]; notReported: Gap[] } {
  demandOne(parts)
  const gaps = gapsOf(parts.filter((entry) => entry.gap === null || !entry.isAbsent))
  const isNothingThere = parts.every((entry) => entry.gap !== null && entry.isAbsent)
  return { items: parts.flatMap((entry) => entry.value ?? []), notReported: isNothingThere ? [{ part: 'All', reason: allAbsent }] : gaps }
}

async function readNat({ session, product, report }: ReadContext, signal: AbortSignal): Promise<Readings['nat']> {
  const { version } = await product(signal)
  const sources = [
    { name: 'Outbound rules', read: async () => (await askRows(session, ENDPOINTS.sourceNat, sourceNatRow, signal)).map(toOutboundRule) },
    { name: 'Port forwards', read: async () => (await askRows(session, ENDPOINTS.destinationNat, destinationNatRow, signal)).map(toPortForward) },
    { name: 'One-to-one rules', read: async () => (await askRows(session, ENDPOINTS.oneToOneNat, oneToOneRow, signal)).map(toOneToOneRule) },
    { name: 'Prefix translation', read: async () => (await askRows(session, ENDPOINTS.prefixNat, prefixRow, signal)).map(toPrefixRule) },
  ]
  const parts = await inPairs(sources, (source) => part(source.name, source.read(), report))
  demandOne(parts)
  const hasMode = version === null || isAtLeast(version, ALL_OUTBOUND_RULES_SINCE)
  const mode = hasMode ? await part('Outbound mode', session.ask({ endpoint: ENDPOINTS.sourceNatMode, reply: sourceNatMode, signal })) : null
  const outboundMode = OUTBOUND_MODES.get(mode?.value ?? '') ?? null
  const gaps = gapsOf(parts.filter((entry) => entry.gap === null || !entry.isAbsent))
  return { outboundMode, items: parts.flatMap((entry) => entry.value ?? []), notReported: [...gaps, ...natGaps(version, outboundMode)] }
}

const OUTBOUND_MODES: ReadonlyMap<string, NonNullable<Readings['nat']['outboundMode']>> = new Map([
  ['automatic', 'automatic'],
  ['hybrid', 'hybrid'],
  ['advanced', 'manual'],
  ['disabled', 'disabled'],
])

/** What the API of a version does not show, section 8. */
function natGaps(version: Version | null, mode: Readings['nat']['outboundMode']): Gap[] {
  const gaps: Gap[] = []
  if (version !== null && !isAtLeast(version, PORT_FORWARDS_SINCE))
    gaps.push({ part: 'Port forwards', reason: 'They are not in the API before 26.1; look at the firewall itself.' })
  if (version !== null && !isAtLeast(version, ALL_OUTBOUND_RULES_SINCE)) {
    gaps.push({
      part: 'Outbound mode and rules of the older page',
      reason: 'Before 26.7 the API shows neither the mode nor outbound rules made under Firewall › NAT › Outbound.',
    })
  }
  if (mode === 'automatic' || mode === 'disabled')
    gaps.push({ part: 'Own outbound rules', reason: `The firewall hides them while the outbound mode is ${mode}; they are not in force.` })
  return gaps
}

/** Tries the one endpoint that no privilege but "All pages" covers; its reply is dropped unread. */
export async function mayDoEverything(session: Session, signal: AbortSignal): Promise<boolean> {
  try {
    await session.ask({ endpoint: ENDPOINTS.everythingOnly, reply: z.unknown(), signal })
    return true
  } catch (error) {
    if (error instanceof AppError && (error.code === 'firewall-privilege-missing' || error.code === 'firewall-not-reported')) return false
    throw error
  }
}
