import { StateMark } from '@/components/firewalls/state-word'
import { cn } from '@/lib/core/cn'
import { formatDayMonth, formatExact, formatTime, formatZone } from '@/lib/format/dates'
import type { UpdateEventDto } from '@/lib/updates/dto'
import { updateLook } from './update-looks'
import { eventWords } from './update-words'

/** What happened, in its order; of several lines in a row that say the same, the last. */
export function JobTimeline({ events }: { events: readonly UpdateEventDto[] }) {
  const lines = events.filter((event, at) => events[at + 1]?.what !== event.what || events[at + 1]?.detail !== event.detail)
  const [first] = lines
  return (
    <section aria-label="Timeline" className="min-w-0">
      <h3 className="border-b border-line-2 pb-1.5 text-xs font-medium text-text-2">Timeline{first && `, ${formatZone(first.at)}`}</h3>
      {lines.length === 0 && <p className="py-1.5 text-text-3">It has not begun.</p>}
      <ol>
        {lines.map(({ at, what, state, detail }, place) => {
          const look = updateLook(state)
          const before = lines[place - 1]
          const isNewDay = before === undefined || formatDayMonth(before.at) !== formatDayMonth(at)
          return (
            <li key={`${at} ${what} ${place}`} className="flex items-start gap-2 border-b border-line py-1.5">
              <time dateTime={at} title={formatExact(at)} className="w-[58px] shrink-0 text-xs leading-5 text-text-2 tabular-nums">
                {isNewDay && <span className="block text-text-3">{formatDayMonth(at)}</span>}
                {formatTime(at)}
              </time>
              <StateMark look={look} className="mt-0.5" />
              <span className="min-w-0 break-words">
                <span className={cn(state === 'failed' && 'font-medium text-bad')}>{eventWords({ what, state })}</span>
                {detail !== null && <span className="block text-xs text-text-2">{detail}</span>}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
