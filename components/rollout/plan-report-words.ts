// What the report of a plan says. Pure, so that it can be tested.
import { formatCount, plural } from '@/lib/format/numbers'
import type { PlanReport, RingCounts } from '@/lib/plan-runs/dto'

/** Of those that are neither updated, failed nor left out. */
export const notOver = ({ waiting, active, stopped }: RingCounts): number => waiting + active + stopped

/** What the plan came to. Each firewall is counted once; those that soak are named as a part of those that were verified. */
export function reportSentence({ counts, kind, customers, customer }: Pick<PlanReport, 'counts' | 'kind' | 'customers' | 'customer'>): string {
  const { all, succeeded, soaking, failed, leftOut, stopped, waiting, active } = counts
  const part = (count: number, one: string, several: string): string[] => (count === 0 ? [] : [`${formatCount(count)} ${count === 1 ? one : several}`])
  const rest = [
    ...part(failed, 'failed', 'failed'),
    ...part(leftOut, 'was left out', 'were left out'),
    ...part(stopped, 'waits for a person', 'wait for a person'),
    ...part(active, 'is under way', 'are under way'),
    ...part(waiting, 'waits for its start', 'wait for their start'),
  ]
  const of = customer === null && customers.length > 1 ? ` of ${plural(customers.length, 'customer')}` : ''
  const soaks = soaking === 0 ? '' : ` (${formatCount(soaking)} of them still ${soaking === 1 ? 'soaks' : 'soak'})`
  return `${formatCount(succeeded + soaking)} of ${plural(all, 'firewall')}${of} ${kind === 'reboot' ? 'restarted' : 'updated'} and verified${soaks}${rest.length === 0 ? '' : `; ${rest.join(', ')}`}.`
}
