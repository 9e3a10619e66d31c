// Wire schemas of rules, aliases and address translation, sections 6 to 8.
import { z } from 'zod'
import { cleanText } from '@/lib/core/clean-text'
import { wire } from './replies'

const { anything, text, required, flag, number, lines, listOf, mapOf, isScalar } = wire

/** What an address or port field says about each of its values (26.1 and later). */
const fieldNote = z.object({ value: text, '%value': text, isAlias: flag })
export type FieldNote = z.infer<typeof fieldNote>
const change = z.object({ username: text, time: number }).nullish().catch(null)
const flags = anything.transform((value): (boolean | null)[] => (Array.isArray(value) ? value.map((item) => (typeof item === 'boolean' ? item : null)) : []))

export const ruleRow = z.object({
  uuid: text,
  enabled: flag,
  action: text,
  '%action': text,
  quick: flag,
  interface: text,
  '%interface': text,
  interfacenot: flag,
  /** '' in rows that carry labels only (up to 25.1.4). */
  direction: text,
  ipprotocol: text,
  protocol: text,
  icmptype: text,
  icmp6type: text,
  source_net: text,
  '%source_net': text,
  source_not: flag,
  source_port: text,
  destination_net: text,
  '%destination_net': text,
  destination_not: flag,
  destination_port: text,
  gateway: text,
  sched: text,
  log: flag,
  statetype: text,
  description: text,
  categories: text,
  '%categories': text,
  category: text,
  category_colors: anything.transform((value) =>
    Array.isArray(value)
      ? value.flatMap((item: unknown) =>
          typeof item === 'object' && item !== null && 'name' in item && isScalar(item.name) ? [cleanText(String(item.name))] : [],
        )
      : [],
  ),
  sequence: number,
  sort_order: text,
  prio_group: text,
  legacy: flag,
  is_automatic: flag,
  created: change,
  updated: change,
  evaluations: number,
  packets: number,
  bytes: number,
  states: number,
  alias_meta_source_net: listOf(fieldNote),
  alias_meta_destination_net: listOf(fieldNote),
  is_alias_source_net: flags,
  is_alias_destination_net: flags,
})
export type RuleRow = z.infer<typeof ruleRow>

/** `get_interface_list`: sections of items; values that begin with `__` are no interfaces (section 6.3). */
export const ruleInterfaces = mapOf(z.object({ items: listOf(z.object({ value: text, label: text, type: text })) })).transform((sections) =>
  Object.values(sections)
    .flatMap((section) => section.items)
    .filter((item) => item.value !== '' && !item.value.startsWith('__')),
)
export type RuleInterface = z.infer<typeof ruleInterfaces>[number]

export const ruleCategories = z.object({ rows: z.array(z.object({ uuid: text, name: text })) })

/** A field of `get_rule`: plain text, or a map of all options of which some are selected. */
const choice = anything.transform((value) => {
  if (isScalar(value)) return { value: cleanText(String(value)), labels: [], options: [] }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { value: '', labels: [], options: [] }
  const options = Object.entries(value).flatMap(([key, option]: [string, unknown]) =>
    typeof option === 'object' && option !== null ? [toOption(key, option)] : [],
  )
  const selected = options.filter((option) => option.isSelected)
  return { value: selected.map((option) => option.key).join(','), labels: selected.map((option) => option.label), options }
})

function toOption(key: string, option: object): { key: string; label: string; isSelected: boolean } {
  const { value, selected }: { value?: unknown; selected?: unknown } = option
  return { key: cleanText(key), label: isScalar(value) ? cleanText(String(value)) : '', isSelected: selected === 1 || selected === '1' || selected === true }
}

/** One rule of `get_rule`; `[]` for an unknown one. */
export const ruleItem = z.union([
  z
    .array(z.unknown())
    .max(0)
    .transform(() => null),
  z
    .object({
      rule: z.object({
        enabled: flag,
        action: choice,
        quick: flag,
        interface: choice,
        interfacenot: flag,
        direction: choice,
        ipprotocol: choice,
        protocol: choice,
        icmptype: choice,
        source_net: choice,
        source_not: flag,
        source_port: choice,
        destination_net: choice,
        destination_not: flag,
        destination_port: choice,
        gateway: choice,
        sched: choice,
        log: flag,
        statetype: choice,
        description: text,
        categories: choice,
        sequence: number,
        sort_order: text,
        prio_group: text,
      }),
    })
    .transform((reply) => reply.rule),
])
export type RuleItem = NonNullable<z.infer<typeof ruleItem>>

export const aliasRow = z.object({
  uuid: required,
  name: required,
  type: text,
  description: text,
  enabled: flag,
  content: lines,
  current_items: number,
  last_updated: text,
})

const translation = { uuid: text, enabled: flag, interface: text, '%interface': text, is_automatic: flag, sort_order: text }
export const sourceNatRow = z.object({
  ...translation,
  nonat: flag,
  ipprotocol: text,
  protocol: text,
  source_net: text,
  '%source_net': text,
  source_not: flag,
  source_port: text,
  destination_net: text,
  '%destination_net': text,
  destination_not: flag,
  destination_port: text,
  target: text,
  '%target': text,
  target_port: text,
  description: text,
  alias_meta_source_net: listOf(fieldNote),
  alias_meta_destination_net: listOf(fieldNote),
  alias_meta_target: listOf(fieldNote),
})
export const sourceNatMode = z
  .object({ filter: z.object({ general: z.object({ snat_mode: choice }) }) })
  .transform((reply) => reply.filter.general.snat_mode.value)
export const destinationNatRow = z.object({
  ...translation,
  disabled: flag,
  nordr: flag,
  ipprotocol: text,
  protocol: text,
  'source.network': text,
  'source.address': text,
  'source.port': text,
  'source.not': flag,
  'destination.network': text,
  'destination.address': text,
  'destination.port': text,
  'destination.not': flag,
  target: text,
  'local-port': text,
  descr: text,
  'alias_meta_source.network': listOf(fieldNote),
  'alias_meta_destination.network': listOf(fieldNote),
  alias_meta_target: listOf(fieldNote),
})
export const oneToOneRow = z.object({
  ...translation,
  source_net: text,
  '%source_net': text,
  source_not: flag,
  destination_net: text,
  '%destination_net': text,
  destination_not: flag,
  external: text,
  description: text,
  alias_meta_source_net: listOf(fieldNote),
  alias_meta_destination_net: listOf(fieldNote),
})
export const prefixRow = z.object({ ...translation, source_net: text, destination_net: text, description: text })
