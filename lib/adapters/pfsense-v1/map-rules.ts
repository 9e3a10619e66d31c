// Rules in their layers and NAT. v1 lists what stands in config.xml; rules that pfSense adds by itself are not in it.
import { isIP } from 'node:net'
import type { Rule, RuleEndpoint } from '@/lib/adapters/model'
import { contentIds, nth } from './map-identity'
import type { InterfaceNames } from './map-neighbours'
import { epochToIso, orNull } from './map-system'
import type { RuleEnd, RuleRow } from './replies'

const ACTIONS: Record<string, Rule['action']> = { pass: 'pass', block: 'block', reject: 'reject', match: 'match' }
/** Real interfaces; any other name is a group, the OpenVPN, WireGuard and user-made ones alike (they are asked before interfaces). */
const INTERFACE_ID = /^(wan|lan|opt\d+|enc0|l2tp|pppoe)$/
const KNOWN_NAMES: Record<string, string> = { enc0: 'IPsec', openvpn: 'OpenVPN', wireguard: 'WireGuard', l2tp: 'L2TP VPN', pppoe: 'PPPoE Server' }

export function interfaceName(id: string, names: InterfaceNames): string {
  const known = names.get(id) ?? KNOWN_NAMES[id.toLowerCase()]
  if (known !== undefined) return known
  return INTERFACE_ID.test(id) ? id.toUpperCase() : id
}

/** In the order the firewall asks: floating, groups, interfaces; within a layer as configured. */
export function toRules(rows: readonly RuleRow[], names: InterfaceNames): Rule[] {
  const ids = ruleIds(rows)
  const placed = rows.map((row, index) => ({ row, id: ids[index] ?? '', ...layerOf(row, names) }))
  const order = [...new Set([...names.values(), ...placed.map(({ layerName }) => layerName)])]
  const sorted = placed
    .map((entry, index) => ({ ...entry, index }))
    .sort((a, b) => LAYER_ORDER[a.layer] - LAYER_ORDER[b.layer] || order.indexOf(a.layerName) - order.indexOf(b.layerName) || a.index - b.index)
  const positions = new Map<string, number>()
  return sorted.map(({ row, id, layer, layerName }) => {
    const key = `${layer} ${layerName}`
    const position = (positions.get(key) ?? 0) + 1
    positions.set(key, position)
    return { ...toRule(row, names), id, layer, layerName, position }
  })
}

type UserLayer = 'floating' | 'group' | 'interface'
const LAYER_ORDER: Record<UserLayer, number> = { floating: 0, group: 1, interface: 2 }

function layerOf(row: RuleRow, names: InterfaceNames): { layer: UserLayer; layerName: string } {
  if (row.floating) return { layer: 'floating', layerName: '' }
  return { layer: INTERFACE_ID.test(row.interface) ? 'interface' : 'group', layerName: interfaceName(row.interface, names) }
}

/** The tracker is stable, the stored `id` is an unrelated empty text (contract section 6). */
function ruleIds(rows: readonly RuleRow[]): string[] {
  const byContent = contentIds(rows, 'rule')
  const seen = new Map<string, number>()
  return rows.map((row, index) => (row.tracker === '' ? (byContent[index] ?? '') : nth(row.tracker, seen)))
}

function toRule(row: RuleRow, names: InterfaceNames): Omit<Rule, 'id' | 'layer' | 'layerName' | 'position'> {
  return {
    enabled: !row.disabled,
    // pfSense passes what has no type: so come the rules that belong to a port forward.
    action: row.type === '' ? 'pass' : (ACTIONS[row.type] ?? 'unknown'),
    quick: row.floating ? row.quick : true,
    interfaces: interfacesOf(row.interface, names),
    direction: row.floating ? directionOf(row.direction) : 'in',
    ipVersion: ipVersionOf(row.ipprotocol),
    protocol: row.protocol.toLowerCase() || 'any',
    icmpTypes: orNull(row.icmptype),
    source: toEndpoint(row.source, names),
    destination: toEndpoint(row.destination, names),
    gateway: orNull(row.gateway),
    schedule: orNull(row.sched),
    log: row.log,
    stateType: orNull(row.statetype),
    description: row.descr,
    categories: [],
    createdAt: epochToIso(row.created.time),
    createdBy: orNull(row.created.username),
    updatedAt: epochToIso(row.updated.time),
    updatedBy: orNull(row.updated.username),
    evaluations: null,
    packets: null,
    bytes: null,
    states: null,
  }
}

const directionOf = (text: string): Rule['direction'] => (text === 'in' || text === 'out' ? text : 'any')
export const ipVersionOf = (text: string): Rule['ipVersion'] => (text === 'inet6' ? '6' : text === 'inet46' ? '4+6' : '4')
/** `wan` or `wan,opt1`; none or `any` is any interface. */
export const interfacesOf = (text: string, names: InterfaceNames): string[] =>
  text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '' && id !== 'any')
    .map((id) => interfaceName(id, names))

const isAddress = (text: string): boolean => isIP(text.split('/')[0] ?? '') !== 0 || /^[\d.]+-[\d.]+$/.test(text)

/** `{any}`, `{network: lan | lanip | (self) | 10.0.0.0/8}` or `{address: 10.0.0.1 | Alias}`, each with `port` and `not`. */
export function toEndpoint(end: RuleEnd, names: InterfaceNames, port: string = end.port): RuleEndpoint {
  const base = { not: end.not, port: port === '' || port === 'any' ? null : port }
  const { network, address } = end
  if (address !== '') return { ...base, address, kind: isAddress(address) ? 'address' : 'alias' }
  if (network === '' || network === 'any') return { ...base, address: 'any', kind: 'any' }
  if (network === '(self)') return { ...base, address: 'this firewall', kind: 'self' }
  if (isAddress(network)) return { ...base, address: network, kind: 'address' }
  if (network === 'l2tp' || network === 'pppoe') return { ...base, address: network === 'l2tp' ? 'L2TP clients' : 'PPPoE clients', kind: 'interface-network' }
  const own = network.endsWith('ip') ? network.slice(0, -2) : null
  if (own !== null && (INTERFACE_ID.test(own) || names.has(own))) return { ...base, address: `${interfaceName(own, names)} address`, kind: 'interface-address' }
  return { ...base, address: `${interfaceName(network, names)} net`, kind: 'interface-network' }
}
