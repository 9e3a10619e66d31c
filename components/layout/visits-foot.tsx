'use client'
import { useQuery } from '@tanstack/react-query'
import { OctagonX, TriangleAlert } from 'lucide-react'
import { formatDuration } from '@/lib/format/duration'
import { formatCount, plural } from '@/lib/format/numbers'
import { overviewQueries } from '@/lib/queries/overview'
import type { VisitsDto } from '@/lib/visits/input'
import { useCustomerScope } from './customer-scope'

/** A lag of so many seconds is no lag: visits are spread on purpose. */
const ON_TIME_SECONDS = 10

/** Whether Palisade keeps up with its visits, in a few words. */
export function visitsWord({ firewalls, workers, lagP95Seconds, overdue }: VisitsDto): { word: string; detail: string; tone: 'good' | 'warn' | 'bad' } {
  if (firewalls === 0) return { word: 'Nothing to visit', detail: 'No firewall is enrolled here.', tone: 'good' }
  if (workers === 0) return { word: 'No worker runs', detail: 'Nothing is visited until a worker is started.', tone: 'bad' }
  const lag = lagP95Seconds < ON_TIME_SECONDS ? `${lagP95Seconds.toFixed(1)} s` : formatDuration(lagP95Seconds)
  const detail = `19 of 20 visits wait less than ${lag}. ${overdue === 0 ? 'None is' : `${formatCount(overdue)} ${overdue === 1 ? 'is' : 'are'}`} overdue by more than its interval. ${plural(workers, 'worker')}.`
  return overdue > 0 || lagP95Seconds >= ON_TIME_SECONDS
    ? { word: `Visits late, lag ${lag}`, detail, tone: 'warn' }
    : { word: `Visits on time, lag ${lag}`, detail, tone: 'good' }
}

export function VisitsFoot() {
  const { customerId } = useCustomerScope()
  const visits = useQuery(overviewQueries.visits(customerId)).data
  if (!visits) return null
  const { word, detail, tone } = visitsWord(visits)
  return (
    <p title={`${word}. ${detail}`} className="flex h-7 items-center gap-2.5 px-2 text-text-2 max-xl:justify-center">
      <span aria-hidden className="flex w-4 shrink-0 justify-center">
        {tone === 'good' ? (
          <span className="keeps-shape size-2 rounded-full bg-good-mark" />
        ) : tone === 'warn' ? (
          <TriangleAlert size={16} strokeWidth={1.75} className="text-warn-mark" />
        ) : (
          <OctagonX size={16} strokeWidth={1.75} className="text-bad-mark" />
        )}
      </span>
      <span className="truncate max-xl:sr-only">{word}</span>
    </p>
  )
}
