// Our words for what a firewall is and does. Browser-safe. Units are in the names.
// `null` always means "not reported" (never 0, never a guess); a part that a family cannot tell stands in `notReported`.
import { z } from 'zod'
import { FAMILIES, FIRMWARE_STATES, RULE_LAYERS, type UPDATE_KINDS, VPN_KINDS } from './words'

export type Family = (typeof FAMILIES)[number]
export const family = z.enum(FAMILIES)

const text = z.string()
const count = z.number()
const instant = z.string().describe('ISO 8601, UTC')

/** A part of a reading that this firewall cannot or may not tell, and why, as a sentence. */
export const gap = z.object({ part: text, reason: text })
export type Gap = z.infer<typeof gap>
const listing = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), notReported: z.array(gap) })
export type Listing<T> = { items: T[]; notReported: Gap[] }

export const systemStatus = z.object({
  hostname: text.nullable(),
  /** As the firewall writes it: `26.7.1_2`, `2.8.1-RELEASE`. */
  version: text.nullable(),
  edition: text.nullable(),
  apiPackageVersion: text.nullable(),
  platform: text.nullable(),
  cpuModel: text.nullable(),
  uptimeSeconds: count.nullable(),
  bootedAt: instant.nullable(),
  cpuPercent: count.nullable(),
  memoryPercent: count.nullable(),
  diskPercent: count.nullable(),
  swapPercent: count.nullable(),
  loadAverage: z.array(count).nullable(),
  temperatureCelsius: count.nullable(),
  statesCurrent: count.nullable(),
  statesLimit: count.nullable(),
  /** Firewall's own health notices, worst first. */
  notices: z.array(z.object({ severity: z.enum(['error', 'warning', 'notice']), title: text, message: text })),
  configChangedText: text.nullable(),
})
export type SystemStatus = z.infer<typeof systemStatus>

export const gateway = z.object({
  name: text,
  interface: text.nullable(),
  address: text.nullable(),
  monitorAddress: text.nullable(),
  state: z.enum(['online', 'degraded', 'offline', 'pending', 'not-monitored', 'unknown']),
  /** Why it is not plainly online, in a word or two: `loss`, `high delay`, `forced down`. */
  reason: text.nullable(),
  latencyMs: count.nullable(),
  jitterMs: count.nullable(),
  lossPercent: count.nullable(),
  isDefault: z.boolean().nullable(),
})
export type Gateway = z.infer<typeof gateway>
export const gateways = listing(gateway)

export const networkInterface = z.object({
  /** The firewall's identifier, `wan`, `lan`, `opt1`; the device name when unassigned. */
  id: text,
  device: text,
  description: text,
  enabled: z.boolean().nullable(),
  state: z.enum(['up', 'down', 'no-carrier', 'unknown']),
  mac: text.nullable(),
  /** With prefix length: `10.0.0.1/24`. */
  ipv4: z.array(text),
  ipv6: z.array(text),
  mtuBytes: count.nullable(),
  media: text.nullable(),
  vlanTag: count.nullable(),
  gateway: text.nullable(),
  receivedBytes: count.nullable(),
  sentBytes: count.nullable(),
  receivedPackets: count.nullable(),
  sentPackets: count.nullable(),
  receiveErrors: count.nullable(),
  sendErrors: count.nullable(),
  collisions: count.nullable(),
})
export type NetworkInterface = z.infer<typeof networkInterface>
export const interfaces = listing(networkInterface)

export const service = z.object({
  id: text,
  name: text,
  description: text,
  running: z.boolean().nullable(),
  enabled: z.boolean().nullable(),
})
export type Service = z.infer<typeof service>
export const services = listing(service)

export const carpAddress = z.object({
  interface: text,
  vhid: count.nullable(),
  address: text.nullable(),
  state: z.enum(['master', 'backup', 'init', 'disabled', 'unknown']),
  advertisingSkew: count.nullable(),
})
export type CarpAddress = z.infer<typeof carpAddress>
export const carp = z.object({
  enabled: z.boolean().nullable(),
  maintenanceMode: z.boolean().nullable(),
  demotion: count.nullable(),
  items: z.array(carpAddress),
  notReported: z.array(gap),
})
export type Carp = z.infer<typeof carp>

