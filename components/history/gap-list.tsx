import { formatClock, formatDateTime, formatDayMonth } from '@/lib/format/dates'
import { plural } from '@/lib/format/numbers'
import type { HistoryGap } from '@/lib/history/dto'
import { GAP_WORDS } from './words'

const SHOWN = 6
const DAY_MS = 86_400_000

/** `18:04 to 19:22`; with days where it is about days. */
function timeWords({ from, to }: HistoryGap, nowMs: number): string {
  const isToday = nowMs - Date.parse(from) < DAY_MS
  const begin = isToday ? formatClock(from) : formatDateTime(from)
  return `${begin} to ${formatDayMonth(from) === formatDayMonth(to) ? formatClock(to) : isToday ? formatClock(to) : formatDateTime(to)}`
}

/** What the hatched stretches mean, newest first. */
export function GapList({ gaps, endMs }: { gaps: readonly HistoryGap[]; endMs: number }) {
  if (gaps.length === 0) return null
  const rest = gaps.length - SHOWN
  return (
    <ul aria-label="Stretches without readings" className="flex flex-col gap-0.5 text-xs text-text-2">
      {gaps
        .toReversed()
        .slice(0, SHOWN)
        .map((gap) => (
          <li key={gap.from} className="flex items-baseline gap-2">
            <svg aria-hidden width="12" height="10" className="shrink-0">
              {[-4, 0, 4, 8].map((x) => (
                <line key={x} x1={x} y1="10" x2={x + 10} y2="0" className="stroke-text-3" />
              ))}
            </svg>
            <span>
              No reading, {timeWords(gap, endMs)}: {GAP_WORDS[gap.reason]}.
            </span>
          </li>
        ))}
      {rest > 0 && <li className="pl-5 text-text-3">and {plural(rest, 'earlier stretch', 'earlier stretches')}.</li>}
    </ul>
  )
}
