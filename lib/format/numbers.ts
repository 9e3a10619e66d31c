// Figures of the pages. Browser-safe.
const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** `18,204` */
export const formatCount = (value: number): string => grouped.format(value)

/** `1 firewall`, `214 firewalls` */
export const plural = (value: number, one: string, many = `${one}s`): string => `${formatCount(value)} ${value === 1 ? one : many}`

/** `12 %`; one digit after the point below 10 where there is one. */
export const formatPercent = (percent: number): string => `${digits(percent)} %`

/** `10.4 ms`, `1.2 s` */
export const formatMs = (ms: number): string => (ms < 1000 ? `${ms < 100 ? digits(ms, 100) : Math.round(ms)} ms` : `${digits(ms / 1000)} s`)

/** `88.1 k`, `2.41 M`, `611 k`; below 10,000 the full figure. */
export function formatShort(value: number): string {
  if (value < 10_000) return formatCount(value)
  const [scaled, unit] = value < 1e6 ? [value / 1e3, 'k'] : value < 1e9 ? [value / 1e6, 'M'] : [value / 1e9, 'G']
  return `${scaled >= 100 ? Math.floor(scaled) : scaled >= 10 ? scaled.toFixed(1) : scaled.toFixed(2)} ${unit}`
}

const RATE_UNITS = ['b/s', 'kb/s', 'Mb/s', 'Gb/s', 'Tb/s'] as const

/** The unit in which a rate in bit/s reads best, and how many bit/s are one of it. */
export function rateUnit(bitsPerSecond: number): { unit: string; size: number } {
  const step = Math.min(Math.max(Math.floor(Math.log10(Math.max(bitsPerSecond, 1)) / 3), 0), RATE_UNITS.length - 1)
  return { unit: RATE_UNITS[step] ?? 'b/s', size: 1000 ** step }
}

/** `38.2 Mb/s`, `512 b/s` */
export function formatRate(bitsPerSecond: number): string {
  const { unit, size } = rateUnit(bitsPerSecond)
  return `${digits(bitsPerSecond / size, 100)} ${unit}`
}

const digits = (value: number, oneDigitBelow = 10): string => (value < oneDigitBelow && !Number.isInteger(value) ? value.toFixed(1) : String(Math.round(value)))
