import { cn } from '@/lib/core/cn'
import { UPDATE_WAY } from '@/lib/plan-runs/words'
import { UPDATE_RULES } from '@/lib/updates/states'
import { segmentsOf, type OnWay, type Segment } from './way'

const LOOKS: Record<Segment, string> = {
  behind: 'border-text-3 bg-text-3',
  // Work in progress is ink, and striped, so that it is told apart without colour.
  now: 'border-text bg-[repeating-linear-gradient(90deg,var(--text)_0_2px,transparent_2px_4px)]',
  failed: 'border-bad-mark bg-bad-mark',
  waits: 'border-dashed border-you-mark',
  ahead: 'border-line-2',
}

/** How far one is on its way, in seven segments; the words beside it say the same. */
export function WayBar({ job, className }: { job: OnWay; className?: string }) {
  return (
    <span aria-hidden className={cn('inline-flex shrink-0 items-center gap-0.5', className)}>
      {segmentsOf(job).map((segment, at) => (
        <span key={UPDATE_WAY[at]} title={UPDATE_WAY[at] && UPDATE_RULES[UPDATE_WAY[at]].word} className={cn('keeps-shape h-1.5 w-[14px] rounded-[1px] border', LOOKS[segment])} />
      ))}
    </span>
  )
}
