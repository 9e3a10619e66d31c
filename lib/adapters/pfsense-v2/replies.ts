// The wire format: loose about extra keys (strip, so secrets drop here), strict about what is read, lenient in type.
import { z } from 'zod'
import { cleanText } from '@/lib/core/clean-text'
import { parseReplyJson } from '@/lib/outbound/reply-json'

export type Envelope = { responseId: string; message: string; data: unknown }

const scalar = z.union([z.string(), z.number(), z.boolean()])
/** Absent, null and empty are one: nothing was told. */
const text = scalar.nullish().transform((value) => (value === null || value === undefined || value === '' ? null : cleanText(String(value)).trim() || null))
const number = scalar.nullish().transform((value) => {
  if (value === null || value === undefined || typeof value === 'boolean' || String(value).trim() === '') return null
  const parsed = Number(value)
  return Number.isFinite(parsed) ? parsed : null
})
const TRUE_WORDS = new Set(['true', 'yes', 'on', '1', 'enabled'])
const flag = scalar.nullish().transform((value) => {
  if (value === null || value === undefined || value === '') return null
  return TRUE_WORDS.has(String(value).toLowerCase())
})
const texts = z
  .union([z.array(scalar), scalar])
  .nullish()
  .transform((value) => {
    if (value === null || value === undefined || value === '') return []
    return (Array.isArray(value) ? value : [value]).map((entry) => cleanText(String(entry)).trim())
  })
const numbers = z
  .array(scalar)
  .nullish()
  .transform((value) => value?.map(Number).filter(Number.isFinite) ?? null)

/** An empty array stands for an empty object in this API (contract section 4). */
const object = <S extends z.ZodRawShape>(shape: S) => z.preprocess((value) => (Array.isArray(value) && value.length === 0 ? {} : value), z.object(shape))
/** A list; an index-keyed object is one too, as PHP writes it after a gap. */
const list = <S extends z.ZodRawShape>(shape: S) =>
  z.preprocess((value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : value), z.array(z.object(shape)))
const nested = <S extends z.ZodRawShape>(shape: S) =>
  list(shape)
    .nullish()
    .transform((value) => value ?? [])

const envelope = z.object({ code: scalar, response_id: z.string(), message: z.string().nullish(), data: z.unknown() })

