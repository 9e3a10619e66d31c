// Status, gateways, interfaces, services and CARP: recorded reply in, our model out.
import type { z } from 'zod'
import type { Carp, Gateway, NetworkInterface, Service, SystemStatus } from '@/lib/adapters/model'
import { nth } from './map-identity'
import type {
  carpReply,
  configHistoryReply,
  gatewayConfigReply,
  gatewayStatusReply,
  hostnameReply,
  interfaceStatusReply,
  servicesReply,
  statesSizeReply,
  systemReply,
  versionReply,
} from './replies'

type StatusParts = {
  system: z.output<typeof systemReply>
  version: z.output<typeof versionReply> | null
  hostname: z.output<typeof hostnameReply> | null
  states: z.output<typeof statesSizeReply> | null
  history: z.output<typeof configHistoryReply> | null
  apiPackageVersion: string | null
}

export const orNull = (text: string): string | null => (text === '' ? null : text)
/** v1 tells usage as a fraction from 0 to 1 (contract section 7). Two decimals are kept. */
const toPercent = (fraction: number | null): number | null => (fraction === null ? null : Math.round(fraction * 10_000) / 100)
export const epochToIso = (seconds: number | null): string | null => {
  if (seconds === null || seconds <= 0 || seconds > 32_503_680_000) return null
  return new Date(seconds * 1000).toISOString()
}

/** Plus counts by year (`23.09`), CE by release (`2.7.2`). */
export function toEdition(version: string): string | null {
  if (/^\d{2}\.\d{2}/.test(version)) return 'pfSense Plus'
  return /^2\./.test(version) ? 'pfSense CE' : null
}

export function toStatus({ system, version, hostname, states, history, apiPackageVersion }: StatusParts): SystemStatus {
  const newest =
    history?.reduce<(typeof history)[number] | null>((best, entry) => (best === null || (entry.time ?? 0) > (best.time ?? 0) ? entry : best), null) ?? null
  const load = system.load_avg.flatMap((value) => (value === null ? [] : [value]))
  return {
    hostname: hostname === null ? null : orNull([hostname.hostname, hostname.domain].filter((part) => part !== '').join('.')),
    version: orNull(version?.version ?? ''),
    edition: toEdition(version?.version ?? ''),
    apiPackageVersion,
    platform: orNull(system.system_platform),
    cpuModel: orNull(system.cpu_model),
    uptimeSeconds: null,
    bootedAt: null,
    cpuPercent: null,
    memoryPercent: toPercent(system.mem_usage),
    diskPercent: toPercent(system.disk_usage),
    swapPercent: toPercent(system.swap_usage),
    loadAverage: load.length === 0 ? null : load,
    temperatureCelsius: system.temp_c,
    statesCurrent: states?.currentstates ?? null,
    statesLimit: states?.maximumstates ?? null,
    notices: [],
    configChangedText: newest === null ? null : orNull([epochToIso(newest.time), orNull(newest.description)].filter((part) => part !== null).join(' ')),
  }
}

const REASONS: Record<string, string> = {
  loss: 'loss',
  highloss: 'loss',
  delay: 'high delay',
  highdelay: 'high delay',
  force_down: 'forced down',
  forced_down: 'forced down',
}
/** Before 2.5 the trouble stood in `status` itself, since then in `substatus`. The package turns `none` into `up`: not measured yet. */
const STATES: Record<string, Gateway['state']> = {
  online: 'online',
  up: 'pending',
  none: 'pending',
  pending: 'pending',
  loss: 'degraded',
  delay: 'degraded',
  highloss: 'offline',
  highdelay: 'offline',
  down: 'offline',
  force_down: 'offline',
  forced_down: 'offline',
  offline: 'offline',
}

export function toGateways(status: z.output<typeof gatewayStatusReply>, config: z.output<typeof gatewayConfigReply> | null): Gateway[] {
  const configured = new Map((config ?? []).map((entry) => [entry.name, entry]))
  const measured = status.map((row): Gateway => {
    const entry = configured.get(row.name)
    const name = row.status.toLowerCase()
    const trouble = REASONS[row.substatus.toLowerCase()] ?? REASONS[name] ?? null
    const plain = entry?.monitor_disable ? 'not-monitored' : (STATES[name] ?? 'unknown')
    const state = plain === 'online' && trouble !== null ? 'degraded' : plain
    // The package turns empty figures into 0, so they count only where something was measured.
    const isMeasured = state !== 'pending' && state !== 'not-monitored' && state !== 'unknown'
    return {
      name: row.name,
      ...placeOf(entry),
      monitorAddress: orNull(row.monitorip),
      state,
      reason: state === 'online' ? null : trouble,
      latencyMs: isMeasured ? row.delay : null,
      jitterMs: isMeasured ? row.stddev : null,
      lossPercent: isMeasured ? row.loss : null,
    }
  })
  const names = new Set(status.map((row) => row.name))
  const silent = (config ?? [])
    .filter((entry) => entry.attribute !== 'system' && !names.has(entry.name))
    .map((entry): Gateway => ({
      name: entry.name,
      ...placeOf(entry),
      monitorAddress: null,
      state: entry.monitor_disable ? 'not-monitored' : 'unknown',
      reason: entry.disabled ? 'disabled' : null,
      latencyMs: null,
      jitterMs: null,
      lossPercent: null,
    }))
  return [...measured, ...silent]
}

