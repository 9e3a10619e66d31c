// What was designed, in words, for who looks at a plan that is fixed. Pure, so that it can be tested.
import { formatDateTime } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import type { PlanDto } from '@/lib/plans/dto'
import type { PlanDesign, PlanWindow, RingGate } from '@/lib/plans/words'
import { WEEKDAYS } from '@/lib/windows/words'
import { namesInShort } from './plan-words'
import { whoWords } from './ring-words'

const gateWords = ({ successPercent, minimumCount, soakHours, noNewCriticalAlert }: RingGate): string =>
  [`${successPercent} % well`, ...(minimumCount > 0 ? [`at least ${formatCount(minimumCount)}`] : []), ...(soakHours > 0 ? [`soaks ${formatCount(soakHours)} h`] : []), ...(noNewCriticalAlert ? ['no new critical alert'] : [])].join(', ')

/** Each ring with who belongs to it and what its gate asks for. */
export const ringsWords = ({ rings }: Pick<PlanDesign, 'rings'>): string[] => rings.map(({ name, who, gate }) => `${name}: ${whoWords(who)}; ${gateWords(gate)}`)

function daysWords({ weekdays, dates }: PlanWindow): string {
  if (dates.length > 0) return dates.join(', ')
  return weekdays.length === 7 ? 'every day' : WEEKDAYS.flatMap(([number, short]) => (weekdays.includes(number) ? [short] : [])).join(', ')
}

export function windowsWords({ windows }: Pick<PlanDesign, 'windows'>): string {
  if (windows.by === 'own') return 'each site’s own'
  const { earliestStart, latestStart, hardEnd, timeZone } = windows.window
  return `${daysWords(windows.window)}; starts from ${earliestStart} to ${latestStart}, over by ${hardEnd}, ${timeZone}`
}

/** From when on, how late, and how they are spread. */
export const startsWords = ({ firstDay, latestStartMarginMinutes, randomStartMinutes }: Pick<PlanDesign, 'firstDay' | 'latestStartMarginMinutes' | 'randomStartMinutes'>): string =>
  [`${firstDay === null ? 'from the approval on' : `from ${firstDay} on`}`, `${latestStartMarginMinutes} min before the end of the window at the latest`, ...(randomStartMinutes > 0 ? [`put off by up to ${randomStartMinutes} min by chance`] : [])].join(', ')

export const limitsWords = ({ concurrency: { perSite, perCustomer, fleet }, haGapMinutes }: Pick<PlanDesign, 'concurrency' | 'haGapMinutes'>): string =>
  `${formatCount(perSite)} at a site, ${formatCount(perCustomer)} of a customer, ${formatCount(fleet)} in the fleet; ${haGapMinutes} min between the two of an HA pair`

/** When it was approved, by whom, and whether that took two people. */
export function approvedWords({ approvedAt, approvals, fourEyes }: Pick<PlanDto, 'approvedAt' | 'approvals' | 'fourEyes'>): string {
  if (approvedAt === null) return 'not yet'
  const given = approvals?.given.map(({ name }) => name) ?? []
  return `${formatDateTime(approvedAt)}${given.length === 0 ? '' : ` by ${namesInShort(given, 3)}`}${fourEyes ? '; it asked for two people' : ''}`
}
