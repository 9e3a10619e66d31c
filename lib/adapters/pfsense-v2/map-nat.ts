// Translations: port forwards, outbound, one to one. Pure.
import type { z } from 'zod'
import type { Gap, Nat, NatRule } from '@/lib/adapters/model'
import { toEndpoint, toIpVersion, toTarget } from './map-endpoint'
import type { InterfaceNames } from './map-interface-names'
import { uniqueIds } from './map-values'
import type { oneToOneMappingsReply, outboundMappingsReply, outboundModeReply, portForwardsReply } from './replies'

export type NatParts = {
  portForwards: z.output<typeof portForwardsReply>
  outbound: z.output<typeof outboundMappingsReply> | null
  mode: z.output<typeof outboundModeReply> | null
  oneToOne: z.output<typeof oneToOneMappingsReply> | null
}
/** `advanced` is what the firewall's pages call manual. */
const MODES = new Map<string, NonNullable<Nat['outboundMode']>>([
  ['automatic', 'automatic'],
  ['hybrid', 'hybrid'],
  ['advanced', 'manual'],
  ['disabled', 'disabled'],
])
const UNTRANSLATED = 'not translated'

export function toNat({ portForwards, outbound, mode, oneToOne }: NatParts, names: InterfaceNames, notReported: readonly Gap[]): Nat {
  const unique = uniqueIds()
  const outboundMode = MODES.get(mode?.mode ?? '') ?? null
  const items = [
    ...portForwards.map((row) => toPortForward(row, names)),
    ...(oneToOne ?? []).map((row) => toOneToOne(row, names)),
    ...(outbound ?? []).map((row) => toOutbound(row, names)),
  ].map((item) => ({ ...item, id: unique(item.id) }))
  const gaps = [...notReported, { part: 'prefix translation', reason: 'This API does not list IPv6 prefix translations.' }]
  if (outboundMode === 'automatic' || outboundMode === 'hybrid')
    gaps.push({ part: 'automatic outbound rules', reason: 'This API lists the configured outbound rules only; the firewall makes the automatic ones itself.' })
  return { outboundMode, items, notReported: gaps }
}

const interfaceList = (value: string | null, names: InterfaceNames): string[] => (value === null || value === 'any' ? [] : [names.describe(value)])
/** No uuid exists here and the index shifts: the content is the identity, or the moment of creation where it is told. */
const contentId = (kind: string, parts: readonly (string | number | null)[]): string => [kind, ...parts.map((part) => part ?? '')].join(':')

function toPortForward(row: NatParts['portForwards'][number], names: InterfaceNames): NatRule {
  const id =
    row.created_time === null
      ? contentId('port-forward', [row.interface, row.destination, row.destination_port, row.target, row.local_port])
      : contentId('port-forward', [row.created_time])
  return {
    id,
    kind: 'port-forward',
    enabled: row.disabled !== true,
    automatic: false,
    interfaces: interfaceList(row.interface, names),
    ipVersion: toIpVersion(row.ipprotocol),
    protocol: row.protocol?.toLowerCase() ?? 'any',
    source: toEndpoint(row.source, row.source_port, names),
    destination: toEndpoint(row.destination, row.destination_port, names),
    target: row.nordr === true ? UNTRANSLATED : toTarget(row.target, names),
    targetPort: row.nordr === true ? null : row.local_port,
    description: row.descr ?? '',
  }
}

function toOneToOne(row: NonNullable<NatParts['oneToOne']>[number], names: InterfaceNames): NatRule {
  return {
    id: contentId('one-to-one', [row.interface, row.external, row.source, row.destination]),
    kind: 'one-to-one',
    enabled: row.disabled !== true,
    automatic: false,
    interfaces: interfaceList(row.interface, names),
    ipVersion: toIpVersion(row.ipprotocol),
    protocol: 'any',
    source: toEndpoint(row.source, null, names),
    destination: toEndpoint(row.destination, null, names),
    target: row.nobinat === true ? UNTRANSLATED : toTarget(row.external, names),
    targetPort: null,
    description: row.descr ?? '',
  }
}

function toOutbound(row: NonNullable<NatParts['outbound']>[number], names: InterfaceNames): NatRule {
  const source = toEndpoint(row.source, row.source_port, names)
  const destination = toEndpoint(row.destination, row.destination_port, names)
  const untranslated = row.nonat === true
  return {
    id: contentId('outbound', [row.interface, row.protocol, row.source, row.source_port, row.destination, row.destination_port, row.target, row.nat_port]),
    kind: 'outbound',
    enabled: row.disabled !== true,
    automatic: false,
    interfaces: interfaceList(row.interface, names),
    // An outbound mapping has no field for it; an address in it tells.
    ipVersion: versionOf([source.address, destination.address, row.target ?? '']),
    protocol: row.protocol?.toLowerCase() ?? 'any',
    source,
    destination,
    target: untranslated ? UNTRANSLATED : withBits(toTarget(row.target, names), row.target_subnet),
    targetPort: untranslated ? null : row.static_nat_port === true ? 'static' : row.nat_port,
    description: row.descr ?? '',
  }
}

function versionOf(addresses: readonly string[]): NatRule['ipVersion'] {
  const literal = addresses.find((address) => /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)(?:\/\d+)?$/i.test(address))
  return literal === undefined ? '4+6' : literal.includes(':') ? '6' : '4'
}

/** The prefix length counts for a literal network only. */
const withBits = (target: string | null, bits: number | null): string | null =>
  target === null || bits === null || target.includes('/') || !/^[0-9a-f:.]*[:.][0-9a-f:.]*$/i.test(target) || bits === (target.includes(':') ? 128 : 32)
    ? target
    : `${target}/${bits}`