export const vpnTunnel = z.object({
  id: text,
  kind: z.enum(VPN_KINDS),
  name: text,
  role: z.enum(['site-to-site', 'server', 'client', 'peer', 'interface']),
  state: z.enum(['up', 'down', 'stale', 'unknown']),
  localAddress: text.nullable(),
  remoteAddress: text.nullable(),
  /** Networks or tunnel addresses behind it. */
  networks: z.array(text),
  user: text.nullable(),
  receivedBytes: count.nullable(),
  sentBytes: count.nullable(),
  connectedAt: instant.nullable(),
  lastHandshakeAt: instant.nullable(),
})
export type VpnTunnel = z.infer<typeof vpnTunnel>
export const vpn = listing(vpnTunnel)

export const neighbour = z.object({
  protocol: z.enum(['arp', 'ndp']),
  ip: text,
  /** Lower-case with colons; null while unresolved. */
  mac: text.nullable(),
  /** The interface's description where known (`LAN`), else its device. */
  interface: text,
  device: text.nullable(),
  hostname: text.nullable(),
  state: z.enum(['complete', 'incomplete', 'expired', 'permanent']),
  expiresInSeconds: count.nullable(),
  manufacturer: text.nullable(),
})
export type Neighbour = z.infer<typeof neighbour>
export const arp = listing(neighbour)

export const lease = z.object({
  ip: text,
  mac: text.nullable(),
  hostname: text.nullable(),
  description: text.nullable(),
  interface: text.nullable(),
  state: z.enum(['active', 'expired', 'reserved', 'unknown']),
  online: z.boolean().nullable(),
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  /** Which DHCP server answered: `kea`, `isc`, `dnsmasq`; null where the family does not say. */
  server: text.nullable(),
})
export type Lease = z.infer<typeof lease>
export const leases = listing(lease)

export const alias = z.object({
  id: text,
  name: text,
  type: text,
  description: text,
  enabled: z.boolean().nullable(),
  builtIn: z.boolean(),
  content: z.array(text),
  /** One remark per content entry, same order; null where the family has none. */
  remarks: z.array(text).nullable(),
  /** Addresses in the live table; null where not reported. */
  liveEntryCount: count.nullable(),
  updatedText: text.nullable(),
})
export type Alias = z.infer<typeof alias>
export const aliases = listing(alias)

export const ruleEndpoint = z.object({
  not: z.boolean(),
  /** As an operator reads it: `any`, `LAN net`, `this firewall`, `10.0.0.0/8`, an alias name. */
  address: text,
  kind: z.enum(['any', 'address', 'alias', 'interface-network', 'interface-address', 'self']),
  /** null = any port. */
  port: text.nullable(),
})
export type RuleEndpoint = z.infer<typeof ruleEndpoint>

export const rule = z.object({
  /** Stable on this firewall: tracker or uuid, never an index. */
  id: text,
  layer: z.enum(RULE_LAYERS),
  /** Which interface or group the layer belongs to; empty for floating. */
  layerName: text,
  /** 1-based place within its layer and layerName, in the order the firewall asks. */
  position: count,
  enabled: z.boolean(),
  action: z.enum(['pass', 'block', 'reject', 'match', 'unknown']),
  /** First match ends the search; null where not reported. */
  quick: z.boolean().nullable(),
  /** Descriptions; empty = any interface. */
  interfaces: z.array(text),
  direction: z.enum(['in', 'out', 'any']),
  ipVersion: z.enum(['4', '6', '4+6']),
  /** Lower case, `any`, `tcp`, `tcp/udp`, `icmp`. */
  protocol: text,
  icmpTypes: text.nullable(),
  source: ruleEndpoint,
  destination: ruleEndpoint,
  gateway: text.nullable(),
  schedule: text.nullable(),
  log: z.boolean().nullable(),
  stateType: text.nullable(),
  description: text,
  categories: z.array(text),
  createdAt: instant.nullable(),
  createdBy: text.nullable(),
  updatedAt: instant.nullable(),
  updatedBy: text.nullable(),
  evaluations: count.nullable(),
  packets: count.nullable(),
  bytes: count.nullable(),
  states: count.nullable(),
})
export type Rule = z.infer<typeof rule>
export const rules = listing(rule)

export const natRule = z.object({
  id: text,
  kind: z.enum(['port-forward', 'outbound', 'one-to-one', 'prefix-translation']),
  enabled: z.boolean(),
  automatic: z.boolean(),
  interfaces: z.array(text),
  ipVersion: z.enum(['4', '6', '4+6']),
  protocol: text,
  source: ruleEndpoint,
  destination: ruleEndpoint,
  /** What it is translated to. */
  target: text.nullable(),
  targetPort: text.nullable(),
  description: text,
})
export type NatRule = z.infer<typeof natRule>
export const nat = z.object({
  outboundMode: z.enum(['automatic', 'hybrid', 'manual', 'disabled']).nullable(),
  items: z.array(natRule),
  notReported: z.array(gap),
})
export type Nat = z.infer<typeof nat>

