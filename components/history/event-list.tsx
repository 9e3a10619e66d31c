'use client'
import Link from 'next/link'
import { useState } from 'react'
import type { Cursor } from '@/components/charts/panel'
import { stepAt, type TimeAxis } from '@/components/charts/scale'
import { Button } from '@/components/ui/button'
import { formatExactBoth, formatMoment } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import type { HistoryEvent } from '@/lib/history/dto'
import { eventIcon } from './event-icons'
import { eventWords } from './words'

const SHOWN = 8

type EventListProps = {
  firewallId: string
  zone: string
  events: readonly HistoryEvent[]
  shortened: boolean
  axis: TimeAxis
  onPoint: (cursor: Cursor | null) => void
}

function hrefOf(firewallId: string, event: HistoryEvent): string | null {
  if (event.type === 'changes') return `/firewalls/${firewallId}/changes?kind=${event.kind}`
  if (event.type === 'act') return `/firewalls/${firewallId}/audit?entry=${event.entry}`
  return null
}

/** Everything that happened in the time, in words. Pointing at a line marks its time in the charts. */
export function EventList({ firewallId, zone, events, shortened, axis, onPoint }: EventListProps) {
  const [all, setAll] = useState(false)
  const shown = all ? events : events.slice(0, SHOWN)
  return (
    <section aria-label="Events" className="flex flex-col gap-1">
      <h3 className="font-semibold">
        Events{' '}
        <span className="font-normal text-text-3">
          {formatCount(events.length)}
          {shortened && ' or more'}
        </span>
      </h3>
      {events.length === 0 ? (
        <p className="text-text-2">Nothing happened in this time that Palisade saw.</p>
      ) : (
        <ol className="flex flex-col">
          {shown.map((event, index) => {
            const Icon = eventIcon(event)
            const href = hrefOf(firewallId, event)
            return (
              <li
                key={`${event.at} ${index}`}
                onPointerEnter={() => onPoint({ step: stepAt(axis, Date.parse(event.at)), panelId: null })}
                onPointerLeave={() => onPoint(null)}
                className="flex min-h-8 items-center gap-3 border-b border-line last:border-0 hover:bg-hover max-md:min-h-11"
              >
                <Icon aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-text-3" />
                <time dateTime={event.at} title={formatExactBoth(event.at, zone)} className="w-32 shrink-0 text-xs text-text-3 max-md:w-28">
                  {formatMoment(event.at)}
                </time>
                <span className="min-w-0">
                  {href === null ? (
                    eventWords(event)
                  ) : (
                    <Link href={href} className="text-act hover:underline">
                      {eventWords(event)}
                    </Link>
                  )}
                </span>
              </li>
            )
          })}
        </ol>
      )}
      {events.length > SHOWN && !all && (
        <Button size="sm" className="mt-1 self-start" onClick={() => setAll(true)}>
          Show all {formatCount(events.length)}
        </Button>
      )}
      {shortened && all && <p className="text-xs text-text-2">There were more. Choose a shorter time to see them all.</p>}
    </section>
  )
}
