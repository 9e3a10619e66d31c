// Small conversions that several maps of this family share.

export const orNull = (text: string): string | null => (text === '' || text === '~' ? null : text)

/** Lower-case with colons; null when it is no MAC address. */
export function toMac(text: string): string | null {
  const mac = text.trim().toLowerCase().replaceAll('-', ':')
  return /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac) ? mac : null
}

/** `4.6 ms`, `0.0 %`: the number; null for `~`. */
export function leadingNumber(text: string): number | null {
  const found = /^-?\d+(\.\d+)?/.exec(text.trim())
  return found ? Number(found[0]) : null
}

const UNITS: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 }
/** `38 MiB`, or several joined by commas (section 3.2), or `53G` of a disk (section 2), in bytes; null when any part is not understood or there is none. */
export function toBytes(text: string): number | null {
  if (text.trim() === '') return null
  let sum = 0
  for (const part of text.split(',')) {
    const [, amount = '', unit = 'B'] = /^\s*([\d.]+)\s*([KMGT](?:i?B)?|B)?\s*$/.exec(part) ?? []
    const bytes = Number(amount) * (UNITS[unit] ?? Number.NaN)
    if (amount === '' || !Number.isFinite(bytes)) return null
    sum += bytes
  }
  return Math.round(sum)
}

/** `12 days, 02:17:26`, `1 day, 00:01:02` or `02:17:26` in seconds. The word for days is the system language's. */
export function toUptimeSeconds(text: string): number | null {
  const found = /^(?:(\d+)\s+\D+?)?(\d{1,2}):(\d{2}):(\d{2})$/.exec(text.trim())
  if (!found) return null
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = found
  return Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/**
 * `Sun Nov 22 11:00:00 UTC 2026` as an instant. Only UTC and GMT are unambiguous: other zone abbreviations mean several
 * zones (section 13, item 18), so they stay text.
 */
export function toInstantOfDate(text: string): string | null {
  const found = /^\w{3}\s+(\w{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})\s+(?:UTC|GMT)\s+(\d{4})$/.exec(text.trim())
  const month = MONTHS.indexOf(found?.[1] ?? '')
  if (!found || month < 0) return null
  const [, , day, hour, minute, second, year] = found
  return new Date(Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second))).toISOString()
}

/** Seconds since 1970 as an instant; null for 0 and for what no calendar holds. */
export function toInstant(epochSeconds: number | null): string | null {
  return epochSeconds !== null && epochSeconds > 0 && epochSeconds < 1e11 ? new Date(epochSeconds * 1000).toISOString() : null
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#039': "'", apos: "'", nbsp: ' ' }
export const unescapeHtml = (text: string): string => text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)

/**
 * Change notes and messages as plain text: blocks become lines, list items get a dash, every other tag is dropped. The
 * patterns end at the next `<`, so that hostile text costs linear work.
 */
export function htmlToText(html: string): string {
  const broken = html
    .replace(/<li\b[^<>]*>/gi, '\n- ')
    .replace(/<br\b[^<>]*>|<\/(?:p|div|h[1-6]|ul|ol|pre|tr)>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
  const lines = unescapeHtml(broken)
    .split('\n')
    .map((line) => line.trimEnd())
  return lines
    .filter((line, at) => line !== '' || lines[at - 1] !== '')
    .join('\n')
    .trim()
}

const SECRET_PARAMETER = /([?&](?:[^=&\s]{0,40}(?:token|key|pass|secret|auth|sig|credential)[^=&\s]{0,40}|pw|pwd)=)[^&\s#]+/gi
/** A URL without user, password and the values of parameters that look like credentials. */
export const withoutUrlSecrets = (text: string): string =>
  text.replace(/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^/?#\s]*@/gi, '$1').replace(SECRET_PARAMETER, '$1[secret]')
