// The wire format as this family spells it. Loose about extra keys, which are dropped here with the secrets in them;
// lenient about types, because booleans and numbers come as text (section 1.6); strict about what a row cannot lack.
import { z } from 'zod'
import { cleanText } from '@/lib/core/clean-text'

const isScalar = (value: unknown): value is string | number | boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** Any value, or none: a key may always be missing. */
const anything = z.unknown().optional()

/** Text, '' when it is absent or no text. */
const text = anything.transform((value) => (isScalar(value) ? cleanText(String(value)) : ''))
/** Text that a row cannot lack. */
const required = z.union([z.string().min(1), z.number()]).transform((value) => cleanText(String(value)))
/** "0", "1", 0, 1, true, false, "true"; null when it is none of them. */
const flag = anything.transform((value) => {
  const word = isScalar(value) ? String(value).toLowerCase() : ''
  if (word === '1' || word === 'true' || word === 'yes') return true
  return word === '0' || word === 'false' || word === 'no' ? false : null
})
/** A number or numeric text; null for "~", "N/A", "" and the like. */
const number = anything.transform((value) => {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const found = typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value)
  return Number.isFinite(found) ? found : null
})
/** A list of texts; a single text counts as one, an empty map as none. */
const texts = anything.transform((value): string[] => {
  const list: unknown[] = Array.isArray(value) ? value : isScalar(value) && value !== '' ? [value] : []
  return list.filter(isScalar).map((item) => cleanText(String(item)))
})
/** Long text by lines: each is cleaned by itself, so that no length limit cuts the list. */
const lines = anything.transform((value) =>
  typeof value === 'string'
    ? value
        .split(/\r?\n/)
        .map(cleanText)
        .filter((line) => line !== '')
    : [],
)
/** A list; PHP writes one with gaps as a map of its places. What is no list at all counts as none. */
const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []), z.array(item))
/** PHP writes an empty map as `[]` (section 1.6). */
const mapOf = <T extends z.ZodType>(item: T) =>
  z.union([
    z
      .array(z.unknown())
      .max(0)
      .transform((): Record<string, z.infer<T>> => ({})),
    z.record(z.string(), item),
  ])
const mapOrNothing = <T extends z.ZodType>(item: T) => mapOf(item).catch({})

/** Answer of every search endpoint (section 1.5). */
export const gridOf = <T extends z.ZodType>(row: T) => z.object({ total: number, rows: z.array(row) })

// Status, section 2.
export const systemInformation = z.object({ name: text, versions: texts })
export const systemTime = z.object({ uptime: text, boottime: text, config: text, loadavg: text })
export const systemResources = z.object({ memory: z.object({ total: number, used: number }) })
export const systemDisk = z.object({ devices: listOf(z.object({ mountpoint: text, used_pct: number, available: text })) })
export const systemTemperature = z.array(z.object({ temperature: number, type: text }))
export const systemSwap = z.object({ swap: listOf(z.object({ total: number, used: number })) })
export const packetFilterStates = z.object({ current: number, limit: number })
export const cpuType = texts
export const activity = z.object({ headers: texts })
/** `Enabled for 12 days 03:04:05`. */
export const packetFilterInformation = z.object({ info: z.object({ uptime: text }) })

const notice = z.object({ title: text, statusCode: number, message: text, status: text, isBanner: flag })
export const systemStatus = z.union([
  z.object({ subsystems: mapOf(notice) }).transform((reply) => reply.subsystems),
  // Up to 25.1.0: one flat map; `System` is the sum of the others and has no code.
  z.record(z.string(), notice).transform((map) =>
    Object.fromEntries(
      Object.entries(map)
        .filter(([, entry]) => entry.statusCode !== null)
        .map(([id, entry]) => [id, { ...entry, title: entry.title || id }]),
    ),
  ),
])

// Firmware, section 3. Every key but `status` may be absent.
const packageRow = z.object({ name: text, repository: text, version: text, current_version: text, new_version: text, size: number })
const foundPackage = z.object({ reason: text, old: text, new: text, repository: text })
const checkResult = z.object({
  connection: text,
  repository: text,
  last_check: text,
  product_id: text,
  product_version: text,
  needs_reboot: flag,
  download_size: text,
  new_packages: listOf(packageRow),
  upgrade_packages: listOf(packageRow),
  downgrade_packages: listOf(packageRow),
  reinstall_packages: listOf(packageRow),
  remove_packages: listOf(packageRow),
  upgrade_sets: listOf(packageRow),
  upgrade_major_version: text,
  upgrade_needs_reboot: flag,
  updates: number,
  all_packages: mapOrNothing(foundPackage),
  status_reboot: flag,
})
export const firmwareStatus = checkResult.extend({
  status: required,
  status_msg: text,
  product: z
    .object({
      product_id: text,
      product_version: text,
      product_latest: text,
      product_check: anything.transform((check) => typeof check === 'object' && check !== null),
    })
    .nullish()
    .catch(null),
})
export type FirmwareStatus = z.infer<typeof firmwareStatus>
export const firmwareStarted = z.object({ status: z.literal('ok') })
export const firmwareRunning = z.object({ status: z.enum(['ready', 'busy']) })
export const firmwareProgress = z.object({ status: z.enum(['running', 'done', 'reboot', 'error']), log: lines })
/** `log` is missing when no finished update is kept. */
export const firmwareKeptLog = z.object({ status: z.literal('ok'), log: lines })
export const firmwareChangelog = z.object({ status: z.literal('ok'), html: z.string() })

