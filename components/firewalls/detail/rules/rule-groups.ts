import type { Rule } from '@/lib/adapters/model'
import { RULE_LAYERS } from '@/lib/adapters/words'
import { matchText } from '../match-text'

export type RuleLayer = Rule['layer']
export type RuleGroup = {
  /** Unique on the page and stable over readings: `interface:LAN`. */
  key: string
  layer: RuleLayer
  /** Interface or group; empty where the layer has none. */
  name: string
  rules: Rule[]
  /** How many there are without the filter. */
  total: number
}
export type LayerCount = { layer: RuleLayer; total: number; groups: { key: string; name: string; total: number }[] }

type LayerWord = {
  word: string
  /** Place in the order in which a packet is asked; null where it depends on the firewall's version. */
  order: number | null
  note: string
}

export const LAYER_WORDS = {
  floating: { word: 'Floating', order: 1, note: 'quick rules end the search, others are overruled by later ones' },
  group: { word: 'Groups', order: 2, note: 'for all interfaces of the group' },
  interface: { word: 'Interfaces', order: 3, note: '' },
  automatic: { word: 'Automatic', order: null, note: 'made by the firewall, cannot be edited' },
  legacy: { word: 'Legacy', order: null, note: 'old store, active, read only' },
} as const satisfies Record<RuleLayer, LayerWord>

const GROUP_WORDS = { floating: 'Floating', group: 'Group', interface: 'Interface', automatic: 'Automatic', legacy: 'Legacy' } as const satisfies Record<
  RuleLayer,
  string
>

/** `Interface LAN`, `Group INTERNAL`, `Floating`. */
export const groupTitle = (group: Pick<RuleGroup, 'layer' | 'name'>): string =>
  group.name === '' ? GROUP_WORDS[group.layer] : `${GROUP_WORDS[group.layer]} ${group.name}`

const groupKey = (rule: Rule): string => `${rule.layer}:${rule.layerName}`

/** Everything about a rule that a person may look for. */
function ruleHaystack(rule: Rule): string {
  const { source, destination } = rule
  return [
    rule.action,
    rule.enabled ? 'enabled' : 'disabled',
    rule.quick === null ? '' : rule.quick ? 'quick' : 'last',
    rule.interfaces.join(' '),
    rule.layerName,
    rule.layer,
    rule.direction,
    rule.protocol,
    endpointText(source),
    endpointText(destination),
    rule.gateway,
    rule.schedule,
    rule.description,
    rule.categories.join(' '),
    rule.updatedBy,
    rule.createdBy,
    rule.source.port,
    rule.destination.port,
    rule.id,
  ].join('\n')
}

/** `not LAN net`, `10.0.0.0/8`. */
const endpointText = ({ not, address }: { not: boolean; address: string }): string => (not ? `not ${address}` : address)

/** Rules with their searchable text, made once for each reading. */
export type IndexedRule = { rule: Rule; haystack: string }
export const indexRules = (rules: readonly Rule[]): IndexedRule[] => rules.map((rule) => ({ rule, haystack: ruleHaystack(rule) }))

/** All words must occur; an empty filter matches everything. */
export const matchRules = (indexed: readonly IndexedRule[], filter: string): Rule[] =>
  matchText(indexed, filter, ({ haystack }) => haystack).map(({ rule }) => rule)

/** Groups in the order of the layers, within a layer as the firewall lists them. Groups without a match are left out. */
export function groupRules(all: readonly Rule[], matching: readonly Rule[]): RuleGroup[] {
  const groups = new Map<string, RuleGroup>()
  for (const rule of all) {
    const key = groupKey(rule)
    const group = groups.get(key)
    if (group) group.total += 1
    else groups.set(key, { key, layer: rule.layer, name: rule.layerName, rules: [], total: 1 })
  }
  for (const rule of matching) groups.get(groupKey(rule))?.rules.push(rule)
  return [...groups.values()].filter((group) => group.rules.length > 0).sort((a, b) => RULE_LAYERS.indexOf(a.layer) - RULE_LAYERS.indexOf(b.layer))
}

/** Counts for the layer list; all five layers would be noise, only those that hold rules are shown. */
export function countLayers(groups: readonly RuleGroup[]): LayerCount[] {
  return RULE_LAYERS.map((layer) => {
    const own = groups.filter((group) => group.layer === layer)
    return { layer, total: own.reduce((sum, group) => sum + group.total, 0), groups: own.map(({ key, name, total }) => ({ key, name, total })) }
  }).filter((count) => count.total > 0)
}
