import type { Gap, Listing, Rule } from '@/lib/adapters/model'
import { interfaceNames, toEndpoint, toIpVersion, toProtocol, type InterfaceLabels } from './map-endpoint'
import { orNull, toInstant } from './map-text'
import type { RuleItem, RuleRow } from './read-rule-replies'

const FLOATING_GROUP = '200000'
const INTERFACE_GROUP = '400000'
const GONE_GROUP = '600000'

/**
 * All rules in the order the firewall asks: `sort_order` is `<group>.<0 own | 1 other><sequence>` (section 6.2). Rows of
 * several calls may hold the same rule.
 */
export function toRules(
  replies: readonly (readonly RuleRow[])[],
  labels: InterfaceLabels,
  categories: ReadonlyMap<string, string>,
  gaps: readonly Gap[],
): Listing<Rule> {
  const rows = mergedRows(replies).sort((a, b) => (sortKey(a.row) < sortKey(b.row) ? -1 : sortKey(a.row) > sortKey(b.row) ? 1 : 0))
  const places = new Map<string, number>()
  const items = rows.map(({ id, row }) => {
    const layer = layerOf(row)
    const interfaces = interfaceNames(row.interface, row['%interface'], labels)
    const layerName = layer === 'floating' ? '' : interfaces.join(', ')
    const place = (places.get(`${layer}/${layerName}`) ?? 0) + 1
    places.set(`${layer}/${layerName}`, place)
    return toRule({ id, row, layer, layerName, position: place, interfaces }, labels, categories)
  })
  return { items, notReported: [...gaps, ...goneGap(rows.map((entry) => entry.row))] }
}

/** One entry per rule; a second row with the same id within one reply is another rule and gets a number. */
function mergedRows(replies: readonly (readonly RuleRow[])[]): { id: string; row: RuleRow }[] {
  const merged = new Map<string, RuleRow>()
  for (const rows of replies) {
    const seen = new Map<string, number>()
    for (const row of rows) {
      const base = row.uuid || `${row.sort_order}/${row.description}`
      const nth = (seen.get(base) ?? 0) + 1
      seen.set(base, nth)
      const id = nth === 1 ? base : `${base}/${nth}`
      if (!merged.has(id)) merged.set(id, row)
    }
  }
  return [...merged].map(([id, row]) => ({ id, row }))
}

/** Rows without `sort_order` (up to 25.1.4) are placed as later versions place them. */
const sortKey = (row: RuleRow): string =>
  row.sort_order || `${row.interface.split(',').filter(Boolean).length === 1 ? INTERFACE_GROUP : FLOATING_GROUP}.0${String(row.sequence ?? 0).padStart(6, '0')}`

/** Rules that the API lists and never changes: system rules and those of the older rule pages (section 6.1). */
function layerOf(row: RuleRow): Rule['layer'] {
  if (row.is_automatic === true) return 'automatic'
  if (row.legacy === true) return 'legacy'
  const group = row.prio_group || sortKey(row).split('.')[0] || ''
  if (group === FLOATING_GROUP) return 'floating'
  return /^3\d{5}$/.test(group) ? 'group' : 'interface'
}

function goneGap(rows: readonly RuleRow[]): Gap[] {
  const count = rows.filter((row) => row.prio_group === GONE_GROUP).length
  if (count === 0) return []
  return [
    {
      part: 'Rules of missing interfaces',
      reason: `${count} ${count === 1 ? 'rule names' : 'rules name'} an interface that no longer exists; the firewall does not load ${count === 1 ? 'it' : 'them'}.`,
    },
  ]
}

const ACTIONS: ReadonlyMap<string, Rule['action']> = new Map([
  ['pass', 'pass'],
  ['block', 'block'],
  ['reject', 'reject'],
  ['match', 'match'],
])

/** Rows that are not editable carry the label as value and the value as label in 25.7 and 26.1 (recorded). */
const toAction = (row: RuleRow): Rule['action'] => ACTIONS.get(row.action.toLowerCase()) ?? ACTIONS.get(row['%action'].toLowerCase()) ?? 'unknown'

function toDirection(text: string): Rule['direction'] {
  const word = text.toLowerCase()
  return word === 'in' || word === 'out' ? word : 'any'
}

type Placed = { id: string; row: RuleRow; layer: Rule['layer']; layerName: string; position: number; interfaces: string[] }

function toRule({ id, row, layer, layerName, position, interfaces }: Placed, labels: InterfaceLabels, categories: ReadonlyMap<string, string>): Rule {
  return {
    id,
    layer,
    layerName,
    position,
    enabled: row.enabled === true,
    action: toAction(row),
    quick: row.quick,
    interfaces: row.interfacenot === true ? interfaces.map((name) => `not ${name}`) : interfaces,
    direction: toDirection(row.direction),
    ipVersion: toIpVersion(row.ipprotocol),
    protocol: toProtocol(row.protocol),
    icmpTypes: orNull([row.icmptype, row.icmp6type].filter(Boolean).join(',')),
    source: toEndpoint(
      {
        value: row.source_net,
        label: row['%source_net'],
        isNot: row.source_not,
        port: row.source_port,
        notes: row.alias_meta_source_net,
        aliasFlags: row.is_alias_source_net,
      },
      labels,
    ),
    destination: toEndpoint(
      {
        value: row.destination_net,
        label: row['%destination_net'],
        isNot: row.destination_not,
        port: row.destination_port,
        notes: row.alias_meta_destination_net,
        aliasFlags: row.is_alias_destination_net,
      },
      labels,
    ),
    gateway: orNull(row.gateway),
    schedule: orNull(row.sched),
    log: row.log,
    stateType: orNull(row.statetype),
    description: row.description,
    categories: categoryNames(row, categories),
    createdAt: toInstant(row.created?.time ?? null),
    createdBy: orNull(row.created?.username ?? ''),
    updatedAt: toInstant(row.updated?.time ?? null),
    updatedBy: orNull(row.updated?.username ?? ''),
    evaluations: row.evaluations,
    packets: row.packets,
    bytes: row.bytes,
    states: row.states,
  }
}

/** Names by the most certain source that the version has: colours with names (26.7), the list of categories, the label. */
function categoryNames(row: RuleRow, categories: ReadonlyMap<string, string>): string[] {
  if (row.category_colors.length > 0) return row.category_colors
  const ids = (row.categories || row.category)
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
  if (ids.some((id) => !categories.has(id)) && row['%categories'] !== '') return row['%categories'].split(', ')
  return ids.map((id) => categories.get(id) ?? id)
}

/** A rule read by itself, as the row that later versions list. Its option maps also name every interface (section 1.6). */
export function toRuleRow(uuid: string, item: RuleItem, empty: RuleRow): RuleRow {
  return {
    ...empty,
    uuid,
    enabled: item.enabled,
    action: item.action.value,
    quick: item.quick,
    interface: item.interface.value,
    '%interface': item.interface.labels.join(', '),
    interfacenot: item.interfacenot,
    direction: item.direction.value,
    ipprotocol: item.ipprotocol.value,
    protocol: item.protocol.value,
    icmptype: item.icmptype.value,
    source_net: item.source_net.value,
    source_not: item.source_not,
    source_port: item.source_port.value,
    destination_net: item.destination_net.value,
    destination_not: item.destination_not,
    destination_port: item.destination_port.value,
    gateway: item.gateway.value,
    sched: item.sched.value,
    log: item.log,
    statetype: item.statetype.value,
    description: item.description,
    categories: item.categories.value,
    '%categories': item.categories.labels.join(', '),
    sequence: item.sequence,
    sort_order: item.sort_order,
    prio_group: item.prio_group,
  }
}
