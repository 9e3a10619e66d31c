// The closed tables of what the fleet-wide lists can be asked for. Browser-safe: the filter bar completes from them, the
// route parses with them, and lib/db/query-sql.ts turns each into one SQL expression.
import { FAMILIES, FIRMWARE_STATES, RULE_LAYERS } from '@/lib/adapters/words'
import { FINDING_NAMES } from '@/lib/overview/findings'

export const LISTS = ['firewalls', 'rules', 'aliases', 'arp', 'leases'] as const
export type ListName = (typeof LISTS)[number]
/** What a firewall is in its high-availability pair, over all of its shared addresses. */
export const HA_ROLES = ['master', 'backup', 'mixed'] as const

/** Columns beside the item; lib/db/query-sql.ts has the expression of each. */
export type ColumnName =
  | ('firewallId' | 'firewallName' | 'hostname' | 'baseUrl' | 'family' | 'state' | 'stateReason' | 'version' | 'tags' | 'timeZone' | 'plainHttp' | 'createdAt' | 'visitedAt')
  | ('customerId' | 'customerName' | 'siteId' | 'siteName' | 'stateSince' | 'findings')
  | ('gatewaysUp' | 'gatewaysTotal' | 'gatewaysDown' | 'gatewaysDegraded' | 'tunnelsUp' | 'tunnelsDown' | 'haRole' | 'haPeerId' | 'haPeerName' | 'bootedAt')
  | ('clockOffsetSeconds' | 'certificateEndsAt' | 'latencyMs' | 'cpuPercent' | 'memoryPercent' | 'diskPercent' | 'statesPercent')
  | ('firmwareState' | 'offeredVersion' | 'majorVersion' | 'packageCount' | 'downloadBytes' | 'rebootRequired' | 'firmwareCheckedAt')
  | ('firstSeenAt' | 'changedAt')

/**
 * text: any text · word: one of `words` · texts: a list of texts · number · boolean · instant: a time, to the second ·
 * address: a text that is compared as an IP address by lt, lte, gt and gte · id: a uuid
 */
export type FieldType = 'text' | 'word' | 'texts' | 'number' | 'boolean' | 'instant' | 'address' | 'id'
export type Field = {
  /** As the JSON of the list shows it, nested names joined by two underscores. */
  name: string
  type: FieldType
  /** Where it is: a path in the item, or a column. */
  at: { path: readonly string[] } | { column: ColumnName }
  /** Every value that a `word` can have. */
  words: readonly string[]
  /** Which filters an index serves: all of them, those that look for whole values, or parts of texts and ranges too. */
  parts: boolean
  ranges: boolean
}

type More = Partial<Pick<Field, 'words' | 'parts' | 'ranges'>>
const item = (name: string, type: FieldType, more: More = {}): Field => ({ name, type, at: { path: name.split('__') }, words: [], parts: false, ranges: false, ...more })
/** The tables beside the items are small, so every filter on them counts as served. */
const column = (name: string, type: FieldType, at: ColumnName, words: readonly string[] = []): Field => ({ name, type, at: { column: at }, words, parts: true, ranges: true })
const word = (name: string, words: readonly string[]): Field => item(name, 'word', { words })
/** A text whose parts are found by an index. */
const found = (name: string, type: FieldType = 'text', more: More = {}): Field => item(name, type, { parts: true, ...more })

const OF_FIREWALL = [
  column('firewall__id', 'id', 'firewallId'),
  column('firewall__name', 'text', 'firewallName'),
  column('firewall__hostname', 'text', 'hostname'),
  column('firewall__family', 'word', 'family', FAMILIES),
  column('firewall__state', 'text', 'state'),
  column('firewall__version', 'text', 'version'),
  column('firewall__tags', 'texts', 'tags'),
  column('customer__id', 'id', 'customerId'),
  column('customer__name', 'text', 'customerName'),
  column('site__id', 'id', 'siteId'),
  column('site__name', 'text', 'siteName'),
]
/** Short names for what is asked for most, on every list. */
const SHORT = [column('family', 'word', 'family', FAMILIES), column('version', 'text', 'version'), column('tag', 'texts', 'tags')]
const SEEN = [column('firstSeenAt', 'instant', 'firstSeenAt'), column('changedAt', 'instant', 'changedAt')]

const endpoint = (side: 'source' | 'destination'): Field[] => [
  item(`${side}__not`, 'boolean'),
  found(`${side}__address`, 'address', { ranges: true }),
  word(`${side}__kind`, ['any', 'address', 'alias', 'interface-network', 'interface-address', 'self']),
  found(`${side}__port`, 'text', { ranges: true }),
]

