'use client'
import { CircleDashed } from 'lucide-react'
import { useNow } from '@/components/ui/use-now'
import { cn } from '@/lib/core/cn'
import { formatClock, formatZone } from '@/lib/format/dates'
import { useLive } from './use-live'

const iso = (ms: number): string => new Date(ms).toISOString()

/** At the right of the top bar: that changes arrive by themselves and what time it is, or since when they do not. On a phone the shape alone. */
export function LiveMark() {
  const state = useLive()
  const nowMs = useNow()
  if (state.kind === 'lost') {
    return (
      <span className="flex items-center gap-1.5 text-xs text-warn" title="What is shown is asked for every 15 seconds meanwhile.">
        <CircleDashed aria-hidden size={14} strokeWidth={2} className="shrink-0" />
        <span className="max-md:sr-only">{`Not live since ${formatClock(iso(state.sinceMs))}, trying again`}</span>
      </span>
    )
  }
  const isLive = state.kind === 'live' && nowMs !== null
  return (
    // As wide before the first sign of life as after it, so that nothing beside it moves.
    <span className="flex items-center gap-1.5 text-xs text-text-2 tabular-nums md:min-w-[6.25rem]" title={isLive ? 'Changes arrive by themselves.' : undefined}>
      <span aria-hidden className={cn('size-2 shrink-0 rounded-full', isLive ? 'bg-good-mark' : 'border border-control')} />
      <span className="max-md:sr-only">{isLive ? `Live ${formatClock(iso(nowMs))} ${formatZone(iso(nowMs))}` : 'Connecting'}</span>
    </span>
  )
}
