import type { ConnectOptions, FirewallAdapter } from '@/lib/adapters/adapter'
import type { Gap, VpnTunnel } from '@/lib/adapters/model'
import { AppError, type ErrorCode } from '@/lib/core/errors'
import type { Caller } from './call'
import { recallCheck } from './firmware-check'
import { toFirmware, toPosture } from './map-firmware'
import { toInterfaceNames, type InterfaceNames } from './map-interface-names'
import { toInterfaces } from './map-interfaces'
import { toNat } from './map-nat'
import { toArp, toLeases } from './map-neighbours'
import { toAliases, toRules } from './map-rules'
import { toCarp, toGateways, toServices, toSystemStatus } from './map-system'
import { toIpsecTunnels, toOpenvpnClients, toOpenvpnServers, toWireguardTunnels } from './map-vpn'
import { ENDPOINTS as AT } from './read-endpoints'
import * as wire from './replies'

/** Errors of one part that leave the rest of a reading worth showing. All others concern the whole firewall. */
const PARTIAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['firewall-privilege-missing', 'firewall-not-reported', 'firewall-reply-not-understood'])
const NAMES_KEPT_MS = 60_000

/** Null, and a gap with the privilege in its sentence, when this part may not or cannot be read. */
async function optional<T>(part: string, gaps: Gap[], ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof AppError) || !PARTIAL.has(error.code)) throw error
    gaps.push({ part, reason: error.message })
    return null
  }
}

type Naming = { names: InterfaceNames; gaps: Gap[] }

/** Requests run one after the other: the first proves the credential before a second could fail on it too. */
export function openReads(caller: Caller, options: ConnectOptions): FirewallAdapter['reads'] {
  let kept: (Naming & { atMs: number }) | null = null

  /** How interfaces are called here; kept for a minute, so that one visit asks once. */
  async function readNames(signal: AbortSignal): Promise<Naming> {
    const nowMs = options.now().getTime()
    if (kept !== null && nowMs - kept.atMs < NAMES_KEPT_MS && nowMs >= kept.atMs) return kept
    const gaps: Gap[] = []
    const interfaces = await optional('interface names', gaps, () => caller.get(AT.interfaces, wire.interfacesReply, signal))
    // Without names there is nothing to look up, so the setting is not asked.
    const settings = interfaces === null ? null : await optional('interface notation', gaps, () => caller.get(AT.apiSettings, wire.apiSettingsReply, signal))
    kept = { names: toInterfaceNames(interfaces ?? [], settings?.represent_interfaces_as ?? null), gaps, atMs: nowMs }
    return kept
  }

  return {
    async status(signal) {
      const system = await caller.get(AT.systemStatus, wire.systemStatusReply, signal)
      const gaps: Gap[] = []
      const version = await optional('version', gaps, () => caller.get(AT.systemVersion, wire.versionReply, signal))
      const hostname = await optional('host name', gaps, () => caller.get(AT.hostname, wire.hostnameReply, signal))
      const apiVersion = await optional('API package', gaps, () => caller.get(AT.apiVersion, wire.apiVersionReply, signal))
      const states = await optional('states', gaps, () => caller.get(AT.statesSize, wire.statesSizeReply, signal))
      const history = await optional('configuration change', gaps, () => caller.get(AT.configHistory, wire.configHistoryReply, signal))
      return toSystemStatus({ system, version, hostname, apiVersion, states, history })
    },
    async firmware(signal) {
      const version = await caller.get(AT.systemVersion, wire.versionReply, signal)
      const packages = await optional('packages', [], () => caller.get(AT.packages, wire.packagesReply, signal))
      return toFirmware(version, packages, await recallCheck(options.memory), options.commandsAllowed)
    },
    async rules(signal) {
      const rows = await caller.get(AT.rules, wire.rulesReply, signal)
      const { names, gaps } = await readNames(signal)
      const more: Gap[] = []
      const groups = await optional('interface groups', more, () => caller.get(AT.interfaceGroups, wire.interfaceGroupsReply, signal))
      return toRules(rows, groups, names, [...gaps, ...more])
    },
    aliases: async (signal) => toAliases(await caller.get(AT.aliases, wire.aliasesReply, signal)),
    arp: async (signal) => toArp(await caller.get(AT.arp, wire.arpReply, signal)),
    async leases(signal) {
      const rows = await caller.get(AT.leases, wire.leasesReply, signal)
      const { names, gaps } = await readNames(signal)
      return toLeases(rows, names, gaps)
    },
    async gateways(signal) {
      const status = await caller.get(AT.gatewayStatus, wire.gatewayStatusReply, signal)
      const more: Gap[] = []
      const configured = await optional('gateway settings', more, () => caller.get(AT.gateways, wire.gatewaysReply, signal))
      const defaults = await optional('default gateway', more, () => caller.get(AT.defaultGateway, wire.defaultGatewayReply, signal))
      const { names, gaps } = await readNames(signal)
      return toGateways(status, configured, defaults, names, [...more, ...gaps])
    },
    async interfaces(signal) {
      const status = await caller.get(AT.interfaceStatus, wire.interfaceStatusReply, signal)
      const gaps: Gap[] = []
      const configured = await optional('enabled', gaps, () => caller.get(AT.interfaces, wire.interfacesReply, signal))
      const vlans = await optional('VLAN tags', gaps, () => caller.get(AT.vlans, wire.vlansReply, signal))
      return toInterfaces(status, configured, vlans, gaps)
    },
    services: async (signal) => toServices(await caller.get(AT.services, wire.servicesReply, signal)),
    async nat(signal) {
      const portForwards = await caller.get(AT.portForwards, wire.portForwardsReply, signal)
      const more: Gap[] = []
      const outbound = await optional('outbound rules', more, () => caller.get(AT.outboundMappings, wire.outboundMappingsReply, signal))
      const mode = await optional('outbound mode', more, () => caller.get(AT.outboundMode, wire.outboundModeReply, signal))
      const oneToOne = await optional('one-to-one translations', more, () => caller.get(AT.oneToOneMappings, wire.oneToOneMappingsReply, signal))
      const { names, gaps } = await readNames(signal)
      return toNat({ portForwards, outbound, mode, oneToOne }, names, [...more, ...gaps])
    },
    async carp(signal) {
      const status = await caller.get(AT.carp, wire.carpReply, signal)
      const more: Gap[] = []
      const virtualIps = await optional('CARP addresses', more, () => caller.get(AT.virtualIps, wire.virtualIpsReply, signal))
      const { names, gaps } = await readNames(signal)
      return toCarp(status, virtualIps, names, [...more, ...gaps])
    },
    vpn: (signal) => readVpn(caller, options.now, signal),
    async posture(signal) {
      const settings = await caller.get(AT.apiSettings, wire.apiSettingsReply, signal)
      const gaps: Gap[] = []
      const apiVersion = await optional('API package version', gaps, () => caller.get(AT.apiVersion, wire.apiVersionReply, signal))
      const version = await optional('install command', gaps, () => caller.get(AT.systemVersion, wire.versionReply, signal))
      const interfaces =
        settings.allowed_interfaces.length === 0 ? [] : await optional('interface names', gaps, () => caller.get(AT.interfaces, wire.interfacesReply, signal))
      return toPosture({ settings, apiVersion, version }, toInterfaceNames(interfaces ?? [], settings.represent_interfaces_as), gaps)
    },
  }
}