export type FirmwareStateName = (typeof FIRMWARE_STATES)[number]
export type UpdateKind = (typeof UPDATE_KINDS)[number]
export const firmwarePackage = z.object({
  name: text,
  change: z.enum(['upgrade', 'downgrade', 'new', 'remove', 'reinstall']),
  from: text.nullable(),
  to: text.nullable(),
  sizeBytes: count.nullable(),
  repository: text.nullable(),
})
export const firmware = z.object({
  state: z.enum(FIRMWARE_STATES),
  installedVersion: text.nullable(),
  edition: text.nullable(),
  /** Newest version offered by the last check (minor); null when none is. */
  offeredVersion: text.nullable(),
  /** A pending major upgrade, which minor updates hide on OPNsense. */
  majorVersion: text.nullable(),
  /** null = this family does not report packages. */
  packages: z.array(firmwarePackage).nullable(),
  downloadBytes: count.nullable(),
  /** The update would reboot the firewall; null = not reported. */
  rebootRequired: z.boolean().nullable(),
  checkedAt: instant.nullable(),
  /** When the firewall says it checked, in its own words and time zone. */
  checkedText: text.nullable(),
  /** The firewall's own sentence about the state. */
  firewallMessage: text.nullable(),
  /** Why the check failed or why nothing is known, as a sentence of ours. */
  reason: text.nullable(),
  /** Versions whose change notes can be read, newest first. */
  changelog: z.array(z.object({ version: text, releasedOn: text.nullable() })),
})
export type Firmware = z.infer<typeof firmware>

export const posture = z.object({
  apiName: text,
  apiPackageVersion: text.nullable(),
  newestKnownVersion: text.nullable(),
  updateAvailable: z.boolean().nullable(),
  enabledMethods: z.array(text).nullable(),
  readOnly: z.boolean().nullable(),
  loginProtection: z.boolean().nullable(),
  tokenLifetimeSeconds: count.nullable(),
  /** null = not reported, empty = any interface. */
  allowedInterfaces: z.array(text).nullable(),
  keepsSettingsOnUpdate: z.boolean().nullable(),
  warnings: z.array(text),
  /** Copyable commands of the API package card; null where there is no package. */
  packageCommands: z
    .array(z.object({ purpose: z.enum(['install', 'update', 'revert', 'uninstall', 'restart-gui']), label: text, command: text, note: text }))
    .nullable(),
  notReported: z.array(gap),
})
export type Posture = z.infer<typeof posture>

/** Everything that can be read from a firewall. One stored row per firewall and kind. */
export const READINGS = {
  status: systemStatus,
  firmware,
  rules,
  aliases,
  arp,
  leases,
  gateways,
  interfaces,
  services,
  nat,
  carp,
  vpn,
  posture,
} as const
export type ReadKind = keyof typeof READINGS
export type Readings = { [K in ReadKind]: z.infer<(typeof READINGS)[K]> }
export const READ_KINDS = ['status', 'firmware', 'rules', 'aliases', 'arp', 'leases', 'gateways', 'interfaces', 'services', 'nat', 'carp', 'vpn', 'posture'] as const satisfies readonly ReadKind[]

export const featureResult = z.object({
  /** A read kind, or a write feature: `firmware-check`, `firmware-update`, `rules-write`, `aliases-write`, `commands`, `configuration`. */
  feature: text,
  label: text,
  access: z.enum(['read', 'write']),
  /** Exactly as the operator has to look for it on the firewall. */
  privilege: text,
  result: z.enum(['ok', 'missing', 'not-knowable', 'failed']),
  /** What was seen, in a few words: `212 rules in 4 layers`, `403 on firmware status`. */
  seen: text,
})
export type FeatureResult = z.infer<typeof featureResult>
export const credentialTest = z.object({
  version: text.nullable(),
  hostname: text.nullable(),
  features: z.array(featureResult),
  /** Sentences: the key may do everything; login protection is off; … */
  warnings: z.array(text),
  requestCount: count,
})
export type CredentialTest = z.infer<typeof credentialTest>
