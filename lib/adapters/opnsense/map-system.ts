import type { z } from 'zod'
import type { Carp, CarpAddress, Gateway, Gap, NetworkInterface, Service, SystemStatus } from '@/lib/adapters/model'
import { htmlToText, leadingNumber, orNull, toInstant, toMac, toUptimeSeconds } from './map-text'
import { versionOfProductLine } from './read-version'
import type {
  gatewayRow,
  gatewayStatus,
  interfaceRow,
  serviceRow,
  virtualAddresses,
  activity,
  cpuType,
  packetFilterStates,
  systemDisk,
  systemInformation,
  systemResources,
  systemStatus,
  systemSwap,
  systemTemperature,
  systemTime,
} from './replies'

/** The replies that make up a status; null = that part was not readable. */
export type StatusParts = {
  information: z.infer<typeof systemInformation>
  time: z.infer<typeof systemTime> | null
  resources: z.infer<typeof systemResources> | null
  disk: z.infer<typeof systemDisk> | null
  temperature: z.infer<typeof systemTemperature> | null
  swap: z.infer<typeof systemSwap> | null
  states: z.infer<typeof packetFilterStates> | null
  cpu: z.infer<typeof cpuType> | null
  activity: z.infer<typeof activity> | null
  notices: z.infer<typeof systemStatus> | null
}

const percent = (part: number, whole: number): number => Math.round((part / whole) * 1000) / 10

export function toSystemStatus(parts: StatusParts, now: Date): SystemStatus {
  const { information, time, resources, states } = parts
  const uptimeSeconds = time ? toUptimeSeconds(time.uptime) : null
  const memory = resources?.memory
  return {
    hostname: orNull(information.name),
    version: versionOfProductLine(information.versions[0] ?? ''),
    edition: null,
    apiPackageVersion: null,
    platform: orNull(information.versions[1] ?? ''),
    cpuModel: orNull(parts.cpu?.[0] ?? ''),
    uptimeSeconds,
    // The text of the boot time is in the firewall's zone; the uptime is not, and counts full seconds.
    bootedAt: uptimeSeconds === null ? null : toInstant(Math.floor(now.getTime() / 1000) - uptimeSeconds),
    cpuPercent: cpuPercent(parts.activity?.headers ?? []),
    memoryPercent: memory?.total && memory.used !== null ? percent(memory.used, memory.total) : null,
    diskPercent: parts.disk?.devices.find((device) => device.mountpoint === '/')?.used_pct ?? null,
    swapPercent: swapPercent(parts.swap),
    loadAverage: loadAverage(time?.loadavg ?? ''),
    temperatureCelsius: hottest(parts.temperature),
    statesCurrent: states?.current ?? null,
    statesLimit: states?.limit ?? null,
    notices: toNotices(parts.notices),
    configChangedText: time ? orNull(time.config) : null,
  }
}

/** `CPU:  1.2% user,  0.0% nice,  0.8% system,  0.1% interrupt, 97.9% idle` of top (section 2). */
function cpuPercent(headers: readonly string[]): number | null {
  const idle = /([\d.]+)%\s*idle/.exec(headers.find((line) => line.startsWith('CPU:')) ?? '')
  return idle ? Math.round((100 - Number(idle[1])) * 10) / 10 : null
}

function swapPercent(swap: StatusParts['swap']): number | null {
  const total = swap?.swap.reduce((sum, device) => sum + (device.total ?? 0), 0) ?? 0
  return total > 0 && swap
    ? percent(
        swap.swap.reduce((sum, device) => sum + (device.used ?? 0), 0),
        total,
      )
    : null
}

function loadAverage(text: string): number[] | null {
  const loads = text.split(',').map((part) => Number(part.trim() || Number.NaN))
  return loads.length === 3 && loads.every(Number.isFinite) ? loads : null
}

/** The hottest processor sensor; without one, the hottest sensor of all. */
function hottest(sensors: StatusParts['temperature']): number | null {
  const cpu = sensors?.filter((sensor) => sensor.type === 'cpu' || sensor.type === 'amd') ?? []
  const values = (cpu.length > 0 ? cpu : (sensors ?? [])).flatMap((sensor) => sensor.temperature ?? [])
  return values.length > 0 ? Math.max(...values) : null
}

const SEVERITIES: ReadonlyMap<number, 'error' | 'warning' | 'notice'> = new Map([
  [-1, 'error'],
  [0, 'warning'],
  [1, 'notice'],
])

/** Subsystems that are not OK (statusCode 2), worst first (section 2). */
function toNotices(subsystems: StatusParts['notices']): SystemStatus['notices'] {
  return Object.values(subsystems ?? {})
    .flatMap((entry) => {
      const severity = SEVERITIES.get(entry.statusCode ?? 2)
      return severity ? [{ code: entry.statusCode ?? 2, notice: { severity, title: entry.title, message: htmlToText(entry.message) } }] : []
    })
    .sort((a, b) => a.code - b.code)
    .map((entry) => entry.notice)
}

const INTERFACE_STATES: ReadonlyMap<string, NetworkInterface['state']> = new Map([
  ['up', 'up'],
  ['down', 'down'],
  ['no carrier', 'no-carrier'],
])

