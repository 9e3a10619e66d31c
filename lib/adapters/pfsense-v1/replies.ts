// The wire format of v1: whatever stands in config.xml, so nearly everything is text, switches are presence keys and
// an empty element may be "", [] or null (contract section 4). Keys that we do not read, secrets among them, drop here.
import { z } from 'zod'
import { cleanText } from '@/lib/core/clean-text'

/** Every reply. `return` 0 = done; other numbers are the exact cause. */
export const envelope = z.object({
  status: z.string(),
  code: z.coerce.number(),
  return: z.coerce.number(),
  message: z.string(),
  data: z.unknown(),
})
export type Envelope = z.infer<typeof envelope>

const isScalar = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value)

const toText = (value: unknown): string => (isScalar(value) ? cleanText(String(value)).trim() : '')
const toNumber = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string') return null
  const digits = /^\s*(-?\d+(?:\.\d+)?)\s*(?:ms|%|C)?\s*$/.exec(value)?.[1]
  return digits === undefined ? null : Number(digits)
}
/** A presence key: `""` is on, absent is off. What was written through the API may be a boolean until it is re-read. */
const toPresence = (value: unknown): boolean => value !== undefined && value !== null && value !== false && value !== 0

const text = z.unknown().optional().transform(toText)
const number = z.unknown().optional().transform(toNumber)
const presence = z.unknown().optional().transform(toPresence)
/** A yes/no value that is really a value: `true`, `"yes"`, `1`. null = not told. */
const flag = z
  .unknown()
  .optional()
  .transform((value): boolean | null => {
    if (value === undefined || value === null) return null
    return value === true || value === 1 || ['true', 'yes', '1', 'on', 'running', 'enabled'].includes(toText(value).toLowerCase())
  })
const words = z.union([z.string(), z.number()]).transform(toText).pipe(z.string().min(1))
/** One text or an array. Split before it is cleaned, because cleaning cuts a text of thousands of entries. */
const toList = (value: unknown, separator: RegExp): string[] =>
  (Array.isArray(value) ? value.map(toText) : isScalar(value) ? String(value).split(separator).map(toText) : []).filter((entry) => entry !== '')
const listBy = (separator: RegExp) =>
  z
    .unknown()
    .optional()
    .transform((value) => toList(value, separator))
const list = listBy(/[\s,]+/)

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A list comes as an array, as an object keyed by index or by name, as `[]`, `""` or null when empty, and in old
 * versions as the one entry itself (contract section 5).
 */
export function toRows(value: unknown): unknown {
  if (value === null || value === undefined || value === '' || value === false) return []
  if (Array.isArray(value)) return value
  if (!isObject(value)) return value
  const entries = Object.entries(value)
  if (entries.every(([key]) => /^\d+$/.test(key))) return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, row]) => row)
  return entries.every(([, row]) => isObject(row)) ? entries.map(([, row]) => row) : [value]
}
const rows = <T extends z.ZodType>(item: T) => z.preprocess(toRows, z.array(item))
/** An object, or what PHP makes of an empty one. */
const object = <T extends z.ZodType>(shape: T) => z.preprocess((value) => (isObject(value) ? value : {}), shape)

export const versionReply = z.object({ version: text, base: text })
/** `[]` when nothing was ever found out. */
export const upgradeReply = object(z.object({ version: text, installed_version: text, pkg_version_compare: text, pkg_version_error: text, pkg_busy: presence }))
export const packagesReply = rows(z.object({ name: words, version: text, installed_version: text, update_available: flag }))

export const systemReply = z.object({
  system_platform: text,
  cpu_model: text,
  load_avg: z.preprocess(toRows, z.array(number)),
  /** Fractions from 0 to 1, not percent. */
  mem_usage: number,
  swap_usage: number,
  disk_usage: number,
  temp_c: number,
})
export const hostnameReply = z.object({ hostname: text, domain: text })
export const statesSizeReply = z.object({ currentstates: number, maximumstates: number })
export const configHistoryReply = rows(z.object({ time: number, description: text, version: text }))

export const arpReply = rows(z.object({ ip: words, mac: text, interface: text, status: text, hostname: text }))
export const leasesReply = rows(
  z.object({ ip: text, mac: text, hostname: text, if: text, start: text, end: text, online: z.unknown().optional(), state: text, type: text, descr: text }),
)

export const interfaceStatusReply = rows(
  z.object({
    name: words,
    descr: text,
    hwif: text,
    if: text,
    enable: flag,
    status: text,
    macaddr: text,
    mtu: number,
    media: text,
    ipaddr: text,
    subnet: text,
    linklocal: text,
    ipaddrv6: text,
    subnetv6: text,
    gateway: text,
    inbytes: number,
    outbytes: number,
    inpkts: number,
    inerrs: number,
    outpkts: number,
    outerrs: number,
    collisions: number,
  }),
)
export const gatewayStatusReply = rows(z.object({ name: words, monitorip: text, delay: number, stddev: number, loss: number, status: text, substatus: text }))
export const gatewayConfigReply = rows(
  z.object({
    name: words,
    interface: text,
    gateway: text,
    friendlyifdescr: text,
    friendlyiface: text,
    attribute: text,
    tiername: text,
    isdefaultgw: presence,
    monitor_disable: presence,
    disabled: presence,
  }),
)
export const carpReply = z.object({
  enable: flag,
  maintenance_mode: flag,
  interfaces: rows(z.object({ interface: text, vhid: number, subnet: text, subnet_bits: text, status: text, advskew: number })),
})
export const servicesReply = rows(z.object({ name: words, description: text, enabled: flag, status: flag }))

