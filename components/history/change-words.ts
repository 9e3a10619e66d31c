// Changes in words. Pure.
import type { ChangeDto, FieldChange } from '@/lib/history/dto'
import { formatCount } from '@/lib/format/numbers'

/** Fields whose names people would not read well. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  'source.address': 'Source',
  'source.port': 'Source port',
  'source.not': 'Source inverted',
  'source.kind': 'Source is a',
  'destination.address': 'Destination',
  'destination.port': 'Destination port',
  'destination.not': 'Destination inverted',
  'destination.kind': 'Destination is a',
  layerName: 'Layer',
  ipVersion: 'IP version',
  icmpTypes: 'ICMP types',
  log: 'Logged',
  ip: 'Address',
  mac: 'MAC',
  mtuBytes: 'MTU',
  vlanTag: 'VLAN',
}

/** `monitorAddress` → `Monitor address` */
export const fieldWords = (field: string): string =>
  FIELD_WORDS[field] ??
  field
    .replaceAll('.', ' ')
    .replace(/([a-z])([A-Z])/g, (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replace(/^./, (first) => first.toUpperCase())

/** A value as people say it; null is what stands nowhere. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return value
  return Array.isArray(value) ? (value.length === 0 ? 'nothing' : value.map(valueWords).join(', ')) : JSON.stringify(value)
}

export const WHAT_WORDS = { new: 'New', changed: 'Changed', gone: 'Gone', back: 'Back' } as const satisfies Record<ChangeDto['what'], string>

/** `12,031 entries before, 12,040 now`, of a list that is too long to be kept. */
export function shortenedWords({ shortened }: FieldChange): string | null {
  if (!shortened) return null
  const side = (count: number | null, when: string): string | null => (count === null ? null : `${formatCount(count)} entries ${when}`)
  return [side(shortened.before, 'before'), side(shortened.after, 'now')].filter((part) => part !== null).join(', ')
}

/** Fields that say which thing it is; its title says it better. */
const SILENT = new Set(['id', 'key', 'name'])
/** Of what is new or gone, what stands there; of what changed, all that did. */
export const toldFields = ({ what, fields }: ChangeDto): FieldChange[] =>
  what === 'changed' || what === 'back'
    ? fields
    : fields.filter(({ field, before, after }) => !SILENT.has(field) && (before ?? after) !== '' && (before ?? after) !== false)
