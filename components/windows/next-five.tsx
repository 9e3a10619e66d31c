'use client'
import { Button } from '@/components/ui/button'
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

type NextFiveProps = { window: WindowTimes; /** Null: not known yet; an opening that is listed has to open. */ blackouts: readonly BlackoutDays[] | null; /** Set when they could not be read. */ retry: (() => void) | null }

/** When the window that is being written would open, there and on the viewer's clock. */
export function NextFive({ window, blackouts, retry }: NextFiveProps) {
  const nowMs = useNow()
  if (nowMs === null) return null
  const elsewhere = window.timeZone !== ownTimeZone()
  return (
    <section aria-label="Next openings" className="rounded-md bg-sunken px-3 py-2 text-xs">
      <p className="font-medium text-text-2">It opens next, in {window.timeZone}{elsewhere && ' (and on your clock)'}</p>
      {/* Looked at again each minute, not each second. */}
      {blackouts && <Openings found={fiveAfter(window, blackouts, new Date(Math.floor(nowMs / 60_000) * 60_000))} zone={window.timeZone} elsewhere={elsewhere} />}
      {blackouts === null && <p className="mt-1 text-text-2">Blackouts not known yet{retry ? ': they could not be read.' : '.'}</p>}
      {retry && (
        <Button size="sm" className="mt-1" onClick={retry}>
          Try again
        </Button>
      )}
    </section>
  )
}

function Openings({ found, zone, elsewhere }: { found: readonly Occurrence[]; zone: string; elsewhere: boolean }) {
  const span = ({ opensAt, endsAt }: Occurrence, of?: string): string => `${formatMoment(opensAt.toISOString(), of)}–${formatClock(endsAt.toISOString(), of)}`
  if (found.length === 0) return <p className="mt-1 text-text-3">Never, as it stands.</p>
  return (
    <ol className="mt-1 flex flex-col gap-0.5 tabular-nums">
      {found.map((occurrence) => (
        <li key={occurrence.id} className="flex flex-wrap gap-x-2">
          <span>{span(occurrence, zone)}</span>
          {elsewhere && <span className="text-text-3">{span(occurrence)}</span>}
        </li>
      ))}
    </ol>
  )
}