/** The envelope of section 4, or null when the text is not the JSON of this API. Throws on JSON that is too deep. */
export function readEnvelope(text: string): Envelope | null {
  if (!/^\s*\{/.test(text)) return null
  const parsed = envelope.safeParse(parseReplyJson(text))
  if (!parsed.success) return null
  const { response_id: responseId, message, data } = parsed.data
  return { responseId: /^[A-Z0-9_]{1,80}$/.test(responseId) ? responseId : 'UNNAMED', message: message ?? '', data }
}

export const nothing = z.unknown().transform(() => null)
export const tokenReply = z.object({ token: z.string().min(1) })
export const versionReply = object({ version: text, base: text })
export const hostnameReply = object({ hostname: text, domain: text })
export const apiVersionReply = object({ current_version: text, latest_version: text, update_available: flag, available_versions: texts })
export const apiSettingsReply = object({
  read_only: flag,
  keep_backup: flag,
  login_protection: flag,
  hateoas: flag,
  expose_sensitive_fields: flag,
  allowed_interfaces: texts,
  represent_interfaces_as: text,
  auth_methods: texts,
  jwt_exp: number,
})
export const systemStatusReply = object({
  platform: text,
  uptime: text,
  cpu_model: text,
  cpu_load_avg: numbers,
  cpu_usage: number,
  mem_usage: number,
  swap_usage: number,
  disk_usage: number,
  temp_c: number,
})
export const statesSizeReply = object({ maximumstates: number, defaultmaximumstates: number, currentstates: number })
export const configHistoryReply = list({ time: number, description: text, version: text })
export const packagesReply = list({ name: text, installed_version: text, latest_version: text, update_available: flag })

export const pendingChangesReply = object({ applied: flag })

export const gatewayStatusReply = list({ name: text, srcip: text, monitorip: text, delay: number, stddev: number, loss: number, status: text, substatus: text })
export const gatewaysReply = list({ name: text, disabled: flag, ipprotocol: text, interface: text, gateway: text, monitor_disable: flag, monitor: text })
export const defaultGatewayReply = object({ defaultgw4: text, defaultgw6: text })
export const interfaceStatusReply = list({
  name: text,
  descr: text,
  hwif: text,
  macaddr: text,
  mtu: number,
  status: text,
  ipaddr: text,
  subnet: text,
  linklocal: text,
  ipaddrv6: text,
  subnetv6: text,
  inerrs: number,
  outerrs: number,
  collisions: number,
  inbytes: number,
  outbytes: number,
  inpkts: number,
  outpkts: number,
  media: text,
  gateway: text,
  gatewayv6: text,
})
export const interfacesReply = list({ id: text, if: text, descr: text, enable: flag })
export const interfaceGroupsReply = list({ ifname: text })
export const vlansReply = list({ vlanif: text, if: text, tag: number })
export const servicesReply = list({ name: text, description: text, enabled: flag, status: flag })
export const carpReply = object({ enable: flag, maintenance_mode: flag })
export const virtualIpsReply = list({ mode: text, interface: text, subnet: text, subnet_bits: number, vhid: number, advskew: number, carp_status: text })

export const ipsecReply = list({
  con_id: text,
  state: text,
  local_host: text,
  remote_host: text,
  remote_id: text,
  child_sas: nested({ state: text, bytes_in: number, bytes_out: number, remote_ts: texts }),
})
export const openvpnServersReply = list({
  name: text,
  mode: text,
  vpnid: text,
  conns: nested({
    common_name: text,
    remote_host: text,
    virtual_addr: text,
    virtual_addr6: text,
    bytes_recv: number,
    bytes_sent: number,
    connect_time_unix: number,
    user_name: text,
    client_id: text,
  }),
})
export const openvpnClientsReply = list({
  name: text,
  vpnid: text,
  status: text,
  state: text,
  state_detail: text,
  virtual_addr: text,
  virtual_addr6: text,
  remote_host: text,
  local_host: text,
})
export const wireguardReply = list({
  name: text,
  descr: text,
  status: text,
  transfer_rx: number,
  transfer_tx: number,
  peers: nested({ public_key: text, descr: text, endpoint: text, allowed_ips: texts, latest_handshake: number, transfer_rx: number, transfer_tx: number }),
})

export const arpReply = list({ hostname: text, ip_address: text, mac_address: text, interface: text, permanent: flag, dnsresolve: text, expires: text })
export const leasesReply = list({
  ip: text,
  mac: text,
  hostname: text,
  if: text,
  starts: text,
  ends: text,
  active_status: text,
  online_status: text,
  descr: text,
})

export const aliasesReply = list({ name: text, type: text, descr: text, address: texts, detail: texts })
export const rulesReply = list({
  type: text,
  interface: texts,
  ipprotocol: text,
  protocol: text,
  icmptype: texts,
  source: text,
  source_port: text,
  destination: text,
  destination_port: text,
  descr: text,
  disabled: flag,
  log: flag,
  statetype: text,
  gateway: text,
  sched: text,
  floating: flag,
  quick: flag,
  direction: text,
  tracker: text,
  associated_rule_id: text,
  created_time: number,
  created_by: text,
  updated_time: number,
  updated_by: text,
})
const natEnds = { interface: text, disabled: flag, source: text, destination: text, descr: text }
export const portForwardsReply = list({
  ...natEnds,
  ipprotocol: text,
  protocol: text,
  source_port: text,
  destination_port: text,
  target: text,
  local_port: text,
  nordr: flag,
  created_time: number,
})
export const outboundMappingsReply = list({
  ...natEnds,
  protocol: text,
  source_port: text,
  destination_port: text,
  target: text,
  target_subnet: number,
  nat_port: text,
  static_nat_port: flag,
  nonat: flag,
})
export const outboundModeReply = object({ mode: text })
export const oneToOneMappingsReply = list({ ...natEnds, ipprotocol: text, external: text, nobinat: flag })

export const commandReply = object({
  output: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
  result_code: number,
})
