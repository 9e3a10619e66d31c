import type { EnrolmentSummary } from '@/lib/enrolment/dto'
import { plural } from '@/lib/format/numbers'

/** `12 of 50 firewalls are enrolled. 3 wait for you, 2 failed, 33 are under way.` */
export function fileSentence({ total, counts }: Pick<EnrolmentSummary, 'total' | 'counts'>): string {
  const done = counts.enrolled + counts.unchanged
  const underWay = counts.waiting + counts.probing + counts.testing
  const is = (count: number, one: string, many: string): string[] => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`])
  const parts = [
    ...is(counts['waits-for-trust'], 'waits for you', 'wait for you'),
    ...is(counts.failed, 'failed', 'failed'),
    ...is(counts.differs, 'differs from what is enrolled', 'differ from what is enrolled'),
    ...is(underWay, 'is under way', 'are under way'),
    ...is(counts.dropped, 'was given up', 'were given up'),
  ]
  const begin =
    done === total
      ? `All ${plural(total, 'firewall')} of this file ${total === 1 ? 'is' : 'are'} enrolled.`
      : `${done} of ${plural(total, 'firewall')} ${done === 1 ? 'is' : 'are'} enrolled.`
  return parts.length === 0 ? begin : `${begin} ${parts.join(', ')}.`
}
