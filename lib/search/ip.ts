// Addresses as numbers, and the networks around them. Pure.
import { patternOf } from '@/lib/query-language/formats'

export type Version = 4 | 6
export type Address = { version: Version; value: bigint }

const IPV4 = new RegExp(patternOf('ipv4'))
const IPV6 = new RegExp(patternOf('ipv6'))
const GROUPS = 8

export const bitsOf = (version: Version): number => (version === 4 ? 32 : 128)
const mask = (version: Version, bits: number): bigint => ((1n << BigInt(bits)) - 1n) << BigInt(bitsOf(version) - bits)

const ofBytes = (text: string): bigint => text.split('.').reduce((value, byte) => value * 256n + BigInt(byte), 0n)
const ofGroups = (groups: readonly string[]): bigint => groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n)

/** Null for what is no address, one with a `%zone` among it. */
export function parseAddress(text: string): Address | null {
  if (IPV4.test(text)) return { version: 4, value: ofBytes(text) }
  if (!IPV6.test(text)) return null
  // Two groups may be written as an IPv4 address.
  const whole = text.replace(/[0-9.]+$/, (end) => (end.includes('.') ? [ofBytes(end) >> 16n, ofBytes(end) & 0xffffn].map((group) => group.toString(16)).join(':') : end))
  const [left = [], right] = whole.split('::').map((side) => side.split(':').filter(Boolean))
  const zeros = right === undefined ? [] : Array.from({ length: GROUPS - left.length - right.length }, () => '0')
  return { version: 6, value: ofGroups([...left, ...zeros, ...(right ?? [])]) }
}

/** In the one spelling of RFC 5952. */
export function formatAddress({ version, value }: Address): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.')
  const groups = Array.from({ length: GROUPS }, (_, at) => ((value >> BigInt(16 * (GROUPS - 1 - at))) & 0xffffn).toString(16))
  const runs = [...groups.map((group) => (group === '0' ? '0' : 'x')).join('').matchAll(/0{2,}/g)]
  const longest = runs.reduce<{ from: number; length: number } | null>((best, run) => (best && best.length >= run[0].length ? best : { from: run.index, length: run[0].length }), null)
  if (longest === null) return groups.join(':')
  return `${groups.slice(0, longest.from).join(':')}::${groups.slice(longest.from + longest.length).join(':')}`
}

/** First and last address of the network of `bits` that an address is in. */
export function boundsOf({ version, value }: Address, bits: number): { first: Address; last: Address } {
  const first = value & mask(version, bits)
  return { first: { version, value: first }, last: { version, value: first | (mask(version, bitsOf(version)) ^ mask(version, bits)) } }
}

/** Every network that holds the one of `bits`, itself first, but for the one that holds everything. */
export const networksAround = (address: Address, bits: number): string[] =>
  Array.from({ length: bits }, (_, at) => bits - at).map((length) => `${formatAddress(boundsOf(address, length).first)}/${length}`)
