import { Notice } from '@/components/ui/notice'
import type { Tone } from '@/components/ui/tone'
import type { PairReply } from '@/lib/ha/dto'

type Kind = PairReply['problems'][number]['kind']

/** What breaks now stands at the top of the page; the rest belongs to the part about the pair. */
export const PAIR_TONES = {
  'two-masters': 'bad',
  'no-master': 'bad',
  'peer-unreachable': 'warn',
  'roles-mixed': 'plain',
  'role-not-reported': 'plain',
  'versions-differ': 'plain',
} as const satisfies Record<Kind, Tone>

/** The sentence about a pair that does not do its work. */
export function PairNotices({ pair }: { pair: PairReply | undefined }) {
  return (pair?.problems ?? [])
    .filter(({ kind }) => PAIR_TONES[kind] === 'bad')
    .map(({ kind, message, nextStep }) => (
      <Notice key={kind} tone={PAIR_TONES[kind]} title={message}>
        {nextStep}
      </Notice>
    ))
}