// Neighbours and leases, sections 5 and 10.
export const arp = z.array(
  z.object({
    mac: text,
    ip: required,
    intf: text,
    expired: flag,
    expires: number,
    permanent: flag,
    manufacturer: text,
    hostname: text,
    intf_description: text,
  }),
)
export const ndp = z.array(z.object({ mac: text, ip: required, intf: text, manufacturer: text, intf_description: text }))
export const managedLease = z.object({
  address: required,
  hwaddr: text,
  hostname: text,
  valid_lifetime: number,
  expire: number,
  state: number,
  if: text,
  if_descr: text,
  if_name: text,
  is_reserved: anything.transform((value) =>
    Array.isArray(value) ? value.length > 0 : typeof value === 'object' ? value !== null : value === true || value === 1 || value === '1',
  ),
})
export const iscLease = z.object({ address: required, mac: text, hostname: text, descr: text, type: text, status: text, state: text, if: text, if_descr: text })

// Interfaces, gateways, services, CARP, section 5.
const address = z.object({ ipaddr: text })
export const interfaceRow = z.object({
  device: required,
  identifier: text,
  description: text,
  enabled: flag,
  status: text,
  macaddr: text,
  mtu: number,
  media: text,
  vlan_tag: number,
  addr4: text,
  addr6: text,
  ipv4: listOf(address),
  ipv6: listOf(address),
  gateways: texts,
  statistics: z
    .object({
      'bytes received': number,
      'bytes transmitted': number,
      'packets received': number,
      'packets transmitted': number,
      'input errors': number,
      'output errors': number,
      collisions: number,
    })
    .nullish()
    .catch(null),
})
export const gatewayStatus = z.object({
  items: z.array(z.object({ name: required, address: text, status: text, loss: text, delay: text, stddev: text, monitor: text })),
})
export const gatewayRow = z.object({
  name: required,
  interface: text,
  interface_descr: text,
  gateway: text,
  defaultgw: flag,
  disabled: flag,
  monitor: text,
  monitor_disable: flag,
  loss: text,
  delay: text,
  stddev: text,
  label_class: text,
})
export const serviceRow = z.object({ id: required, name: text, description: text, locked: flag, running: flag })
export const virtualAddressRow = z.object({ interface: text, vhid: number, advskew: number, subnet: text, status: text, mode: text })
export const virtualAddresses = gridOf(virtualAddressRow).extend({
  carp: z.object({ demotion: number, allow: flag, maintenancemode: flag }).nullish().catch(null),
})

// VPN, section 11.
export const ipsecRow = z.object({
  name: text,
  ikeid: text,
  phase1desc: text,
  connected: flag,
  'local-addrs': text,
  'remote-addrs': text,
  'bytes-in': number,
  'bytes-out': number,
})
export const openvpnRow = z.object({
  id: required,
  type: text,
  is_client: flag,
  description: text,
  status: text,
  common_name: text,
  username: text,
  real_address: text,
  virtual_address: text,
  bytes_received: number,
  bytes_sent: number,
  connected_since__time_t_: number,
})
export const wireguardRow = z.object({
  if: text,
  ifname: text,
  name: text,
  type: text,
  'public-key': text,
  'listen-port': text,
  endpoint: text,
  'allowed-ips': text,
  'latest-handshake': number,
  'transfer-rx': number,
  'transfer-tx': number,
  'peer-status': text,
  status: text,
})

// Primitives that the rule schemas share.
export const wire = { anything, text, required, flag, number, lines, listOf, mapOf, isScalar }

// Configuration history, section 4; newest first.
export const backupHistory = z.object({ items: listOf(z.object({ time: text, description: text, username: text, filesize: number, id: required })) })
export const backupReverted = z.object({ status: z.enum(['reverted', 'not_found']) })
/** Section 2: the restart is answered before it begins. */
export const restarted = z.object({ status: z.literal('ok') })