/** The raw configuration section of a row can hold a PPPoE password; the schema drops it. */
export function toInterface(row: z.infer<typeof interfaceRow>): NetworkInterface {
  const addresses = (list: readonly { ipaddr: string }[], fallback: string): string[] => {
    const found = list.map((entry) => entry.ipaddr).filter((entry) => entry !== '')
    return found.length > 0 || fallback === '' ? found : [fallback]
  }
  const counters = row.statistics
  return {
    id: row.identifier || row.device,
    device: row.device,
    description: row.description,
    enabled: row.enabled,
    state: INTERFACE_STATES.get(row.status) ?? 'unknown',
    mac: toMac(row.macaddr),
    ipv4: addresses(row.ipv4, row.addr4),
    ipv6: addresses(row.ipv6, row.addr6),
    mtuBytes: row.mtu,
    media: orNull(row.media),
    vlanTag: row.vlan_tag,
    gateway: orNull(row.gateways[0] ?? ''),
    receivedBytes: counters?.['bytes received'] ?? null,
    sentBytes: counters?.['bytes transmitted'] ?? null,
    receivedPackets: counters?.['packets received'] ?? null,
    sentPackets: counters?.['packets transmitted'] ?? null,
    receiveErrors: counters?.['input errors'] ?? null,
    sendErrors: counters?.['output errors'] ?? null,
    collisions: counters?.collisions ?? null,
  }
}

type GatewayItem = z.infer<typeof gatewayStatus>['items'][number]
type GatewayRow = z.infer<typeof gatewayRow>

const GATEWAY_STATES: ReadonlyMap<string, Pick<Gateway, 'state' | 'reason'>> = new Map([
  ['none', { state: 'online', reason: null }],
  ['down', { state: 'offline', reason: null }],
  ['force_down', { state: 'offline', reason: 'forced down' }],
  ['delay', { state: 'degraded', reason: 'high delay' }],
  ['loss', { state: 'degraded', reason: 'loss' }],
  ['delay+loss', { state: 'degraded', reason: 'loss and high delay' }],
])

/** `none` means online, but also that nothing is measured: then delay and loss are `~` (section 5). */
function gatewayState(item: GatewayItem): Pick<Gateway, 'state' | 'reason'> {
  if (item.status === 'none' && leadingNumber(item.delay) === null && leadingNumber(item.loss) === null) return { state: 'not-monitored', reason: null }
  return GATEWAY_STATES.get(item.status) ?? { state: 'pending', reason: null }
}

/** The only light of a settings row that is not translated is the colour of its plug (section 5). */
function rowState(row: GatewayRow): Pick<Gateway, 'state' | 'reason'> {
  if (row.disabled) return { state: 'unknown', reason: 'disabled' }
  if (row.monitor_disable) return { state: 'not-monitored', reason: null }
  if (row.label_class.includes('text-success')) return { state: 'online', reason: null }
  if (row.label_class.includes('text-warning')) return { state: 'degraded', reason: null }
  return { state: row.label_class.includes('text-danger') ? 'offline' : 'pending', reason: null }
}

/** States from the status call, interface and default from the settings; a gateway that only the settings know is kept. */
export function toGateways(items: readonly GatewayItem[], rows: readonly GatewayRow[] | null): Gateway[] {
  const settings = new Map(rows?.map((row) => [row.name, row]))
  const known = new Set(items.map((item) => item.name))
  const fromStatus = items.map((item): Gateway => {
    const row = settings.get(item.name)
    return {
      name: item.name,
      interface: orNull(row?.interface_descr || row?.interface || ''),
      address: orNull(item.address) ?? orNull(row?.gateway ?? ''),
      monitorAddress: orNull(item.monitor),
      ...(row?.disabled ? { state: 'unknown', reason: 'disabled' } : gatewayState(item)),
      latencyMs: leadingNumber(item.delay),
      jitterMs: leadingNumber(item.stddev),
      lossPercent: leadingNumber(item.loss),
      isDefault: row?.defaultgw ?? null,
    }
  })
  const fromSettings = (rows ?? [])
    .filter((row) => !known.has(row.name))
    .map((row): Gateway => ({
      name: row.name,
      interface: orNull(row.interface_descr || row.interface),
      address: orNull(row.gateway),
      monitorAddress: orNull(row.monitor),
      ...rowState(row),
      latencyMs: leadingNumber(row.delay),
      jitterMs: leadingNumber(row.stddev),
      lossPercent: leadingNumber(row.loss),
      isDefault: row.defaultgw,
    }))
  return [...fromStatus, ...fromSettings]
}

/** `running: 0` of a locked service means nothing (section 2). */
export function toService(row: z.infer<typeof serviceRow>): Service {
  return {
    id: row.id,
    name: row.name || row.id,
    description: row.description,
    running: row.running === false && row.locked === true ? null : row.running,
    enabled: null,
  }
}

const CARP_STATES: ReadonlyMap<string, CarpAddress['state']> = new Map([
  ['MASTER', 'master'],
  ['BACKUP', 'backup'],
  ['INIT', 'init'],
  ['DISABLED', 'disabled'],
])

export function toCarp(reply: z.infer<typeof virtualAddresses>, notReported: Gap[]): Carp {
  const shared = reply.rows.filter((row) => row.mode === 'carp' || row.mode === '')
  return {
    enabled: reply.carp?.allow ?? null,
    maintenanceMode: reply.carp?.maintenancemode ?? null,
    demotion: reply.carp?.demotion ?? null,
    items: shared.map((row) => ({
      interface: row.interface,
      vhid: row.vhid,
      address: orNull(row.subnet),
      state: CARP_STATES.get(row.status.toUpperCase()) ?? 'unknown',
      advertisingSkew: row.advskew,
    })),
    notReported,
  }
}
