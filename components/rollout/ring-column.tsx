'use client'
import { CalendarClock, CircleCheck, Hand, Hourglass, Play, TriangleAlert } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { TONE_MARK, TONE_TEXT } from '@/components/ui/tone'
import { cn } from '@/lib/core/cn'
import { aheadOf, formatClock, formatExactBoth, formatZone } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import type { RunNight, RunRing } from '@/lib/plan-runs/dto'
import { JobRow } from './job-row'
import { dayWords, firstStartExact, gateWords, ringLine } from './run-words'

const ICONS = { none: CalendarClock, plain: Play, good: CircleCheck, warn: TriangleAlert, you: Hand } as const

type RingColumnProps = { ring: RunRing; isStopped: boolean; selected: string | null; onSelect: (id: string) => void; onMore: (() => void) | null; onEach: (() => void) | null }

/** One ring: how its gate stands, its firewalls with the worst first, and what is to come night by night. */
export function RingColumn({ ring, isStopped, selected, onSelect, onMore, onEach }: RingColumnProps) {
  const { counts, jobs, nights, more, state, name } = ring
  const ended = counts.succeeded + counts.soaking + counts.failed
  const isCurrent = state === 'open' || state === 'soaking' || state === 'halted'
  return (
    <section aria-label={`Ring ${name}`} className={cn('flex min-h-0 min-w-0 flex-col max-md:border-b max-md:border-line-2', isCurrent && 'bg-sunken')}>
      <header className="border-b border-line px-5 pt-3 pb-2 max-md:px-4">
        <div className="flex flex-wrap items-center justify-between gap-x-3">
          <h2 className="min-w-0 truncate font-semibold">
            {name}{' '}
            <span className="text-xs font-normal text-text-3 tabular-nums">
              {formatCount(ended)} of {formatCount(counts.all)}
            </span>
          </h2>
          <GateState ring={ring} isStopped={isStopped} />
        </div>
        {isCurrent && ring.gate && ring.gate.counted > 0 ? <GateBar gate={ring.gate} /> : null}
        <p className="min-h-4 truncate text-xs text-text-2" title={ringLine(ring)}>
          {ringLine(ring)}
        </p>
        {ring.reason !== null && <p className="mt-1 text-xs text-you">{ring.reason}</p>}
      </header>
      <div className="min-h-0 flex-1 md:overflow-y-auto">
        <ul aria-label={`Firewalls of ${name}`}>
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} isStopped={isStopped} selected={job.id === selected} onSelect={onSelect} />
          ))}
        </ul>
        {nights.length > 0 && (
          <ul aria-label={`Later nights of ${name}`}>
            {nights.map((night) => (
              <Night key={night.day} night={night} isStopped={isStopped} />
            ))}
          </ul>
        )}
        {(more > 0 && onMore) || (nights.length > 0 && onEach) ? (
          <p className="flex flex-wrap gap-2 px-3 py-1.5">
            {more > 0 && onMore && (
              <Button variant="quiet" size="sm" onClick={onMore}>
                {formatCount(more)} more
              </Button>
            )}
            {nights.length > 0 && onEach && (
              <Button variant="quiet" size="sm" onClick={onEach}>
                Show each firewall
              </Button>
            )}
          </p>
        ) : null}
        {jobs.length === 0 && nights.length === 0 && <p className="px-5 py-3 text-text-3 max-md:px-4">No firewall is in this ring.</p>}
      </div>
    </section>
  )
}

function GateState({ ring, isStopped }: { ring: RunRing; isStopped: boolean }) {
  const { tone, words } = gateWords(ring, isStopped)
  const Icon = ring.state === 'soaking' ? Hourglass : ICONS[tone]
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <Icon aria-hidden size={16} strokeWidth={1.75} className={cn('shrink-0', tone === 'none' ? 'text-text-3' : TONE_MARK[tone])} />
      <span className={cn('truncate', tone === 'warn' || tone === 'you' ? TONE_TEXT[tone] : tone === 'none' ? 'text-text-2' : '')} title={firstStartExact(ring)}>
        {words}
      </span>
    </span>
  )
}

/** Succeeded of those that ended, with a mark where the gate opens. The words above say the same. */
function GateBar({ gate: { succeeded, ended, counted, rule, failuresLeft } }: { gate: NonNullable<RunRing['gate']> }) {
  return (
    <span aria-hidden className="relative my-1.5 block h-1 bg-line forced-colors:border">
      <span className={cn('block h-full', failuresLeft < 0 ? 'bg-you-mark' : failuresLeft === 0 && succeeded < counted && rule.successPercent < 100 ? 'bg-warn-mark' : 'bg-text-3')} style={{ width: `${ended === 0 ? 0 : (100 * succeeded) / ended}%` }} />
      <span className="absolute -top-1 h-3 w-0.5 -translate-x-full bg-text" style={{ left: `${rule.successPercent}%` }} />
    </span>
  )
}

const POSTS_MAX = 24

/** Starts of one night, by the clocks there; while all work is stopped they wait for that to be lifted. */
function Night({ night, isStopped }: { night: RunNight; isStopped: boolean }) {
  const { count, firstStartAt, lastStartAt, timeZone } = night
  const zone = timeZone ?? undefined
  const ahead = zone === undefined ? '' : aheadOf(firstStartAt, zone)
  const [first, last] = [formatClock(firstStartAt, zone), formatClock(lastStartAt, zone)]
  const exact = `Planned for ${formatExactBoth(firstStartAt, zone)}${count === 1 ? '' : `, the last for ${formatExactBoth(lastStartAt, zone)}`}`
  return (
    <li className="flex min-h-[30px] items-center gap-3 border-b border-line px-5 max-md:min-h-11 max-md:px-4">
      <span className="w-[84px] shrink-0">{dayWords(night)}</span>
      <span aria-hidden className="flex min-w-0 items-center gap-[2px] overflow-hidden">
        {Array.from({ length: Math.min(count, POSTS_MAX) }, (_post, at) => (
          <span key={at} className="keeps-shape h-2.5 w-0.5 shrink-0 bg-text-3" />
        ))}
      </span>
      <span className="shrink-0 tabular-nums">{formatCount(count)}</span>
      <span title={exact} className="ml-auto shrink-0 text-right text-xs text-text-2 tabular-nums">
        {isStopped ? 'after the lift' : `starts ${first === last ? first : `${first} to ${last}`} ${formatZone(firstStartAt, zone)}${timeZone === null ? ', several zones' : ahead === '' ? '' : `, ${ahead}`}`}
      </span>
    </li>
  )
}
