// What a report cannot tell, as sentences. Pure.
import { formatDuration } from '@/lib/format/duration'
import { plural } from '@/lib/format/numbers'
import type { ReportFirewall } from './dto'

const NAMES_MAX = 5
/** A missed minute is no gap in a month. */
const MISSED_SECONDS_MIN = 3_600

function named(firewalls: readonly ReportFirewall[]): string {
  const shown = firewalls.slice(0, NAMES_MAX).map(({ name }) => name)
  const more = firewalls.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}

export function unknownOf(firewalls: readonly ReportFirewall[]): string[] {
  const never = firewalls.filter(({ uptime }) => uptime.knownSeconds === 0)
  const missed = firewalls.map((firewall) => ({ firewall, seconds: firewall.uptime.excluded.find(({ reason }) => reason === 'missed')?.seconds ?? 0 })).filter(({ seconds }) => seconds >= MISSED_SECONDS_MIN)
  const longest = Math.max(0, ...missed.map(({ seconds }) => seconds))
  const bare = firewalls.filter(({ backups }) => backups.days > 0 && backups.kept === 0 && backups.daysWithout === backups.days)
  const comparison = firewalls.filter(({ backups }) => backups.comparisonOnly)
  return [
    ...(never.length > 0 ? [`Of ${plural(never.length, 'firewall')} nothing is known in this month: ${named(never)}.`] : []),
    ...(missed.length > 0 ? [`${plural(missed.length, 'firewall')} had times without a visit by Palisade, the longest together ${formatDuration(longest)}. Those times count neither as up nor as down.`] : []),
    ...(bare.length > 0 ? [`Of ${plural(bare.length, 'firewall')} there is no backup in this month: ${named(bare)}.`] : []),
    ...(comparison.length > 0 ? [`Backups of ${plural(comparison.length, 'firewall')} are for comparison only and cannot be given back: ${named(comparison)}.`] : []),
    ...(firewalls.length > 0 ? ['Firewalls that were removed from Palisade are not in this report.'] : []),
  ]
}
