import ipaddr from 'ipaddr.js'
import { isIPv6 } from 'node:net'
import { err, ok, type Result } from '@/lib/core/result'

type Address = ipaddr.IPv4 | ipaddr.IPv6
/** A network: its address and the length of its prefix in bits. */
export type Cidr = readonly [network: Address, prefixBits: number]

const network = (text: string): Cidr => ipaddr.parseCIDR(text)

/** Never a firewall: this host, the link, groups, and where clouds serve credentials to whoever asks from inside. */
const FORBIDDEN: readonly Cidr[] = [
  '0.0.0.0/8', // this network; connects to this host on Linux
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, with the metadata service of most clouds
  '192.0.0.0/24', // protocol assignments, with an older metadata address
  '100.100.100.200/32', // metadata, inside the shared range that is allowed
  '168.63.129.16/32', // metadata at a public address
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved and broadcast
  '::/128',
  '::1/128',
  'fe80::/10', // link-local
  'ff00::/8', // multicast
  'fd00:ec2::254/128', // metadata
  'fd20:ce::254/128', // metadata
].map(network)

/** Where the provider's own machines live: no place for what a customer's admin enters. */
const PRIVATE: readonly Cidr[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10', // shared behind a provider's NAT
  '198.18.0.0/15', // benchmarks
  'fc00::/7', // unique local
  'fec0::/10', // site-local
].map(network)

/** IPv6 ranges in which an IPv4 address hides: which of its 16 bytes hold it, and whether they are inverted. */
const WRAPPED: readonly { range: Cidr; bytes: readonly number[]; inverted?: true }[] = [
  { range: network('::ffff:0:0/96'), bytes: [12, 13, 14, 15] }, // IPv4-mapped
  { range: network('::ffff:0:0:0/96'), bytes: [12, 13, 14, 15] }, // IPv4-translated (RFC 2765)
  { range: network('::/96'), bytes: [12, 13, 14, 15] }, // IPv4-compatible
  { range: network('64:ff9b::/96'), bytes: [12, 13, 14, 15] }, // NAT64 (RFC 6052)
  { range: network('64:ff9b:1::/48'), bytes: [12, 13, 14, 15] }, // local NAT64 (RFC 8215) with a /96 prefix
  { range: network('64:ff9b:1::/48'), bytes: [6, 7, 9, 10] }, // the same with a /48 prefix
  { range: network('2002::/16'), bytes: [2, 3, 4, 5] }, // 6to4
  { range: network('2001::/32'), bytes: [4, 5, 6, 7] }, // Teredo: its server
  { range: network('2001::/32'), bytes: [12, 13, 14, 15], inverted: true }, // Teredo: its client
]

const contains = ([range, prefixBits]: Cidr, address: Address): boolean => range.kind() === address.kind() && address.match(range, prefixBits)

/** The IPv4 addresses to which an IPv6 address may be translated on its way. */
function wrappedAddresses(address: Address): ipaddr.IPv4[] {
  if (!(address instanceof ipaddr.IPv6)) return []
  const bytes = address.toByteArray()
  const places = WRAPPED.filter(({ range }) => contains(range, address))
  // ISATAP marks itself in the middle of the address, under any prefix.
  const isIsatap = ((bytes[8] ?? 0) & 0xfd) === 0 && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe
  if (isIsatap) places.push({ range: network('::/0'), bytes: [12, 13, 14, 15] })
  return places.map((place) => new ipaddr.IPv4(place.bytes.map((at) => (place.inverted ? 255 - (bytes[at] ?? 0) : (bytes[at] ?? 0)))))
}

/**
 * Whether Palisade must not connect to this address. Private ranges (RFC 1918, unique local, shared) are where firewalls
 * live and are allowed; `allowed` overrides the denial. What is no IP address is forbidden.
 */
export function isForbidden(address: string, allowed: readonly Cidr[]): boolean {
  if (!ipaddr.isValid(address)) return true
  const parsed = ipaddr.parse(address)
  if (allowed.some((cidr) => contains(cidr, parsed))) return false
  const wrapped = wrappedAddresses(parsed)
  // A mapped address is the IPv4 address; elsewhere the outer address counts as well as what it wraps.
  if (wrapped.length > 0 && wrapped.every((inner) => allowed.some((cidr) => contains(cidr, inner)))) return false
  return [parsed, ...wrapped].some((one) => FORBIDDEN.some((cidr) => contains(cidr, one)))
}

/** Whether an address is none of the public network: what firewalls may have is denied as well, and nothing overrides it. */
export function isNotPublic(address: string): boolean {
  if (isForbidden(address, [])) return true
  const parsed = ipaddr.parse(address)
  return [parsed, ...wrappedAddresses(parsed)].some((one) => PRIVATE.some((cidr) => contains(cidr, one)))
}

/** Networks from a comma or blank separated list; an address without prefix is itself alone. Throws a sentence that names the bad one. */
export function parseNetworks(text: string): Cidr[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      if (ipaddr.isValidCIDR(part)) return ipaddr.parseCIDR(part)
      if (!ipaddr.isValid(part)) throw new Error(`${part} is not a network. Write networks as 10.0.0.0/8 or fd00::/8, with commas between.`)
      const address = ipaddr.parse(part)
      return [address, address.kind() === 'ipv4' ? 32 : 128]
    })
}

/**
 * The origin (scheme://host[:port]) in what a person typed or pasted as the address of a firewall: https unless http:// is written, path, query
 * and fragment dropped (people paste `/api` or the page they look at). The error is a sentence for the form.
 */
export function checkOrigin(text: string): Result<string, string> {
  const typed = text.trim()
  if (typed === '') return err('Enter the web address of the firewall.')
  if (/[\s\p{Cc}\p{Cf}\\]/u.test(typed)) return err('A web address has no blanks, no backslashes and no invisible characters.')
  if (/^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?[^/?#]*@/i.test(typed)) return err('The address must not contain a user name or a password. They are entered further below.')
  // A colon with digits behind it is a port, not a scheme: fw:8443.
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))/i.exec(typed)?.[1]?.toLowerCase()
  if (!isIPv6(typed) && scheme !== undefined && scheme !== 'https' && scheme !== 'http') return err(`Addresses with ${scheme}: are not supported. Enter one that starts with https://.`)
  const url = urlOf(typed)
  if (!url || url.username !== '' || url.password !== '') return err('This is not a web address. Write it like fw.example.com or https://192.0.2.1:8443.')
  if (url.port === '0') return err('Port 0 does not exist. Enter the port of the web GUI.')
  if (url.hostname.length > 253) return err('This name is too long for a host.')
  return ok(url.origin)
}

/** The address with its scheme; null when `https:` stands there without its slashes, which is a slip nobody should guess at. */
function spelledOut(typed: string): string | null {
  if (/^https?:\/\//i.test(typed)) return typed
  if (isIPv6(typed)) return `https://[${typed}]`
  if (/^https?:(?!\d+(?:[/?#]|$))/i.test(typed)) return null
  return `https://${typed.replace(/^\/\//, '')}`
}

function urlOf(typed: string): URL | null {
  const withScheme = spelledOut(typed)
  if (withScheme === null || !URL.canParse(withScheme)) return null
  const url = new URL(withScheme)
  if (url.hostname === '' || url.hostname.startsWith('.') || url.hostname.includes('..')) return null
  // A trailing dot names the same host; two spellings would be two origins.
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1)
  url.pathname = '/'
  url.search = ''
  url.hash = ''
  return url
}
