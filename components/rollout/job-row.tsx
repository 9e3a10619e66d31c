'use client'
import { lookRail } from '@/components/firewalls/detail/looks'
import { StateMark } from '@/components/firewalls/state-word'
import { updateLook } from '@/components/updates/update-looks'
import { rowNote, rowTitle } from '@/components/updates/update-words'
import { WayBar } from '@/components/updates/way-bar'
import { TONE_TEXT } from '@/components/ui/tone'
import { useNow } from '@/components/ui/use-now'
import { cn } from '@/lib/core/cn'
import type { RunJob } from '@/lib/plan-runs/dto'

/** One firewall of a ring: how far it is, and why, how long or when. */
export function JobRow({ job, isStopped, selected, onSelect }: { job: RunJob; isStopped: boolean; selected: boolean; onSelect: (id: string) => void }) {
  const nowMs = useNow()
  const look = updateLook(job.state)
  const note = rowNote(job, nowMs, isStopped)
  const tone = job.retried ? null : lookRail(look)
  return (
    <li className="border-b border-line">
      <button
        type="button"
        data-job={job.id}
        aria-current={selected ? 'true' : undefined}
        onClick={() => onSelect(job.id)}
        title={rowTitle(job)}
        className={cn('flex h-[30px] w-full min-w-0 scroll-my-8 items-center gap-2.5 px-5 text-left max-md:h-11 max-md:px-4', selected ? 'bg-act-soft shadow-[inset_3px_0_0_var(--act)]' : 'hover:bg-hover')}
      >
        <StateMark look={look} />
        <span className="w-[34%] min-w-0 truncate">
          {job.firewall.name} <span className="sr-only">{look.word}</span>
        </span>
        <WayBar job={job} />
        <span className={cn('min-w-0 flex-1 basis-[84px] truncate text-right text-xs tabular-nums', tone !== null ? TONE_TEXT[tone] : 'text-text-2')}>{note}</span>
      </button>
    </li>
  )
}
