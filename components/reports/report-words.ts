// How a report is told. Pure.
import { formatDuration } from '@/lib/format/duration'
import { plural } from '@/lib/format/numbers'
import type { GapReason } from '@/lib/history/dto'
import type { ReportDto, ReportUptime } from '@/lib/reports/dto'

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const

/** `November 2026` */
export const monthWords = (month: string): string => `${MONTHS[Number(month.slice(5)) - 1] ?? month} ${month.slice(0, 4)}`
/** `Nov` */
export const shortMonth = (month: string): string => (MONTHS[Number(month.slice(5)) - 1] ?? month).slice(0, 3)

/** Three digits, because that is what one outage in a month changes; never rounded up to whole when something was down. */
export function uptimeWords({ percent, reachableSeconds, knownSeconds }: ReportUptime): string {
  if (percent === null) return 'not known'
  if (reachableSeconds === knownSeconds) return '100 %'
  return `${Math.min(percent, 99.999).toFixed(3)} %`
}

export const downWords = ({ reachableSeconds, knownSeconds }: ReportUptime): string =>
  knownSeconds === 0 ? '' : knownSeconds === reachableSeconds ? 'none' : formatDuration(knownSeconds - reachableSeconds)

const REASONS = {
  missed: 'not visited',
  'not-enrolled': 'not enrolled yet',
  paused: 'paused',
  stale: 'not read',
  'not-visited': 'not visited yet',
  'certificate-changed': 'stopped: another certificate',
  'credential-rejected': 'stopped: credential rejected',
  'credential-missing': 'stopped: no credential',
  'api-package-missing': 'API package missing',
  unreachable: 'unreachable',
  degraded: 'degraded',
  reachable: 'reachable',
} as const satisfies Record<GapReason, string>

/** What counts neither way: `12 h not visited, 3 d paused`; less than a minute is left out. */
export const excludedWords = ({ excluded }: ReportUptime): string =>
  excluded
    .filter(({ seconds }) => seconds >= 60)
    .map(({ reason, seconds }) => `${formatDuration(seconds)} ${REASONS[reason]}`)
    .join(', ')

/** The sentence that a report begins with. */
export function reportSentence({
  firewalls,
  uptime,
  incidents,
  inProgress,
  open,
}: Pick<ReportDto, 'firewalls' | 'uptime' | 'incidents' | 'inProgress' | 'open'>): string {
  if (firewalls.length === 0) return 'No firewall of this customer was enrolled in this month.'
  const so = inProgress ? 'So far, ' : ''
  const were = plural(firewalls.length, 'firewall was', 'firewalls were')
  const reached =
    uptime.percent === null
      ? `${were} enrolled, and nothing is known of their reachability`
      : `${were} reachable for ${uptimeWords(uptime)} of the time that is known`
  const happened = incidents.total === 0 ? 'Nothing that needed someone happened' : `${plural(incidents.total, 'incident')} needed someone`
  const still = inProgress ? plural(open.total, 'is still open', 'are still open') : `${plural(open.total, 'was', 'were')} still open at its end`
  const left = open.total === 0 ? '' : ` and ${still}`
  return `${so}${reached}. ${happened}${left}.`
}
