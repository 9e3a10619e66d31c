// Recorded replies in, our model out: what the system is and does. Pure.
import type { z } from 'zod'
import type { Carp, CarpAddress, Gap, Gateway, Listing, Service, SystemStatus } from '@/lib/adapters/model'
import type { InterfaceNames } from './map-interface-names'
import { toInstant, uniqueIds } from './map-values'
import type * as wire from './replies'

type Reply<K extends keyof typeof wire> = (typeof wire)[K] extends z.ZodType ? z.output<(typeof wire)[K]> : never

export type StatusParts = {
  system: Reply<'systemStatusReply'>
  version: Reply<'versionReply'> | null
  hostname: Reply<'hostnameReply'> | null
  apiVersion: Reply<'apiVersionReply'> | null
  states: Reply<'statesSizeReply'> | null
  history: Reply<'configHistoryReply'> | null
}

/** Plus counts by year (`25.11.1`), CE by release (`2.8.1`). */
export function toEdition(base: string | null): string | null {
  const major = /^(\d{1,3})\.\d/.exec(base ?? '')?.[1]
  return major === undefined ? null : Number(major) >= 20 ? 'pfSense Plus' : 'pfSense CE'
}

export function toSystemStatus({ system, version, hostname, apiVersion, states, history }: StatusParts): SystemStatus {
  const { cpu_load_avg: load } = system
  return {
    hostname: hostname === null || hostname.hostname === null ? null : [hostname.hostname, hostname.domain].filter((part) => part !== null).join('.'),
    version: version?.version ?? null,
    edition: toEdition(version?.base ?? null),
    apiPackageVersion: apiVersion?.current_version ?? null,
    platform: system.platform,
    cpuModel: system.cpu_model,
    uptimeSeconds: toUptimeSeconds(system.uptime),
    bootedAt: null,
    // Whole percent here; the older API gave fractions (contract section 7, status).
    cpuPercent: system.cpu_usage,
    memoryPercent: system.mem_usage,
    diskPercent: system.disk_usage,
    swapPercent: system.swap_usage,
    loadAverage: load === null || load.length === 0 ? null : load,
    temperatureCelsius: system.temp_c,
    statesCurrent: states?.currentstates ?? null,
    statesLimit: states?.maximumstates ?? states?.defaultmaximumstates ?? null,
    notices: [],
    configChangedText: toConfigChange(history),
  }
}

/** `10 Days 00 Hour 00 Minute 00 Second`, in the language of the firewall's pages, so only the numbers are read. */
export function toUptimeSeconds(text: string | null): number | null {
  const parts = text?.match(/\d+/g)?.map(Number) ?? []
  if (parts.length !== 3 && parts.length !== 4) return null
  const [seconds = 0, minutes = 0, hours = 0, days = 0] = parts.reverse()
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
}

function toConfigChange(history: StatusParts['history']): string | null {
  const newest = history?.filter((revision) => revision.time !== null).sort((left, right) => (right.time ?? 0) - (left.time ?? 0))[0]
  const at = toInstant(newest?.time ?? null)
  return newest === undefined || at === null ? null : [at, newest.description].filter((part) => part !== null).join(' · ')
}

const DEGRADED = new Set(['delay', 'highdelay', 'loss', 'highloss'])
const REASONS = new Map([
  ['force_down', 'forced down'],
  ['highdelay', 'high delay'],
  ['highloss', 'high loss'],
  ['delay', 'delay'],
  ['loss', 'loss'],
])

function toGatewayState(status: string | null, substatus: string | null): Gateway['state'] {
  if (status === 'down' || substatus === 'down' || substatus === 'force_down') return 'offline'
  if (status === 'online') return substatus !== null && DEGRADED.has(substatus) ? 'degraded' : 'online'
  return status === 'pending' ? 'pending' : 'unknown'
}

const protocolOf = (address: string | null): string | null => (address === null ? null : address.includes(':') ? 'inet6' : 'inet')

