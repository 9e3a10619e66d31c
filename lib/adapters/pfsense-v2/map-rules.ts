// Rules in their layers, and aliases. Pure.
import type { z } from 'zod'
import type { Alias, Gap, Listing, Rule } from '@/lib/adapters/model'
import { toEndpoint, toIpVersion } from './map-endpoint'
import type { InterfaceNames } from './map-interface-names'
import { toInstant, uniqueIds } from './map-values'
import type { aliasesReply, interfaceGroupsReply, rulesReply } from './replies'

type WireRule = z.output<typeof rulesReply>[number]

const NOT_LISTED: readonly Gap[] = [
  { part: 'automatic rules', reason: 'This API lists the configured rules only; the firewall adds its own around them.' },
  { part: 'hit counters', reason: 'This API has no counters for rules.' },
]

/** The API mixes floating rules in as stored; each layer keeps that order, which is the order of evaluation in it. */
export function toRules(
  rows: readonly WireRule[],
  groups: z.output<typeof interfaceGroupsReply> | null,
  names: InterfaceNames,
  notReported: readonly Gap[],
): Listing<Rule> {
  const groupNames = new Set((groups ?? []).flatMap((group) => group.ifname ?? []))
  // OpenVPN has a tab of its own, which the firewall asks like a group, before the single interfaces.
  const isGroup = (name: string): boolean => groupNames.has(name) || name === 'openvpn'
  const unique = uniqueIds()
  const places = new Map<string, number>()
  const items = rows.map((row): Rule => {
    const [layer, layerName] = toLayer(row, names, isGroup)
    const place = (places.get(`${layer} ${layerName}`) ?? 0) + 1
    places.set(`${layer} ${layerName}`, place)
    // The tracker is the time of creation: two rules of one second share it (contract section 7).
    const id = unique(row.tracker ?? 'without-tracker')
    return { ...toRule(row, names, isGroup), id, layer, layerName, position: place }
  })
  return { items, notReported: [...notReported, ...NOT_LISTED] }
}

function toLayer(row: WireRule, names: InterfaceNames, isGroup: (name: string) => boolean): [Rule['layer'], string] {
  if (row.floating === true) return ['floating', '']
  const [first = ''] = row.interface
  if (!names.isInterface(first) && isGroup(first)) return ['group', names.describe(first)]
  return ['interface', names.describe(first)]
}

const ACTIONS = new Map<string, Rule['action']>([
  ['pass', 'pass'],
  ['block', 'block'],
  ['reject', 'reject'],
  ['match', 'match'],
])

function toAction(row: WireRule): Rule['action'] {
  // The rule that goes with a port forward has no type of its own and lets through (contract section 7).
  if (row.type === null) return row.associated_rule_id === null ? 'unknown' : 'pass'
  return ACTIONS.get(row.type) ?? 'unknown'
}

function toRule(row: WireRule, names: InterfaceNames, isGroup: (name: string) => boolean): Omit<Rule, 'id' | 'layer' | 'layerName' | 'position'> {
  const floating = row.floating === true
  return {
    enabled: row.disabled !== true,
    action: toAction(row),
    // Told for floating rules only; every other rule ends the search.
    quick: floating ? row.quick : true,
    interfaces: row.interface.filter((name) => name !== 'any' && name !== '').map((name) => names.describe(name)),
    direction: floating ? toDirection(row.direction) : 'in',
    ipVersion: toIpVersion(row.ipprotocol),
    protocol: row.protocol?.toLowerCase() ?? 'any',
    icmpTypes: row.icmptype.length === 0 ? null : row.icmptype.join(', '),
    source: toEndpoint(row.source, row.source_port, names, isGroup),
    destination: toEndpoint(row.destination, row.destination_port, names, isGroup),
    gateway: row.gateway,
    schedule: row.sched,
    log: row.log,
    stateType: row.statetype,
    description: row.descr ?? '',
    categories: [],
    // Without a stored entry the time reads as *now*; then nobody is named either (contract section 7, quirks).
    createdAt: row.created_by === null ? null : toInstant(row.created_time),
    createdBy: row.created_by,
    updatedAt: row.updated_by === null ? null : toInstant(row.updated_time),
    updatedBy: row.updated_by,
    evaluations: null,
    packets: null,
    bytes: null,
    states: null,
  }
}

const toDirection = (value: string | null): Rule['direction'] => (value === 'in' || value === 'out' ? value : 'any')

export function toAliases(rows: z.output<typeof aliasesReply>): Listing<Alias> {
  const items = rows.flatMap((row): Alias[] => {
    if (row.name === null) return []
    const content = row.address
      .flatMap((entry) => entry.split(/\s+/))
      .filter((entry) => entry !== '')
      .map(withoutLogin)
    return [
      {
        id: row.name,
        name: row.name,
        type: row.type ?? 'unknown',
        description: row.descr ?? '',
        enabled: null,
        builtIn: false,
        content,
        remarks: content.map((_, index) => row.detail[index] ?? ''),
        liveEntryCount: null,
        updatedText: null,
      },
    ]
  })
  const live = { part: 'live entries', reason: 'Palisade does not ask this firewall for its live tables, which can be very large.' }
  return { items, notReported: [live] }
}

/** A list behind a URL may need a login, in front of the host or in the query: neither is kept. */
export function withoutLogin(entry: string): string {
  return entry.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1').replace(/([?&](?:[^=&]*(?:key|token|pass|secret|auth|pwd)[^=&]*)=)[^&#]*/gi, '$1…')
}
