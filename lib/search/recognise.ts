// What someone who types one line may mean by it: an address, a network, a MAC, a port, or a part of a name. Pure.
import type { Meaning } from './dto'
import { boundsOf, bitsOf, formatAddress, networksAround, parseAddress, type Address } from './ip'

const MAC_DIGITS = 12
const MAC_DIGITS_MIN = 6

const digitsOfPairs = (text: string): string | null => {
  const pairs = /^[0-9a-f]{1,2}(?:([:-])[0-9a-f]{1,2})(?:\1[0-9a-f]{1,2}){1,4}[:-]?$/.test(text) ? text.split(/[:-]/).filter(Boolean) : []
  if (pairs.length < 3) return null
  // One digit at the end is a pair that is still being typed, unless others are written without their zero too.
  const isShort = pairs.slice(0, -1).some((pair) => pair.length === 1)
  return pairs.map((pair, at) => (at < pairs.length - 1 || isShort ? pair.padStart(2, '0') : pair)).join('')
}

/** `00:1a:2b`, `00-1A-2B-…`, `001a.2b3c.…`, `001a2b-3c4d5e` and bare digits, at least three bytes of them; lower case with colons. */
export function readMac(typed: string): { mac: string; isWhole: boolean; isBare: boolean } | null {
  const text = typed.toLowerCase()
  const isGrouped = /^[0-9a-f]{4}\.[0-9a-f]{1,4}(\.[0-9a-f]{0,4})?$/.test(text) || /^[0-9a-f]{6}-[0-9a-f]{0,6}$/.test(text)
  const isBare = /^[0-9a-f]+$/.test(text)
  const digits = isGrouped || isBare ? text.replace(/[.-]/g, '') : digitsOfPairs(text)
  if (digits === null || digits.length < MAC_DIGITS_MIN || digits.length > MAC_DIGITS) return null
  return { mac: digits.replace(/(..)(?=.)/g, '$1:'), isWhole: digits.length === MAC_DIGITS, isBare }
}

const network = (address: Address, bits: number): Meaning => {
  const { first, last } = boundsOf(address, bits)
  const text = formatAddress(first)
  const octets = address.version === 4 && bits > 0 && bits % 8 === 0 ? text.split('.').slice(0, bits / 8).join('.') : null
  return { as: 'network', network: `${text}/${bits}`, bits, first: text, last: formatAddress(last), around: networksAround(address, bits), octets }
}

/** `10.0.0.0/8`, `10.33.4.` and `10.33`, `2001:db8::/32`, `2001:db8:` and `2001:db8::`. */
function readNetwork(text: string): Meaning | null {
  const [before = '', length, more] = text.split('/')
  const whole = length !== undefined && more === undefined && /^\d{1,3}$/.test(length) ? parseAddress(before) : null
  if (whole !== null) return Number(length) <= bitsOf(whole.version) ? network(whole, Number(length)) : null
  if (/^(\d{1,3}\.){1,3}(\d{1,3})?$/.test(text)) {
    const bytes = text.split('.').filter(Boolean)
    const address = bytes.length < 4 ? parseAddress([...bytes, ...Array.from({ length: 4 - bytes.length }, () => '0')].join('.')) : null
    return address && network(address, bytes.length * 8)
  }
  const groups = text.split(':').filter(Boolean)
  const isPrefix = /^([0-9a-f]{1,4}:){1,7}[0-9a-f]{0,4}$/i.test(text) || /^([0-9a-f]{1,4}:){1,6}:$/i.test(text)
  if (!isPrefix || !groups.some((group) => group.length > 2) || groups.length > 7) return null
  const address = parseAddress(`${groups.join(':')}${groups.length === 7 ? ':0' : '::'}`)
  return address && network(address, groups.length * 16)
}

function readPort(text: string): Meaning | null {
  const [, digits] = /^(?::|(?:tcp|udp)[/ ])?(\d{1,5})(?:[/ ](?:tcp|udp))?$/i.exec(text) ?? []
  return digits !== undefined && Number(digits) >= 1 && Number(digits) <= 65_535 ? { as: 'port', port: String(Number(digits)) } : null
}

function readAddress(text: string): Meaning | null {
  const address = parseAddress(text)
  if (address === null || /[^:]::$/.test(text)) return null
  const written = formatAddress(address)
  // Neighbours of such an address are stored with their `%zone`, and every interface has the network.
  const isLinkLocal = address.version === 6 && address.value >> 118n === 0x3fan
  return { as: 'address', address: written, bits: bitsOf(address.version), around: networksAround(address, bitsOf(address.version)), isLinkLocal }
}

/**
 * Everything that a line may mean, the likeliest first; never empty. A whole address, network or MAC means nothing else; what
 * may be a name as well is looked for as a text too.
 */
export function recognise(line: string): readonly [Meaning, ...Meaning[]] {
  const text = line.trim().replace(/\s+/g, ' ')
  const words: Meaning = { as: 'text', text }
  const address = readAddress(text)
  if (address) return [address]
  const mac = readMac(text)
  if (mac && (mac.isWhole || !mac.isBare)) return [{ as: 'mac', mac: mac.mac, isWhole: mac.isWhole }]
  const place = readNetwork(text)
  if (place) return text.includes('/') ? [place] : [place, words]
  const port = readPort(text)
  if (port) return [port, words]
  return mac ? [words, { as: 'mac', mac: mac.mac, isWhole: false }] : [words]
}
