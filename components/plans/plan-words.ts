// What pages say about plans. Pure, so that it can be tested.
import { formatMoment, formatZone, ownTimeZone } from '@/lib/format/dates'
import { formatCount, plural } from '@/lib/format/numbers'
import type { PlanDto, PlanPreview, PlanSummary } from '@/lib/plans/dto'
import { isDraft } from '@/lib/plans/states'

/** A draft opens where it is written, everything else where it runs; what was approved is a link from there. */
export const planHref = ({ id, state }: Pick<PlanSummary, 'id' | 'state'>): string => `/firmware/plans/${id}${isDraft(state) ? '/edit' : ''}`

const NAMES_SHOWN = 2
/** `Anvil, Bright and 3 more`; of an empty list nothing. */
export function namesInShort(names: readonly string[], shown = NAMES_SHOWN): string {
  const rest = names.length - shown
  if (rest > 0) return `${names.slice(0, shown).join(', ')} and ${formatCount(rest)} more`
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** `Tue 1 Dec, 03:00 CET`, and how that reads at the site where its clock differs. */
export function startWords(at: string, zone: string | null): { own: string; site: string | null } {
  const own = formatMoment(at)
  const there = zone === null ? own : formatMoment(at, zone)
  return { own: `${own} ${formatZone(at)}`, site: zone === null || there === own ? null : `${there} ${formatZone(at, zone)}, ${zone}` }
}

/** How far it is, in words; null before it was approved. */
export function progressWords({ jobs }: Pick<PlanSummary, 'jobs'>): string | null {
  if (jobs.all === 0) return null
  const parts = [
    `${formatCount(jobs.succeeded)} of ${formatCount(jobs.all)}`,
    ...(jobs.failed > 0 ? [`${formatCount(jobs.failed)} failed`] : []),
    ...(jobs.stopped > 0 ? [`${formatCount(jobs.stopped)} ${jobs.stopped === 1 ? 'waits' : 'wait'} for a person`] : []),
    ...(jobs.active > 0 ? [`${formatCount(jobs.active)} under way`] : []),
    ...(jobs.leftOut > 0 ? [`${formatCount(jobs.leftOut)} left out`] : []),
  ]
  return parts.join(', ')
}

const WAITS = [
  ['halted', 'is halted', 'are halted'],
  ['waiting-approval', 'waits for approval', 'wait for approval'],
  ['running', 'is running', 'are running'],
  ['paused', 'is paused', 'are paused'],
] as const

/** What the list comes to: "1 plan is halted, 2 wait for approval." `more`: the list goes on below what is loaded. */
export function plansSentence(plans: readonly Pick<PlanSummary, 'state'>[], more: boolean): string {
  const parts = WAITS.flatMap(([state, one, many]) => {
    const count = plans.filter((plan) => plan.state === state).length
    return count === 0 ? [] : [{ count, words: count === 1 ? one : many }]
  })
  const [first, ...rest] = parts
  if (!first) return more ? 'None of these is under way.' : 'No plan is under way.'
  return `${[`${plural(first.count, 'plan')} ${first.words}`, ...rest.map(({ count, words }) => `${formatCount(count)} ${words}`)].join(', ')}.`
}

/** Who can give an approval, as the footer of the editor says it. */
export function approversSentence({ approvals, fourEyes }: Pick<PlanDto, 'approvals' | 'fourEyes'>): string {
  if (approvals === null) return ''
  const { given, missing, people, mine } = approvals
  const so = given.length === 0 ? '' : `Approved by ${namesInShort(given.map(({ name }) => name), 3)}. `
  const of = missing.length === 0 ? '' : ` of ${missing.length > 3 ? plural(missing.length, 'customer') : namesInShort(missing.map(({ name }) => name), 3)}`
  if (mine.counts) return `${so}${fourEyes ? 'It asks for two people. ' : ''}Your approval counts${of === '' ? '' : `; one is missing${of}`}.`
  const who = people.length === 0 ? `Nobody can approve it: it takes an admin${of}.` : `${namesInShort(people.map(({ name }) => name), 3)} can approve${of}.`
  return `${so}${mine.reason === null ? '' : `${mine.reason} `}${who}`
}

/** `4 min`, `3 to 9 min`; null where it is not known. */
export function minutesWords(minutes: { least: number; most: number } | null): string | null {
  if (minutes === null) return null
  return minutes.least === minutes.most ? (minutes.most === 0 ? '0' : `${minutes.most} min`) : `${minutes.least}–${minutes.most} min`
}

/** The zone in which times of this page are shown, for the head of a column. */
export const ownZone = (at: string): string => formatZone(at) || ownTimeZone()

/** What is not reported is never none. */
export function rebootWords({ reboots, rebootsUnknown }: Pick<PlanPreview, 'reboots' | 'rebootsUnknown'>): string {
  if (rebootsUnknown === 0) return plural(reboots, 'reboot')
  return reboots === 0 ? 'reboots not reported' : `${plural(reboots, 'reboot')}, not reported of ${formatCount(rebootsUnknown)}`
}