function placeOf(entry: z.output<typeof gatewayConfigReply>[number] | undefined): Pick<Gateway, 'interface' | 'address' | 'isDefault'> {
  if (entry === undefined) return { interface: null, address: null, isDefault: null }
  const name = entry.friendlyifdescr || entry.friendlyiface || entry.interface
  return { interface: orNull(name), address: orNull(entry.gateway), isDefault: entry.isdefaultgw || entry.tiername.startsWith('Default') }
}

const LINK: Record<string, NetworkInterface['state']> = { up: 'up', associated: 'up', down: 'down', 'no carrier': 'no-carrier' }

export const toInterfaces = (rows: z.output<typeof interfaceStatusReply>): NetworkInterface[] =>
  rows.map((row) => ({
    id: row.name,
    device: row.hwif || row.if,
    description: row.descr || row.name.toUpperCase(),
    enabled: row.enable,
    state: LINK[row.status.toLowerCase()] ?? 'unknown',
    mac: toMac(row.macaddr),
    ipv4: withPrefix(row.ipaddr, row.subnet),
    ipv6: [...withPrefix(row.ipaddrv6, row.subnetv6), ...withPrefix(row.linklocal.replace(/%.*$/, ''), '64')],
    mtuBytes: row.mtu,
    media: orNull(row.media),
    vlanTag: vlanOf(row.hwif || row.if),
    gateway: orNull(row.gateway),
    receivedBytes: row.inbytes,
    sentBytes: row.outbytes,
    receivedPackets: row.inpkts,
    sentPackets: row.outpkts,
    receiveErrors: row.inerrs,
    sendErrors: row.outerrs,
    collisions: row.collisions,
  }))

/** `em0.20` and `vlan20@…`: the tag is in the device name; the status has no field for it. */
function vlanOf(device: string): number | null {
  const tag = /^[a-z]+\d+\.(\d{1,4})$/.exec(device)?.[1]
  return tag === undefined ? null : Number(tag)
}

/** Lower-case with colons; null for `(incomplete)` and whatever is no MAC. */
export function toMac(text: string): string | null {
  const mac = text.toLowerCase().replaceAll('-', ':')
  return /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac) ? mac : null
}

/** The mask comes as `255.255.255.0` or as a prefix length. */
function withPrefix(address: string, subnet: string): string[] {
  if (address === '') return []
  if (/^\d{1,3}$/.test(subnet)) return [`${address}/${subnet}`]
  const octets = subnet.split('.').map(Number)
  if (octets.length !== 4 || octets.some((octet) => !Number.isInteger(octet) || octet < 0 || octet > 255)) return [address]
  const bits = octets.map((octet) => octet.toString(2).padStart(8, '0')).join('')
  return /^1*0*$/.test(bits) ? [`${address}/${bits.lastIndexOf('1') + 1}`] : [address]
}

export function toServices(rows: z.output<typeof servicesReply>): Service[] {
  const seen = new Map<string, number>()
  return rows.map((row) => ({ id: nth(row.name, seen), name: row.name, description: row.description, running: row.status, enabled: row.enabled }))
}

const CARP_STATES: Record<string, Carp['items'][number]['state']> = { master: 'master', backup: 'backup', init: 'init', disabled: 'disabled' }

export const toCarp = (reply: z.output<typeof carpReply>): Omit<Carp, 'notReported'> => ({
  enabled: reply.enable,
  maintenanceMode: reply.maintenance_mode,
  demotion: null,
  items: reply.interfaces.map((row) => ({
    interface: row.interface,
    vhid: row.vhid,
    address: orNull(row.subnet === '' || row.subnet_bits === '' ? row.subnet : `${row.subnet}/${row.subnet_bits}`),
    state: CARP_STATES[row.status.toLowerCase()] ?? 'unknown',
    advertisingSkew: row.advskew,
  })),
})
