// Each reading: which endpoints are asked, one after another so that a revoked credential fails once, and how they map.
import type { z } from 'zod'
import type { FamilyMemory } from '@/lib/adapters/adapter'
import type { Gap, ReadKind, Readings } from '@/lib/adapters/model'
import { AppError, type ErrorCode } from '@/lib/core/errors'
import { MEMORY, type Caller } from './call'
import { toFirmware, toPosture, withoutV } from './map-firmware'
import { toAliases, toOneToOne, toOutbound, toOutboundMode, toPortForwards } from './map-nat'
import { toArp, toInterfaceNames, toLeases, type InterfaceNames } from './map-neighbours'
import { toRules } from './map-rules'
import { toCarp, toGateways, toInterfaces, toServices, toStatus } from './map-system'
import { toIpsec, toOpenvpn } from './map-vpn'
import { ENDPOINTS, type Endpoint } from './read-endpoints'
import * as replies from './replies'

/** The main privilege of each reading; parts of it may need more, named in the credential test. */
export const PRIVILEGES: Readonly<Record<ReadKind, string>> = {
  status: ENDPOINTS.system.privilege,
  firmware: ENDPOINTS.upgrade.privilege,
  rules: ENDPOINTS.rules.privilege,
  aliases: ENDPOINTS.aliases.privilege,
  arp: ENDPOINTS.arp.privilege,
  leases: ENDPOINTS.leases.privilege,
  gateways: ENDPOINTS.gatewayStatus.privilege,
  interfaces: ENDPOINTS.interfaceStatus.privilege,
  services: ENDPOINTS.services.privilege,
  nat: ENDPOINTS.portForwards.privilege,
  carp: ENDPOINTS.carp.privilege,
  vpn: ENDPOINTS.ipsec.privilege,
  posture: ENDPOINTS.api.privilege,
}

/** Errors of one endpoint that leave the rest of a reading standing. All others end it. */
const PARTIAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'firewall-privilege-missing',
  'firewall-not-reported',
  'firewall-not-this-api',
  'firewall-api-package-missing',
  'firewall-reply-not-understood',
])

export type MissingPart = Gap & { privilege: string | null }

/** Asks for the endpoints of one reading and gathers what could not be told. */
export class Asker {
  readonly missing: MissingPart[] = []
  #firstError: AppError | null = null

  constructor(
    private readonly caller: Caller,
    readonly memory: FamilyMemory,
    readonly now: () => Date,
    private readonly signal: AbortSignal,
  ) {}

  main<S extends z.ZodType>(endpoint: Endpoint, schema: S): Promise<z.output<S>> {
    return this.caller.get(endpoint, schema, this.signal)
  }

  /** null when this endpoint may not or cannot be read; the reason becomes a gap. */
  async part<S extends z.ZodType>(endpoint: Endpoint, schema: S, part: string, alsoTolerates?: ErrorCode): Promise<z.output<S> | null> {
    try {
      return await this.caller.get(endpoint, schema, this.signal)
    } catch (error) {
      if (!(error instanceof AppError) || !(PARTIAL.has(error.code) || error.code === alsoTolerates)) throw error
      this.#firstError ??= error
      const privilege = error.code === 'firewall-privilege-missing' ? endpoint.privilege : null
      this.missing.push({ part, reason: privilege === null ? error.message : `The credential lacks "${privilege}".`, privilege })
      return null
    }
  }

