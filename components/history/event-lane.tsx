'use client'
import { useRef } from 'react'
import type { Cursor } from '@/components/charts/panel'
import { LEFT_PX, RIGHT_PX } from '@/components/charts/plot'
import { shareOf, stepAt, type TimeAxis } from '@/components/charts/scale'
import { useWidth } from '@/components/charts/use-width'
import { Tooltip } from '@/components/ui/tooltip'
import { formatMoment } from '@/lib/format/dates'
import { plural } from '@/lib/format/numbers'
import type { HistoryEvent } from '@/lib/history/dto'
import { eventIcon } from './event-icons'
import { eventWords } from './words'

/** Marks stand so far apart that each can be hit. */
const APART_PX = 26
const TOLD = 6

type Cluster = { x: number; events: HistoryEvent[] }

/** Events that would stand on each other are one mark. `events` are newest first. */
function clustersOf(events: readonly HistoryEvent[], axis: TimeAxis, inner: number): Cluster[] {
  const clusters: Cluster[] = []
  for (const event of events.toReversed()) {
    const x = Math.min(Math.max(shareOf(axis, Date.parse(event.at)), 0), 1) * inner
    const last = clusters.at(-1)
    if (last && x - last.x < APART_PX) last.events.push(event)
    else clusters.push({ x, events: [event] })
  }
  return clusters
}

/** What happened, below the charts at its time; words on hover and focus. The list below it says the same in full. */
export function EventLane({ events, axis, onPoint }: { events: readonly HistoryEvent[]; axis: TimeAxis; onPoint: (cursor: Cursor | null) => void }) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const inner = Math.max(width - LEFT_PX - RIGHT_PX, 1)
  return (
    <div ref={box} role="group" aria-label="Events on the time axis" className="relative h-7">
      {width > 0 &&
        clustersOf(events, axis, inner).map(({ x, events: each }) => {
          const [first] = each
          if (!first) return null
          const Icon = eventIcon(first)
          const point = (): void => onPoint({ step: stepAt(axis, Date.parse(first.at)), panelId: null })
          return (
            <Tooltip key={first.at + first.type} text={<Told events={each} />}>
              <button
                type="button"
                aria-label={
                  each.length === 1 ? `${formatMoment(first.at)}: ${eventWords(first)}` : `${plural(each.length, 'event')} from ${formatMoment(first.at)} on`
                }
                style={{ left: LEFT_PX + x - 12 }}
                onFocus={point}
                onPointerEnter={point}
                onBlur={() => onPoint(null)}
                onPointerLeave={() => onPoint(null)}
                className="absolute top-0.5 grid size-6 place-items-center rounded-sm text-text-2 hover:bg-hover hover:text-text"
              >
                {each.length === 1 ? <Icon aria-hidden size={14} strokeWidth={1.75} /> : <span className="text-xs font-semibold">{each.length}</span>}
              </button>
            </Tooltip>
          )
        })}
    </div>
  )
}

function Told({ events }: { events: readonly HistoryEvent[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {events.slice(0, TOLD).map((event, index) => (
        <li key={index}>
          <span className="text-text-3">{formatMoment(event.at)}</span> {eventWords(event)}
        </li>
      ))}
      {events.length > TOLD && <li className="text-text-3">and {events.length - TOLD} more</li>}
    </ul>
  )
}
