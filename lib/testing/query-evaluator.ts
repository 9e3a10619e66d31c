// The query language a second time, naively and in memory: it looks at the JSON of a list alone and shares no code with
// lib/query-language. Slow on purpose; what it says is what the database has to answer.
import { isIPv4, isIPv6 } from 'node:net'

export type Asked = readonly [name: string, value: string]
export type Listed = Record<string, unknown>

const NAMES = ['exact', 'startswith', 'endswith', 'contains', 'lt', 'lte', 'gt', 'gte', 'in', 'except', 'format', 'regex']
/** Short names that every list has for its firewall. */
const SHORT: Record<string, string[]> = { family: ['firewall', 'family'], version: ['firewall', 'version'], tag: ['firewall', 'tags'] }

function look(from: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path
  if (first === undefined) return from
  return typeof from === 'object' && from !== null && Object.hasOwn(from, first) ? look((from as Listed)[first], rest) : undefined
}
function valuesOf(row: Listed, path: readonly string[]): unknown[] {
  const found = look(row, path) ?? (path.length === 1 ? look(row, SHORT[path[0] ?? ''] ?? ['']) : undefined)
  return found === undefined || found === null ? [] : Array.isArray(found) ? found : [found]
}

const isTime = (path: readonly string[]) => /(At|Since)$/.test(path.at(-1) ?? '')
const isAddress = (path: readonly string[]) => path.at(-1) === 'ip' || path.at(-1) === 'address'
const second = (text: string) => Math.floor(Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text) / 1000)

/** 32 or 128 bits, IPv4 below all of IPv6. */
function bits(text: string): bigint | null {
  if (isIPv4(text)) return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n)
  if (!isIPv6(text) || text.includes('%')) return null
  const plain = text.replace(/\d+\.\d+\.\d+\.\d+$/, (four) => four.split('.').map((part) => Number(part).toString(16).padStart(2, '0')).join('').replace(/(.{4})/, '$1:'))
  const [left = '', right] = plain.split('::')
  const before = left === '' ? [] : left.split(':')
  const after = right === undefined || right === '' ? [] : right.split(':')
  const all = right === undefined ? before : [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after]
  return (1n << 128n) + all.reduce((sum, part) => sum * 65_536n + BigInt(`0x${part}`), 0n)
}

function compared(value: unknown, asked: string, path: readonly string[]): number | null {
  if (isTime(path)) return second(String(value)) - second(asked)
  if (isAddress(path)) {
    const [a, b] = [bits(String(value)), bits(asked)]
    return a === null || b === null ? null : a < b ? -1 : a > b ? 1 : 0
  }
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(String(value)) ? Number(value) - Number(asked) : null
}

function equal(value: unknown, asked: string, path: readonly string[]): boolean {
  if (isTime(path)) return second(String(value)) === second(asked)
  if (typeof value === 'number') return value === Number(asked)
  return String(value) === asked
}

const LABEL = /^[0-9a-z]([0-9a-z-]{0,61}[0-9a-z])?$/i
const isPort = (text: string) => /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535
const isSubnet = (text: string, isIp: (ip: string) => boolean, most: number) => {
  const [ip = '', length = '', ...more] = text.split('/')
  return more.length === 0 && isIp(ip) && /^(0|[1-9]\d*)$/.test(length) && Number(length) <= most
}
const isV6 = (text: string) => isIPv6(text) && !text.includes('%')
const isName = (labels: string[]) => labels.length > 1 && labels.every((label) => LABEL.test(label)) && /^[a-z]/i.test(labels.at(-1) ?? '')
const SHAPES: Record<string, (text: string) => boolean> = {
  ipv4: isIPv4,
  ipv6: isV6,
  ip: (text) => isIPv4(text) || isV6(text),
  subnetv4: (text) => isSubnet(text, isIPv4, 32),
  subnetv6: (text) => isSubnet(text, isV6, 128),
  subnet: (text) => isSubnet(text, isIPv4, 32) || isSubnet(text, isV6, 128),
  numeric: (text) => /^-?\d+(\.\d+)?$/.test(text),
  email: (text) => text.split('@').length === 2 && /^[^@\s]+$/.test(text.split('@')[0] ?? '') && isName((text.split('@')[1] ?? '').split('.')),
  url: (text) => /^[a-z][a-z0-9+.-]*:\/\/[!-~]+$/i.test(text),
  mac: (text) => text.split(/[:-]/).length === 6 && text.split(/[:-]/).every((part) => /^[0-9a-f]{2}$/i.test(part)),
  fqdn: (text) => isName(text.split('.')),
  hostname: (text) => LABEL.test(text),
  port: isPort,
  portrange: (text) => text.split(/[:-]/).length === 2 && text.split(/[:-]/).every(isPort),
}

/** `aliases`: names of the aliases on the row's firewall. */
function holds(row: Listed, path: readonly string[], filter: string, asked: readonly string[], aliases: ReadonlySet<string>): boolean {
  const values = valuesOf(row, path)
  const [first = ''] = asked
  const order = (fits: (difference: number) => boolean) => values.some((value) => {
    const difference = compared(value, first, path)
    return difference !== null && fits(difference)
  })
  const text = (fits: (value: string) => boolean) => values.some((value) => fits(String(value)))
  switch (filter) {
    case 'except': return !values.some((value) => equal(value, first, path))
    case 'startswith': return text((value) => value.startsWith(first))
    case 'endswith': return text((value) => value.endsWith(first))
    case 'contains': return text((value) => value.includes(first))
    case 'lt': return order((difference) => difference < 0)
    case 'lte': return order((difference) => difference <= 0)
    case 'gt': return order((difference) => difference > 0)
    case 'gte': return order((difference) => difference >= 0)
    case 'regex': return text((value) => new RegExp(first, 'u').test(value))
    case 'format': return text((value) => (first === 'alias' ? aliases.has(value) : SHAPES[first]?.(value) === true))
    default: return asked.some((one) => values.some((value) => equal(value, one, path)))
  }
}

/** The rows that a question has to find. */
export function evaluate<Row extends { json: Listed; aliases: ReadonlySet<string> }>(rows: readonly Row[], question: readonly Asked[]): Row[] {
  const conditions = question.map(([name, value]) => {
    const parts = name.split('__')
    const last = parts.at(-1) ?? ''
    const filter = NAMES.includes(last) ? last : 'exact'
    const path = NAMES.includes(last) ? parts.slice(0, -1) : parts
    // Repeated lists are one list.
    return { path, filter, asked: filter === 'in' ? question.filter(([other]) => other === name).flatMap(([, list]) => list.split(',')) : [value] }
  })
  return rows.filter(({ json, aliases }) => conditions.every(({ path, filter, asked }) => holds(json, path, filter, asked, aliases)))
}