  /** A reading of several equal parts fails when not one of them was told. */
  failWhenAllMissing(parts: readonly unknown[]): void {
    if (this.#firstError !== null && parts.every((part) => part === null)) throw this.#firstError
  }

  gaps(...more: Gap[]): Gap[] {
    return [...this.missing.map(({ part, reason }) => ({ part, reason })), ...more]
  }

  async interfaceNames(): Promise<InterfaceNames> {
    return toInterfaceNames(await this.part(ENDPOINTS.interfaceStatus, replies.interfaceStatusReply, 'interface names'))
  }
}

export const READERS: { [K in ReadKind]: (ask: Asker) => Promise<Readings[K]> } = {
  async status(ask) {
    const system = await ask.main(ENDPOINTS.system, replies.systemReply)
    return toStatus({
      system,
      version: await ask.part(ENDPOINTS.version, replies.versionReply, 'version'),
      hostname: await ask.part(ENDPOINTS.hostname, replies.hostnameReply, 'host name'),
      states: await ask.part(ENDPOINTS.statesSize, replies.statesSizeReply, 'state table'),
      history: await ask.part(ENDPOINTS.configHistory, replies.configHistoryReply, 'last configuration change'),
      apiPackageVersion: await ask.memory.get(MEMORY.apiVersion),
    })
  },
  async firmware(ask) {
    return toFirmware({ upgrade: await ask.main(ENDPOINTS.upgrade, replies.upgradeReply), ...(await firmwareParts(ask)), checkedAt: null })
  },
  async rules(ask) {
    const rows = await ask.main(ENDPOINTS.rules, replies.rulesReply)
    return {
      items: toRules(rows, await ask.interfaceNames()),
      notReported: ask.gaps(
        { part: 'automatic rules', reason: 'The v1 API lists the configured rules only, not those that pfSense adds by itself.' },
        { part: 'counters', reason: 'The v1 API reports no evaluations, packets, bytes or states of a rule.' },
      ),
    }
  },
  async aliases(ask) {
    const rows = await ask.main(ENDPOINTS.aliases, replies.aliasesReply)
    return {
      items: toAliases(rows),
      notReported: ask.gaps({ part: 'live entries', reason: 'The v1 API lists the configured content only, not the live tables.' }),
    }
  },
  async arp(ask) {
    const rows = await ask.main(ENDPOINTS.arp, replies.arpReply)
    return {
      items: toArp(rows, await ask.interfaceNames()),
      notReported: ask.gaps(
        { part: 'NDP', reason: 'The v1 API has no IPv6 neighbour table.' },
        { part: 'manufacturers', reason: 'The v1 API names no manufacturers.' },
      ),
    }
  },
  async leases(ask) {
    const rows = await ask.main(ENDPOINTS.leases, replies.leasesReply)
    return {
      items: toLeases(rows, await ask.interfaceNames()),
      notReported: ask.gaps({ part: 'start and end', reason: 'The v1 API writes these times without a time zone.' }),
    }
  },
  async gateways(ask) {
    const status = await ask.main(ENDPOINTS.gatewayStatus, replies.gatewayStatusReply)
    const config = await ask.part(ENDPOINTS.gatewayConfig, replies.gatewayConfigReply, 'addresses and default')
    return { items: toGateways(status, config), notReported: ask.gaps() }
  },
  async interfaces(ask) {
    return { items: toInterfaces(await ask.main(ENDPOINTS.interfaceStatus, replies.interfaceStatusReply)), notReported: ask.gaps() }
  },
  async services(ask) {
    return { items: toServices(await ask.main(ENDPOINTS.services, replies.servicesReply)), notReported: ask.gaps() }
  },
  async nat(ask) {
    const forwards = await ask.part(ENDPOINTS.portForwards, replies.portForwardsReply, 'port forwards')
    const mode = await ask.part(ENDPOINTS.outboundMode, replies.outboundModeReply, 'outbound mode')
    const mappings = await ask.part(ENDPOINTS.outboundMappings, replies.outboundMappingsReply, 'outbound rules')
    const oneToOne = await ask.part(ENDPOINTS.oneToOne, replies.oneToOneReply, 'one-to-one rules')
    ask.failWhenAllMissing([forwards, mode, mappings, oneToOne])
    const names = await ask.interfaceNames()
    return {
      outboundMode: mode === null ? null : toOutboundMode(mode.mode),
      items: [...toPortForwards(forwards ?? [], names), ...toOutbound(mappings ?? [], names), ...toOneToOne(oneToOne ?? [], names)],
      notReported: ask.gaps(
        { part: 'automatic outbound rules', reason: 'The v1 API lists the configured mappings only.' },
        { part: 'prefix translation', reason: 'The v1 API has no endpoint for NPt.' },
      ),
    }
  },
  async carp(ask) {
    const reply = await ask.main(ENDPOINTS.carp, replies.carpReply)
    return { ...toCarp(reply), notReported: ask.gaps({ part: 'demotion', reason: 'The v1 API does not report the demotion counter.' }) }
  },
  async vpn(ask) {
    const ipsec = await ask.part(ENDPOINTS.ipsec, replies.ipsecReply, 'IPsec')
    const openvpn = await ask.part(ENDPOINTS.openvpn, replies.openvpnReply, 'OpenVPN')
    ask.failWhenAllMissing([ipsec, openvpn])
    return {
      items: [...(ipsec === null ? [] : toIpsec(ipsec, ask.now())), ...(openvpn === null ? [] : toOpenvpn(openvpn))],
      notReported: ask.gaps(
        { part: 'IPsec tunnels that are down', reason: 'The v1 API lists only tunnels that are connected or connecting.' },
        { part: 'WireGuard', reason: 'The v1 API has no endpoint for WireGuard.' },
      ),
    }
  },
  async posture(ask) {
    const api = await ask.main(ENDPOINTS.api, replies.apiReply)
    await ask.memory.set(MEMORY.readOnly, api.readonly ? 'yes' : 'no')
    // Asks a public list of releases, so it may be slow without internet.
    const apiVersion = await ask.part(ENDPOINTS.apiVersion, replies.apiVersionReply, 'API package version', 'firewall-timed-out')
    if (apiVersion !== null && apiVersion.current_version !== '') await ask.memory.set(MEMORY.apiVersion, withoutV(apiVersion.current_version))
    const version = await ask.part(ENDPOINTS.version, replies.versionReply, 'base version')
    const { gaps, ...posture } = toPosture({ api, apiVersion, base: version === null || version.base === '' ? null : version.base })
    return { ...posture, notReported: ask.gaps(...gaps) }
  },
}

/** What stands beside the verdict. The list of packages needs the repositories, so it may be slow or missing. */
export async function firmwareParts(ask: Asker): Promise<Pick<Parameters<typeof toFirmware>[0], 'version' | 'packages'>> {
  const version = await ask.part(ENDPOINTS.version, replies.versionReply, 'version')
  return { version, packages: await ask.part(ENDPOINTS.packages, replies.packagesReply, 'packages', 'firewall-timed-out') }
}
