// The view of the fleet as it stands in the address. Pure, so that it can be tested.
import { FIRMWARE_STATES, family as familySchema } from '@/lib/adapters/model'
import { FIREWALL_SORTS } from '@/lib/firewalls/input'
import { FIREWALL_STATES, STATE_RULES } from '@/lib/firewalls/states'
import type { FleetFilter } from '@/lib/queries/firewalls'
import { FIREWALL_LOOKS, FIRMWARE_LOOKS } from './state-word'

/** Names as in the address; what the API calls them is in `toQuery`. */
export const FLEET_CONDITIONS = ['search', 'customer', 'family', 'state', 'firmware', 'tag'] as const
export type FleetCondition = (typeof FLEET_CONDITIONS)[number]
export type FleetView = Record<FleetCondition, string> & { sort: string }

export const DEFAULT_SORT = 'state'
const isSort = (text: string): boolean => FIREWALL_SORTS.some((sort) => text === sort || text === `-${sort}`)
const known = (list: readonly string[]) => (text: string) =>
  text
    .split(',')
    .filter((item) => list.includes(item))
    .join(',')

/** Reads an address; what is not understood counts as not said, so that an old link still opens. */
export function readView(params: { get: (name: string) => string | null }): FleetView {
  const text = (name: string): string => params.get(name)?.trim() ?? ''
  const sort = text('sort')
  return {
    // As typed: a blank at the end is the beginning of the next word.
    search: params.get('search') ?? '',
    customer: /^[0-9a-f-]{36}$/i.test(text('customer')) ? text('customer') : '',
    family: familySchema.safeParse(text('family')).data ?? '',
    state: known(FIREWALL_STATES)(text('state')),
    firmware: known(FIRMWARE_STATES)(text('firmware')),
    tag: text('tag'),
    sort: isSort(sort) ? sort : DEFAULT_SORT,
  }
}

/** Writes an address; what is as usual is left out. */
export function writeView(view: FleetView): string {
  const pairs = [...FLEET_CONDITIONS.map((name) => [name, view[name]]), ['sort', view.sort === DEFAULT_SORT ? '' : view.sort]].filter(
    ([, value]) => value !== '',
  )
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

/** What the API is asked for. */
export function toQuery(view: FleetView): FleetFilter {
  const family = familySchema.safeParse(view.family).data
  return {
    ...(view.search.trim() !== '' && { search: view.search.trim() }),
    ...(view.customer !== '' && { customerId: view.customer }),
    ...(family && { family }),
    ...(view.state !== '' && { state: view.state }),
    ...(view.firmware !== '' && { firmware: view.firmware }),
    ...(view.tag !== '' && { tag: view.tag }),
    sort: view.sort,
  }
}

export const activeConditions = (view: FleetView): FleetCondition[] => FLEET_CONDITIONS.filter((name) => view[name] !== '')

const waits = FIREWALL_STATES.filter((state) => FIREWALL_LOOKS[state].role === 'you')
const needsSomeone = FIREWALL_STATES.filter((state) => ['you', 'bad', 'warn'].includes(FIREWALL_LOOKS[state].role))

type Choice = { value: string; label: string }
/** Worst first, as in the list. */
export const STATE_CHOICES: readonly Choice[] = [
  { value: needsSomeone.join(','), label: 'Needs someone' },
  { value: waits.join(','), label: 'Waits for a person' },
  ...[...FIREWALL_STATES].sort((a, b) => STATE_RULES[a].rank - STATE_RULES[b].rank).map((state) => ({ value: state, label: FIREWALL_LOOKS[state].word })),
]
export const FIRMWARE_CHOICES: readonly Choice[] = [
  { value: 'offered,major-offered', label: 'Any update offered' },
  ...FIRMWARE_STATES.map((state) => ({ value: state, label: FIRMWARE_LOOKS[state].word })),
]
