import type { z } from 'zod'
import type { Alias, NatRule } from '@/lib/adapters/model'
import { interfaceNames, toEndpoint, toIpVersion, toProtocol, type InterfaceLabels } from './map-endpoint'
import { orNull, unescapeHtml, withoutUrlSecrets } from './map-text'
import type { aliasRow, destinationNatRow, FieldNote, oneToOneRow, prefixRow, sourceNatRow } from './read-rule-replies'

const NO_LABELS: InterfaceLabels = new Map()
const NOT_TRANSLATED = 'not translated'

const isSystemMade = (row: { is_automatic: boolean | null; uuid: string }): boolean => row.is_automatic === true || !isUuid(row.uuid)
const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** What a translation target is called: `WAN address` for `wanip`, else as written. */
function toTarget(value: string, label: string, notes: readonly FieldNote[]): string | null {
  const note = notes.find((entry) => entry.value === value && entry.isAlias !== true)
  return orNull(unescapeHtml(label || (note?.['%value'] ?? '')) || value)
}

export function toOutboundRule(row: z.infer<typeof sourceNatRow>): NatRule {
  return {
    id: row.uuid,
    kind: 'outbound',
    enabled: row.enabled === true,
    automatic: isSystemMade(row),
    interfaces: interfaceNames(row.interface, row['%interface'], NO_LABELS),
    ipVersion: toIpVersion(row.ipprotocol),
    protocol: toProtocol(row.protocol),
    source: toEndpoint(
      { value: row.source_net, label: row['%source_net'], isNot: row.source_not, port: row.source_port, notes: row.alias_meta_source_net, aliasFlags: [] },
      NO_LABELS,
    ),
    destination: toEndpoint(
      {
        value: row.destination_net,
        label: row['%destination_net'],
        isNot: row.destination_not,
        port: row.destination_port,
        notes: row.alias_meta_destination_net,
        aliasFlags: [],
      },
      NO_LABELS,
    ),
    target: row.nonat === true ? NOT_TRANSLATED : toTarget(row.target, row['%target'], row.alias_meta_target),
    targetPort: orNull(row.target_port),
    description: row.description,
  }
}

/** Another model than the rest: dotted keys, `descr`, and `disabled` instead of enabled (section 8). */
export function toPortForward(row: z.infer<typeof destinationNatRow>): NatRule {
  const source = {
    value: row['source.network'] || row['source.address'],
    label: '',
    isNot: row['source.not'],
    port: row['source.port'],
    notes: row['alias_meta_source.network'],
    aliasFlags: [],
  }
  const destination = {
    value: row['destination.network'] || row['destination.address'],
    label: '',
    isNot: row['destination.not'],
    port: row['destination.port'],
    notes: row['alias_meta_destination.network'],
    aliasFlags: [],
  }
  return {
    id: row.uuid,
    kind: 'port-forward',
    enabled: row.disabled !== true,
    automatic: isSystemMade(row),
    interfaces: interfaceNames(row.interface, row['%interface'], NO_LABELS),
    ipVersion: toIpVersion(row.ipprotocol),
    protocol: toProtocol(row.protocol),
    source: toEndpoint(source, NO_LABELS),
    destination: toEndpoint(destination, NO_LABELS),
    target: row.nordr === true ? NOT_TRANSLATED : toTarget(row.target, '', row.alias_meta_target),
    targetPort: orNull(row['local-port']),
    description: row.descr,
  }
}

export function toOneToOneRule(row: z.infer<typeof oneToOneRow>): NatRule {
  return {
    id: row.uuid,
    kind: 'one-to-one',
    enabled: row.enabled === true,
    automatic: isSystemMade(row),
    interfaces: interfaceNames(row.interface, row['%interface'], NO_LABELS),
    ipVersion: row.external.includes(':') ? '6' : '4',
    protocol: 'any',
    source: toEndpoint(
      { value: row.source_net, label: row['%source_net'], isNot: row.source_not, port: '', notes: row.alias_meta_source_net, aliasFlags: [] },
      NO_LABELS,
    ),
    destination: toEndpoint(
      {
        value: row.destination_net,
        label: row['%destination_net'],
        isNot: row.destination_not,
        port: '',
        notes: row.alias_meta_destination_net,
        aliasFlags: [],
      },
      NO_LABELS,
    ),
    target: orNull(row.external),
    targetPort: null,
    description: row.description,
  }
}

/** The inside prefix is translated to the outside one. */
export function toPrefixRule(row: z.infer<typeof prefixRow>): NatRule {
  return {
    id: row.uuid,
    kind: 'prefix-translation',
    enabled: row.enabled === true,
    automatic: isSystemMade(row),
    interfaces: interfaceNames(row.interface, row['%interface'], NO_LABELS),
    ipVersion: '6',
    protocol: 'any',
    source: toEndpoint({ value: row.source_net, label: '', isNot: false, port: '', notes: [], aliasFlags: [] }, NO_LABELS),
    destination: { not: false, address: 'any', kind: 'any', port: null },
    target: orNull(row.destination_net),
    targetPort: null,
    description: row.description,
  }
}

/** Up to 25.1 the listing carries the English label in place of the type (section 1.5). */
const TYPES_BY_LABEL: ReadonlyMap<string, string> = new Map([
  ['Host(s)', 'host'],
  ['Network(s)', 'network'],
  ['Port(s)', 'port'],
  ['URL (IPs)', 'url'],
  ['URL Table (IPs)', 'urltable'],
  ['URL Table in JSON format (IPs)', 'urljson'],
  ['GeoIP', 'geoip'],
  ['Network group', 'networkgroup'],
  ['MAC address', 'mac'],
  ['BGP ASN', 'asn'],
  ['Dynamic IPv6 Host', 'dynipv6host'],
  ['OpenVPN group', 'authgroup'],
  ['Internal (automatic)', 'internal'],
  ['External (advanced)', 'external'],
])

/** Built-in aliases have a name in place of a uuid (section 7). User and password of a URL alias are not in our model. */
export function toAlias(row: z.infer<typeof aliasRow>): Alias {
  return {
    id: row.uuid,
    name: row.name,
    type: TYPES_BY_LABEL.get(row.type) ?? row.type,
    description: row.description,
    enabled: row.enabled,
    builtIn: !isUuid(row.uuid),
    content: row.content.map(withoutUrlSecrets),
    remarks: null,
    liveEntryCount: row.current_items,
    updatedText: orNull(row.last_updated),
  }
}