const connection = z.object({
  common_name: text,
  user_name: text,
  remote_host: text,
  virtual_addr: text,
  virtual_addr6: text,
  bytes_recv: number,
  bytes_sent: number,
  connect_time_unix: number,
})
const openvpnEnd = connection.extend({ name: text, vpnid: text, status: text, state: text, mode: text, port: text, conns: rows(connection) })
/** Three lists by kind; a bare list is taken for servers with clients (`conns`) and site-to-site ends. */
export const openvpnReply = z.preprocess(
  (value) => {
    if (!Array.isArray(value)) return isObject(value) ? value : {}
    const hasClients = (row: unknown) => isObject(row) && 'conns' in row
    return { servers: value.filter(hasClients), p2p_servers: value.filter((row) => !hasClients(row)) }
  },
  z.object({ servers: rows(openvpnEnd), p2p_servers: rows(openvpnEnd), clients: rows(openvpnEnd) }),
)
export const ipsecReply = rows(
  z.object({
    'con-id': text,
    uniqueid: text,
    state: text,
    'local-host': text,
    'remote-host': text,
    'remote-id': text,
    established: number,
    'child-sas': rows(z.object({ state: text, 'remote-ts': list, 'bytes-in': number, 'bytes-out': number })),
  }),
)

const ruleEnd = object(z.object({ any: presence, network: text, address: text, port: text, not: presence }))
export type RuleEnd = z.infer<typeof ruleEnd>
const change = object(z.object({ time: number, username: text }))

export const rulesReply = rows(
  z.object({
    tracker: text,
    type: text,
    interface: text,
    ipprotocol: text,
    protocol: text,
    icmptype: text,
    source: ruleEnd,
    destination: ruleEnd,
    descr: text,
    disabled: presence,
    log: presence,
    floating: presence,
    direction: text,
    quick: presence,
    statetype: text,
    gateway: text,
    sched: text,
    created: change,
    updated: change,
  }),
)
export type RuleRow = z.infer<typeof rulesReply>[number]
export const aliasesReply = rows(
  z.object({
    name: words,
    type: text,
    descr: text,
    address: listBy(/\s+/),
    url: listBy(/\s+/),
    aliasurl: listBy(/\s+/),
    /** One remark per entry, `||` between them; an entry without a remark is an empty one. */
    detail: z
      .unknown()
      .optional()
      .transform((value) => (Array.isArray(value) ? value.map(toText) : isScalar(value) ? String(value).split('||').map(toText) : [])),
  }),
)

export const portForwardsReply = rows(
  z.object({
    source: ruleEnd,
    destination: ruleEnd,
    ipprotocol: text,
    protocol: text,
    target: text,
    'local-port': text,
    interface: text,
    descr: text,
    disabled: presence,
    nordr: presence,
  }),
)
export const outboundModeReply = object(z.object({ mode: text }))
export const outboundMappingsReply = rows(
  z.object({
    source: ruleEnd,
    destination: ruleEnd,
    ipprotocol: text,
    protocol: text,
    sourceport: text,
    dstport: text,
    target: text,
    targetip: text,
    natport: text,
    nonat: presence,
    interface: text,
    descr: text,
    disabled: presence,
  }),
)
export const oneToOneReply = rows(
  z.object({ external: text, source: ruleEnd, destination: ruleEnd, ipprotocol: text, interface: text, descr: text, disabled: presence, nobinat: presence }),
)

/** Settings of the package. Token hashes (`keys`) and the HA password drop here. */
export const apiReply = z.object({
  authmode: text,
  jwt_exp: number,
  readonly: presence,
  persist: presence,
  enable_login_protection: presence,
  allowed_interfaces: listBy(/,/),
})
export const apiVersionReply = z.object({ current_version: text, latest_version: text, update_available: flag })
/** Only that it was answered counts. */
export const anyReply = z.unknown()

/** As it is: the output may be megabytes long, and cleaning would cut it. */
export const commandReply = z.object({ cmd_output: z.string().nullish().transform((value) => value ?? '') })
/** Whole as it is, secrets too: strict only about what no configuration lacks. */
export const configurationReply = z.record(z.string(), z.unknown()).refine((configuration) => isObject(configuration['system']) && isObject(configuration['interfaces']), { path: ['system'] })
export const configurationRevision = object(z.object({ time: text, description: text, username: text }))
