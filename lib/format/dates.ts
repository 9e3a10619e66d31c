// All dates of the pages. Browser-safe; everything takes ISO 8601 text and answers text.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const formats = new Map<string, Intl.DateTimeFormat>()

/** One formatter per shape and zone: making them is what costs. An unknown zone falls back to UTC. */
function format(shape: string, zone: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${shape} ${zone ?? ''}`
  const known = formats.get(key)
  if (known) return known
  const made = makeFormat(zone, options)
  formats.set(key, made)
  return made
}

function makeFormat(zone: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, ...(zone !== undefined && { timeZone: zone }) })
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
  }
}

function parts(at: string, zone: string | undefined): Record<string, string> | null {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return null
  const made = format('parts', zone, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  })
  return Object.fromEntries(made.formatToParts(date).map((part) => [part.type, part.value]))
}

const monthName = (month: string | undefined): string => MONTHS[Number(month) - 1] ?? ''

/** `4 Apr 2027`; the text itself when it is no date. Without a zone: the viewer's. */
export function formatDate(at: string, zone?: string): string {
  const part = parts(at, zone)
  return part ? `${part.day} ${monthName(part.month)} ${part.year}` : at
}

/** `02:46:51` */
export function formatTime(at: string, zone?: string): string {
  const part = parts(at, zone)
  return part ? `${part.hour}:${part.minute}:${part.second}` : at
}

/** `02:46` */
export function formatClock(at: string, zone?: string): string {
  const part = parts(at, zone)
  return part ? `${part.hour}:${part.minute}` : at
}

/** `24 Nov 2026, 16:20` */
export const formatDateTime = (at: string, zone?: string): string => {
  const part = parts(at, zone)
  return part ? `${part.day} ${monthName(part.month)} ${part.year}, ${part.hour}:${part.minute}` : at
}

/** `24 Nov 2026, 16:20:08 CET`: the exact time with its zone, for the hover. */
export function formatExact(at: string, zone?: string): string {
  const part = parts(at, zone)
  return part ? `${part.day} ${monthName(part.month)} ${part.year}, ${part.hour}:${part.minute}:${part.second} ${part.timeZoneName}` : at
}

/** `Thu 26 Nov, 02:46`: a point on a time axis. */
export function formatMoment(at: string, zone?: string): string {
  const part = parts(at, zone)
  return part ? `${part.weekday?.slice(0, 3)} ${Number(part.day)} ${monthName(part.month)}, ${part.hour}:${part.minute}` : at
}

/** `26 Nov`: a day on a time axis. */
export function formatDayMonth(at: string, zone?: string): string {
  const part = parts(at, zone)
  return part ? `${Number(part.day)} ${monthName(part.month)}` : at
}

/** How far the clocks of a zone are ahead of UTC at that time, in milliseconds; without a zone the viewer's. */
export function zoneOffsetMs(atMs: number, zone?: string): number {
  const part = parts(new Date(atMs).toISOString(), zone)
  if (!part) return 0
  const local = Date.UTC(Number(part.year), Number(part.month) - 1, Number(part.day), Number(part.hour), Number(part.minute), Number(part.second))
  return local - Math.floor(atMs / 1000) * 1000
}

/** How far the viewer's clock is ahead of a zone: `+1 h`, `−3 h 30 min`; empty when it shows the same. `own`: another viewer's zone than this browser's. */
export function aheadOf(at: string, zone: string, own?: string): string {
  const minutes = Math.round((zoneOffsetMs(Date.parse(at), own) - zoneOffsetMs(Date.parse(at), zone)) / 60_000)
  if (minutes === 0) return ''
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes > 0 ? '+' : '−'}${[hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(' ')}`
}

/** Viewer's time, and the firewall's where it stands elsewhere. */
export function formatExactBoth(at: string, zone?: string): string {
  const here = formatExact(at)
  if (zone === undefined) return here
  const there = formatExact(at, zone)
  return there === here ? here : `${here} (${there} at the firewall)`
}

/** Heading of a day: `Thursday 26 November 2026`. */
export function formatDay(at: string, zone?: string): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime())
    ? at
    : format('day', zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(date).replace(',', '')
}

/** `CET`, `GMT+2`: the short name of a zone at that time; without a zone the viewer's. */
export const formatZone = (at: string, zone?: string): string => parts(at, zone)?.timeZoneName ?? ''

/** `41 s ago`, `2 min ago`, `3 h ago`, then the date (`25 Nov`, with the year when it is another). A time to come counts as now. */
export function formatAge(at: string, nowMs: number): string {
  const thenMs = new Date(at).getTime()
  if (Number.isNaN(thenMs)) return at
  const seconds = Math.max(0, Math.floor((nowMs - thenMs) / 1000))
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  const date = formatDate(at)
  const year = formatDate(new Date(nowMs).toISOString()).slice(-5)
  return date.endsWith(year) ? date.slice(0, -5) : date
}

/** Older than twice its interval: what is shown may no longer be so. */
export const isOld = (at: string, nowMs: number, intervalSeconds: number): boolean => nowMs - new Date(at).getTime() > intervalSeconds * 2000

/** The zone of this browser, for forms. */
export const ownTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Zones of the IANA list for a choice, UTC first. */
export const timeZones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