const DOWN_TUNNELS: Gap = { part: 'IPsec tunnels that are down', reason: 'This API lists only tunnels that have a security association.' }

/** Three kinds side by side, none of them indispensable; only when no call could be made the reading as a whole fails. */
async function readVpn(caller: Caller, now: () => Date, signal: AbortSignal): Promise<{ items: VpnTunnel[]; notReported: Gap[] }> {
  let firstError: unknown
  const gaps: Gap[] = []
  const part = async <T>(name: string, ask: () => Promise<T>): Promise<T | null> =>
    optional(name, gaps, async () => {
      try {
        return await ask()
      } catch (error) {
        firstError ??= error
        throw error
      }
    })
  const ipsec = await part('IPsec', () => caller.get(AT.ipsec, wire.ipsecReply, signal))
  const servers = await part('OpenVPN servers', () => caller.get(AT.openvpnServers, wire.openvpnServersReply, signal))
  const clients = await part('OpenVPN clients', () => caller.get(AT.openvpnClients, wire.openvpnClientsReply, signal))
  const wireguard = await part('WireGuard', () => caller.get(AT.wireguard, wire.wireguardReply, signal))
  if (ipsec === null && servers === null && clients === null && wireguard === null) throw firstError
  const items = [
    ...toIpsecTunnels(ipsec ?? []),
    ...toOpenvpnServers(servers ?? []),
    ...toOpenvpnClients(clients ?? []),
    ...toWireguardTunnels(wireguard ?? [], now().getTime()),
  ]
  return { items, notReported: ipsec === null ? gaps : [...gaps, DOWN_TUNNELS] }
}
