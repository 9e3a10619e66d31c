// Ends of rules and translations as an operator reads them (contract section 7, rule fields). Pure.
import { isIP } from 'node:net'
import type { Rule, RuleEndpoint } from '@/lib/adapters/model'
import type { InterfaceNames } from './map-interface-names'

const CLIENTS = new Map([
  ['l2tp', 'L2TP clients'],
  ['pppoe', 'PPPoE clients'],
])

/** `!lan:ip`, `wan`, `(self)`, `any`, an address, a network, else the name of an alias. */
export function toEndpoint(value: string | null, port: string | null, names: InterfaceNames, isGroup: (name: string) => boolean = () => false): RuleEndpoint {
  const not = value?.startsWith('!') ?? false
  const word = not ? (value ?? '').slice(1).trim() : (value ?? 'any')
  const shownPort = port === null || port === 'any' ? null : port
  const end = (kind: RuleEndpoint['kind'], address: string): RuleEndpoint => ({ not, kind, address, port: shownPort })
  if (word === 'any' || word === '') return end('any', 'any')
  if (word === '(self)') return end('self', 'this firewall')
  if (word.endsWith(':ip')) return end('interface-address', `${names.describe(word.slice(0, -3))} address`)
  if (names.isInterface(word)) return end('interface-network', `${names.describe(word)} net`)
  const clients = CLIENTS.get(word)
  if (clients !== undefined) return end('interface-network', clients)
  if (isGroup(word)) return end('interface-network', `${word} net`)
  return isAddress(word) ? end('address', word) : end('alias', word)
}

/** One address, a network, or a range `a-b`. */
const isAddress = (word: string): boolean => {
  const [first = '', second] = word.split('-')
  if (isIP(first.split('/')[0] ?? '') === 0) return false
  return second === undefined || isIP(second) !== 0
}

/** What something is translated to: an address, an alias, or the address of an interface. */
export function toTarget(value: string | null, names: InterfaceNames): string | null {
  if (value === null) return null
  return value.endsWith(':ip') ? `${names.describe(value.slice(0, -3))} address` : value
}

export function toIpVersion(value: string | null): Rule['ipVersion'] {
  return value === 'inet' ? '4' : value === 'inet6' ? '6' : '4+6'
}
