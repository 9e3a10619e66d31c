'use client'
import { useNow } from '@/components/ui/use-now'
import { formatClock, formatMoment, ownTimeZone } from '@/lib/format/dates'
import { nextOccurrence, type BlackoutDays, type Occurrence, type WindowTimes } from '@/lib/windows/occurrences'

function fiveAfter(window: WindowTimes, blackouts: readonly BlackoutDays[], now: Date): Occurrence[] {
  const found: Occurrence[] = []
  for (let after = now; found.length < 5; ) {
    const next = nextOccurrence(window, blackouts, after)
    if (next === null) return found
    found.push(next)
    after = next.startsUntil
  }
  return found
}

/** When the window that is being written would open, there and on the viewer's clock. */
export function NextFive({ window, blackouts }: { window: WindowTimes; blackouts: readonly BlackoutDays[] }) {
  const nowMs = useNow()
  if (nowMs === null) return null
  // Looked at again each minute, not each second.
  const found = fiveAfter(window, blackouts, new Date(Math.floor(nowMs / 60_000) * 60_000))
  const elsewhere = window.timeZone !== ownTimeZone()
  const span = ({ opensAt, endsAt }: Occurrence, zone?: string): string => `${formatMoment(opensAt.toISOString(), zone)}–${formatClock(endsAt.toISOString(), zone)}`
  return (
    <section aria-label="Next openings" className="rounded-md bg-sunken px-3 py-2 text-xs">
      <p className="font-medium text-text-2">It opens next, in {window.timeZone}{elsewhere && ' (and on your clock)'}</p>
      {found.length === 0 && <p className="mt-1 text-text-3">Never, as it stands.</p>}
      <ol className="mt-1 flex flex-col gap-0.5 tabular-nums">
        {found.map((occurrence) => (
          <li key={occurrence.id} className="flex flex-wrap gap-x-2">
            <span>{span(occurrence, window.timeZone)}</span>
            {elsewhere && <span className="text-text-3">{span(occurrence)}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}
