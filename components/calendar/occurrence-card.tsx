'use client'
import { Ban, CircleCheck, Hand, OctagonX, SkipForward, Square, TriangleAlert, type LucideIcon } from 'lucide-react'
import { TONE_GROUND, TONE_MARK, TONE_TEXT, type Tone } from '@/components/ui/tone'
import { cn } from '@/lib/core/cn'
import { plural } from '@/lib/format/numbers'
import type { CalendarItem } from '@/lib/windows/dto'
import { cardTitle, shutBy } from './card-words'
import { timesOf, type CalendarView } from './calendar-view'

type Said = { text: string; tone: Tone; icon: LucideIcon | null }

/** What becomes of the jobs in it, the worst first. */
function saidOf({ jobs, skipped }: CalendarItem, misfit: boolean): Said {
  if (misfit) return { text: `${plural(jobs.waiting, 'job')}, shut`, tone: 'warn', icon: TriangleAlert }
  if (jobs.needsPerson > 0) return { text: `${jobs.needsPerson} ${jobs.needsPerson === 1 ? 'waits' : 'wait'} for a person`, tone: 'you', icon: Hand }
  if (jobs.failed > 0) return { text: `${jobs.failed} of ${jobs.total} failed`, tone: 'bad', icon: OctagonX }
  if (skipped?.reason === 'clocks') return { text: 'Skipped, the clocks change', tone: 'plain', icon: SkipForward }
  if (jobs.underWay > 0) return { text: `${jobs.succeeded} of ${jobs.total}`, tone: 'plain', icon: null }
  if (jobs.waiting > 0) return { text: plural(jobs.waiting, 'job'), tone: 'plain', icon: Square }
  if (jobs.succeeded > 0) return { text: `${jobs.succeeded} of ${jobs.total}`, tone: 'good', icon: CircleCheck }
  if (jobs.leftOut > 0) return { text: `${jobs.leftOut} left out`, tone: 'plain', icon: SkipForward }
  if (skipped) return { text: shutBy(skipped), tone: 'plain', icon: Ban }
  return { text: '', tone: 'plain', icon: null }
}

type OccurrenceCardProps = { item: CalendarItem; customer: string; clock: CalendarView['clock']; misfit: boolean; nowMs: number; compact?: boolean; onOpen: (item: CalendarItem) => void }

/** One opening of a window, or the jobs of a plan that brings its own. Its window opens from it. */
export function OccurrenceCard({ item, customer, clock, misfit, nowMs, compact = false, onOpen }: OccurrenceCardProps) {
  const { times, ahead } = timesOf(item, clock)
  const said = saidOf(item, misfit)
  const done = Date.parse(item.endsAt) < nowMs
  const open = Date.parse(item.opensAt) <= nowMs && !done && item.skipped === null
  const loud = said.tone === 'warn' || said.tone === 'you' || said.tone === 'bad'
  const Icon = said.icon
  const quiet = item.skipped !== null && !loud
  return (
    <button
      type="button"
      title={cardTitle(item)}
      onClick={() => onOpen(item)}
      className={cn(
        'block w-full min-w-0 rounded-md border border-l-[3px] bg-surface px-2 text-left hover:bg-hover max-md:min-h-11',
        compact ? 'py-0.5 text-xs' : 'min-h-[50px] py-1 text-sm',
        loud ? cn(TONE_GROUND[said.tone], 'border-transparent border-l-current', TONE_TEXT[said.tone]) : cn('border-line-2', quiet && 'border-dashed text-text-2', done || quiet ? 'border-l-line-2' : 'border-l-text-2', open && 'border-text'),
      )}
    >
      <span className="sr-only">{`${customer}, ${item.window?.name ?? 'window of a plan'}${item.place === null ? '' : ` of ${item.place}`}, `}</span>
      <span className="flex flex-wrap items-baseline gap-x-1.5 tabular-nums">
        {times}
        {ahead !== '' && <span className={cn('text-2xs', loud ? 'text-current' : 'text-text-3')}>{ahead}</span>}
        {item.place !== null && !compact && <span className={cn('min-w-0 truncate text-xs', loud ? 'text-current' : 'text-text-3')}>{item.place}</span>}
      </span>
      {said.text !== '' && (
        <span className={cn('flex min-w-0 items-center gap-1.5 text-xs', !loud && 'text-text-2')}>
          {item.jobs.underWay > 0 && !loud && (
            <span aria-hidden className="h-1.5 w-10 shrink-0 bg-line-2">
              <span className="block h-full bg-text-2" style={{ width: `${(100 * item.jobs.succeeded) / item.jobs.total}%` }} />
            </span>
          )}
          {Icon && <Icon aria-hidden size={13} strokeWidth={1.75} className={cn('shrink-0', TONE_MARK[said.tone], Icon === Square && 'fill-current')} />}
          <span className="min-w-0 truncate">
            {said.text}
            {said.tone === 'good' && <span className="sr-only"> succeeded</span>}
            {item.jobs.underWay > 0 && <span className="sr-only"> done, under way</span>}
          </span>
        </span>
      )}
    </button>
  )
}