export function toGateways(
  status: Reply<'gatewayStatusReply'>,
  configured: Reply<'gatewaysReply'> | null,
  defaults: Reply<'defaultGatewayReply'> | null,
  names: InterfaceNames,
  notReported: Gap[],
): Listing<Gateway> {
  const known = new Map((configured ?? []).flatMap((row) => (row.name === null ? [] : [[row.name, row] as const])))
  const allNames = new Set([...known.keys(), ...status.flatMap((row) => row.name ?? [])])
  const isDefault = (name: string, ipProtocol: string | null): boolean | null => {
    const four = defaults?.defaultgw4 ?? null
    const six = defaults?.defaultgw6 ?? null
    if (four === name || six === name) return true
    // Empty = chosen by the firewall itself, a name that is no gateway = a group: either may be this one.
    const rulesOut = (choice: string | null) => choice !== null && (choice === '-' || allNames.has(choice))
    const excluded = ipProtocol === 'inet' ? rulesOut(four) : ipProtocol === 'inet6' ? rulesOut(six) : rulesOut(four) && rulesOut(six)
    return excluded ? false : null
  }
  const monitored = status.flatMap((row): Gateway[] => {
    if (row.name === null) return []
    const own = known.get(row.name)
    known.delete(row.name)
    const state = toGatewayState(row.status, row.substatus)
    return [
      {
        name: row.name,
        interface: own?.interface == null ? null : names.describe(own.interface),
        // `dynamic` stands for an address that the provider gives.
        address: own?.gateway == null || own.gateway === 'dynamic' ? null : own.gateway,
        monitorAddress: row.monitorip,
        state,
        reason: state === 'online' ? null : (REASONS.get(row.substatus ?? '') ?? null),
        latencyMs: row.delay,
        jitterMs: row.stddev,
        lossPercent: row.loss,
        isDefault: isDefault(row.name, own?.ipprotocol ?? protocolOf(row.srcip ?? row.monitorip)),
      },
    ]
  })
  const silent = [...known.values()].flatMap((row): Gateway[] => {
    if (row.name === null) return []
    const off = row.disabled === true
    return [
      {
        name: row.name,
        interface: row.interface === null ? null : names.describe(row.interface),
        address: row.gateway === 'dynamic' ? null : row.gateway,
        monitorAddress: row.monitor,
        state: off || row.monitor_disable === true ? 'not-monitored' : 'unknown',
        reason: off ? 'disabled' : null,
        latencyMs: null,
        jitterMs: null,
        lossPercent: null,
        isDefault: isDefault(row.name, row.ipprotocol),
      },
    ]
  })
  return { items: [...monitored, ...silent], notReported }
}

/** Several instances of one service share its name (one per VPN server), and the index shifts: the description tells them apart. */
export function toServices(rows: Reply<'servicesReply'>): Listing<Service> {
  const unique = uniqueIds()
  const items = rows.flatMap((row): Service[] => {
    if (row.name === null) return []
    const shared = rows.filter((other) => other.name === row.name).length > 1
    const id = unique(shared && row.description !== null ? `${row.name}:${row.description}` : row.name)
    return [{ id, name: row.name, description: row.description ?? '', running: row.status, enabled: row.enabled }]
  })
  return { items, notReported: [] }
}

const CARP_STATES = new Map<string, CarpAddress['state']>([
  ['master', 'master'],
  ['backup', 'backup'],
  ['init', 'init'],
  ['disabled', 'disabled'],
])

export function toCarp(status: Reply<'carpReply'>, virtualIps: Reply<'virtualIpsReply'> | null, names: InterfaceNames, notReported: Gap[]): Carp {
  const items = (virtualIps ?? [])
    .filter((row) => row.mode === 'carp')
    .map((row): CarpAddress => ({
      interface: row.interface === null ? '' : names.describe(row.interface),
      vhid: row.vhid,
      address: row.subnet === null ? null : row.subnet_bits === null ? row.subnet : `${row.subnet}/${row.subnet_bits}`,
      state: CARP_STATES.get(row.carp_status?.toLowerCase() ?? '') ?? 'unknown',
      advertisingSkew: row.advskew,
    }))
  const demotion = { part: 'demotion', reason: 'This API does not tell the demotion counter.' }
  return { enabled: status.enable, maintenanceMode: status.maintenance_mode, demotion: null, items, notReported: [...notReported, demotion] }
}