const FIELDS: Record<ListName, readonly Field[]> = {
  firewalls: [
    column('id', 'id', 'firewallId'),
    column('name', 'text', 'firewallName'),
    column('hostname', 'text', 'hostname'),
    column('baseUrl', 'text', 'baseUrl'),
    column('plainHttp', 'boolean', 'plainHttp'),
    column('state', 'text', 'state'),
    column('stateReason', 'text', 'stateReason'),
    column('stateSince', 'instant', 'stateSince'),
    column('findings', 'texts', 'findings', FINDING_NAMES),
    column('tags', 'texts', 'tags'),
    column('timeZone', 'text', 'timeZone'),
    column('firmware__state', 'word', 'firmwareState', FIRMWARE_STATES),
    column('firmware__offeredVersion', 'text', 'offeredVersion'),
    column('firmware__majorVersion', 'text', 'majorVersion'),
    column('firmware__packageCount', 'number', 'packageCount'),
    column('firmware__downloadBytes', 'number', 'downloadBytes'),
    column('firmware__rebootRequired', 'boolean', 'rebootRequired'),
    column('firmware__checkedAt', 'instant', 'firmwareCheckedAt'),
    column('gatewaysUp', 'number', 'gatewaysUp'),
    column('gatewaysTotal', 'number', 'gatewaysTotal'),
    column('gatewaysDown', 'number', 'gatewaysDown'),
    column('gatewaysDegraded', 'number', 'gatewaysDegraded'),
    column('tunnelsUp', 'number', 'tunnelsUp'),
    column('tunnelsDown', 'number', 'tunnelsDown'),
    column('haRole', 'word', 'haRole', HA_ROLES),
    column('haPeer__id', 'id', 'haPeerId'),
    column('haPeer__name', 'text', 'haPeerName'),
    column('clockOffsetSeconds', 'number', 'clockOffsetSeconds'),
    column('certificateEndsAt', 'instant', 'certificateEndsAt'),
    column('bootedAt', 'instant', 'bootedAt'),
    column('latencyMs', 'number', 'latencyMs'),
    column('cpuPercent', 'number', 'cpuPercent'),
    column('memoryPercent', 'number', 'memoryPercent'),
    column('diskPercent', 'number', 'diskPercent'),
    column('statesPercent', 'number', 'statesPercent'),
    column('createdAt', 'instant', 'createdAt'),
    column('visitedAt', 'instant', 'visitedAt'),
    ...OF_FIREWALL,
    ...SHORT,
  ],
  rules: [
    found('id'),
    word('layer', RULE_LAYERS),
    found('layerName'),
    item('position', 'number', { ranges: true }),
    item('enabled', 'boolean'),
    word('action', ['pass', 'block', 'reject', 'match', 'unknown']),
    item('quick', 'boolean'),
    found('interfaces', 'texts'),
    word('direction', ['in', 'out', 'any']),
    word('ipVersion', ['4', '6', '4+6']),
    found('protocol'),
    found('icmpTypes'),
    ...endpoint('source'),
    ...endpoint('destination'),
    found('gateway'),
    found('schedule'),
    item('log', 'boolean'),
    found('stateType'),
    found('description'),
    found('categories', 'texts'),
    item('createdAt', 'instant'),
    found('createdBy'),
    item('updatedAt', 'instant'),
    found('updatedBy'),
    ...SEEN,
    ...OF_FIREWALL,
    ...SHORT,
  ],
  aliases: [found('id'), found('name'), found('type'), found('description'), item('enabled', 'boolean'), item('builtIn', 'boolean'), found('content', 'texts'), found('remarks', 'texts'), ...SEEN, ...OF_FIREWALL, ...SHORT],
  arp: [
    word('protocol', ['arp', 'ndp']),
    found('ip', 'address', { ranges: true }),
    found('mac'),
    found('interface'),
    found('device'),
    found('hostname'),
    found('manufacturer'),
    ...SEEN,
    ...OF_FIREWALL,
    ...SHORT,
  ],
  leases: [found('ip', 'address', { ranges: true }), found('mac'), found('hostname'), found('description'), found('interface'), word('state', ['active', 'expired', 'reserved', 'unknown']), found('server'), ...SEEN, ...OF_FIREWALL, ...SHORT],
}

/** What a list can be asked for. */
export const fieldsOf = (list: ListName): readonly Field[] => FIELDS[list]
