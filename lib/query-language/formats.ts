// Shapes that a text can have, under the names that pfSense operators know. Browser-safe. Written so that PostgreSQL and
// JavaScript read each the same way: no letter classes, which depend on the locale there.

const H = '[0-9A-Fa-f]{1,4}'
const BYTE = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
const IPV4 = `(${BYTE}[.]){3}${BYTE}`
const groups = (least: number, most: number) => (most === 0 ? '' : least === 0 ? `(${H}(:${H}){0,${most - 1}})?` : `${H}(:${H}){${least - 1},${most - 1}}`)
/** `::` stands for at least one group of zeros; the last two groups may be an IPv4 address. */
const shortened = [0, 1, 2, 3, 4, 5, 6, 7].map((left) => `${groups(left, left)}::(${left > 5 ? groups(0, 7 - left) : `${groups(0, 7 - left)}|(${H}:){0,${5 - left}}${IPV4}`})`)
const IPV6 = `((${H}:){7}${H}|(${H}:){6}${IPV4}|${shortened.join('|')})`
const SUBNET_V4 = `${IPV4}/(3[0-2]|[12]?[0-9])`
const SUBNET_V6 = `${IPV6}/(12[0-8]|1[01][0-9]|[1-9]?[0-9])`
const LABEL = '[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?'
const PORT = '(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})'

const SHAPES = {
  ipv4: IPV4,
  ipv6: IPV6,
  ip: `(${IPV4}|${IPV6})`,
  subnetv4: SUBNET_V4,
  subnetv6: SUBNET_V6,
  subnet: `(${SUBNET_V4}|${SUBNET_V6})`,
  numeric: '-?[0-9]+([.][0-9]+)?',
  email: `[0-9A-Za-z.!#$%&'*+/=?^_{|}~-]+@(${LABEL}[.])+[A-Za-z]{2,63}`,
  url: `[A-Za-z][0-9A-Za-z+.-]*://[!-~]+`,
  mac: '([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}',
  fqdn: `(${LABEL}[.])+[A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?`,
  hostname: LABEL,
  port: PORT,
  portrange: `${PORT}[:-]${PORT}`,
} as const

/** `alias`: the name of an alias on the same firewall. */
export const FORMATS = ['ipv4', 'ipv6', 'ip', 'subnetv4', 'subnetv6', 'subnet', 'numeric', 'email', 'url', 'mac', 'fqdn', 'hostname', 'port', 'portrange', 'alias'] as const
export type FormatName = (typeof FORMATS)[number]

const HOLDS: Partial<Record<FormatName, string>> = { ipv4: '.', ipv6: ':', subnetv4: '/', subnetv6: '/', subnet: '/', email: '@', url: '://', fqdn: '.' }
/** What every text of a format holds; looking for that is ten times as fast as the pattern. */
export const heldBy = (format: FormatName): string | null => HOLDS[format] ?? null

/** A pattern for the whole text, for PostgreSQL's `~` as for JavaScript. */
export const patternOf = (format: Exclude<FormatName, 'alias'>): string => `^(${SHAPES[format]})$`
