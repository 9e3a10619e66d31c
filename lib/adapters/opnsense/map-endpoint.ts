import { isIP } from 'node:net'
import type { RuleEndpoint } from '@/lib/adapters/model'
import { orNull, unescapeHtml } from './map-text'
import type { FieldNote } from './read-rule-replies'

/** Interface identifier to its description, as far as known. */
export type InterfaceLabels = ReadonlyMap<string, string>

/** A source or destination as a row writes it. `notes` (26.1+) and `aliasFlags` (25.1.5 to 25.7) tell aliases apart. */
export type EndpointField = {
  value: string
  label: string
  isNot: boolean | null
  port: string
  notes: readonly FieldNote[]
  aliasFlags: readonly (boolean | null)[]
}

type Part = Pick<RuleEndpoint, 'address' | 'kind'>

/** Section 6.2: `any`, `(self)`, an interface (its network), interface + `ip` (its address), addresses, alias names. */
export function toEndpoint(field: EndpointField, labels: InterfaceLabels): RuleEndpoint {
  const values = field.value
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '')
  const parts = values.map((value, at) => toPart(value, at, values.length, field, labels))
  const first = parts[0] ?? { address: 'any', kind: 'any' }
  const kind = parts.every((part) => part.kind === first.kind) ? first.kind : parts.some((part) => part.kind === 'alias') ? 'alias' : 'address'
  // "not any" is refused by the firewall's own validation; automatic rows carry the flag without a meaning.
  return {
    not: field.isNot === true && kind !== 'any',
    address: parts.length > 0 ? parts.map((part) => part.address).join(', ') : 'any',
    kind,
    port: orNull(field.port),
  }
}

function toPart(value: string, at: number, count: number, field: EndpointField, labels: InterfaceLabels): Part {
  if (value === 'any') return { address: 'any', kind: 'any' }
  if (value === '(self)') return { address: 'this firewall', kind: 'self' }
  if (isAddress(value)) return { address: value, kind: 'address' }
  const note = field.notes.find((entry) => entry.value === value)
  if (note?.isAlias === true || field.aliasFlags[at] === true) return { address: value, kind: 'alias' }
  const own = labels.get(value)
  if (own !== undefined) return { address: `${own} net`, kind: 'interface-network' }
  const owner = value.endsWith('ip') ? labels.get(value.slice(0, -2)) : undefined
  if (owner !== undefined) return { address: `${owner} address`, kind: 'interface-address' }
  return toUnlistedPart(value, note, count === 1 ? field.label : '', field.aliasFlags[at] === false)
}

/** An interface that is in no list, told from an alias by the label that the firewall adds to it, or by its word. */
function toUnlistedPart(value: string, note: FieldNote | undefined, label: string, isNoAlias: boolean): Part {
  // These labels are escaped for a web page at their source (section 1.4; the row's own one as well, recorded 26.7).
  const shown = unescapeHtml(label || (note?.['%value'] ?? ''))
  if (shown === '' || (shown === value && !isNoAlias)) return { address: value, kind: 'alias' }
  const kind = value.endsWith('ip') && value.length > 2 ? 'interface-address' : 'interface-network'
  return { address: shown.replace(/ network$/, ' net'), kind }
}

function isAddress(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/')
  return rest.length === 0 && isIP(address) !== 0 && (prefix === undefined || /^\d{1,3}$/.test(prefix))
}

/** The names of a comma list of identifiers: from the known labels, else from the row's own label, else as they are. */
export function interfaceNames(identifiers: string, label: string, labels: InterfaceLabels): string[] {
  const ids = identifiers
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
  if (ids.length === 1 && label !== '') return [labels.get(ids[0] ?? '') ?? label]
  // A description may hold a comma itself; the pieces count only when there are as many as identifiers.
  const pieces = label.split(', ')
  if (ids.some((id) => !labels.has(id)) && pieces.length === ids.length && label !== '') return pieces
  return ids.map((id) => labels.get(id) ?? id)
}

/** `inet`, `inet6`, `inet46`, or the words that non-editable rows of 25.7 and 26.1 carry in their place. */
export function toIpVersion(text: string): '4' | '6' | '4+6' {
  if (text === 'inet' || text === 'IPv4') return '4'
  return text === 'inet6' || text === 'IPv6' ? '6' : '4+6'
}

export const toProtocol = (text: string): string => (text === '' || text === '*' ? 'any' : text.toLowerCase())
