'use client'
import { useQuery } from '@tanstack/react-query'
import { CircleDot } from 'lucide-react'
import Link from 'next/link'
import { FIREWALL_LOOKS, StateMark } from '@/components/firewalls/state-word'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useNow } from '@/components/ui/use-now'
import { formatClock, formatDate, formatExact } from '@/lib/format/dates'
import { overviewQueries } from '@/lib/queries/overview'
import { latestLines, type LatestLine } from './latest-words'

const LINES_MAX = 14
const DAY_MILLISECONDS = 86_400_000

/** What happened last, newest first; what happened together is one line. */
export function LatestEvents() {
  const { customerId, within } = useCustomerScope()
  const latest = useQuery(overviewQueries.latest(customerId))
  const lines = latestLines(latest.data?.items ?? [], LINES_MAX)
  return (
    <section aria-labelledby="latest" className="flex flex-col gap-2 py-4">
      <h2 id="latest" className="px-5 font-semibold max-md:px-4">
        Latest
      </h2>
      <ProblemNotice error={latest.error} retry={() => void latest.refetch()} className="mx-5" />
      {latest.isPending && <SkeletonRows rows={8} columns={2} rowHeight={40} />}
      {latest.data && lines.length === 0 && (
        <p className="px-5 text-text-3 max-md:px-4">Nothing happened yet. Changes of state, versions and rules will stand here.</p>
      )}
      <ol>
        {lines.map((line) => (
          <li key={line.key}>
            <Link
              href={within(line.href)}
              className="grid grid-cols-[44px_16px_minmax(0,1fr)] items-start gap-x-2.5 px-5 py-[5px] hover:bg-hover max-md:min-h-11 max-md:px-4"
            >
              <EventTime at={line.at} />
              <EventMark line={line} />
              <span className="min-w-0">
                <span className="block truncate" title={line.title}>
                  {line.title}
                </span>
                <span className="block truncate text-xs text-text-3" title={line.detail}>
                  {line.detail}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  )
}

const EventMark = ({ line: { state } }: { line: LatestLine }) => (
  <span className="flex h-5 items-center justify-center">
    {state === null ? (
      <CircleDot aria-hidden size={16} strokeWidth={1.75} className="text-text-3" />
    ) : (
      <StateMark look={FIREWALL_LOOKS[state]} className="mx-0" />
    )}
  </span>
)

/** `02:41`, or the day where it was another; empty until the browser's clock and zone are known. */
function EventTime({ at }: { at: string }) {
  const nowMs = useNow()
  const isToday = nowMs !== null && nowMs - Date.parse(at) < DAY_MILLISECONDS
  return (
    <time dateTime={at} title={nowMs === null ? undefined : formatExact(at)} className="text-xs leading-5 whitespace-nowrap text-text-3 tabular-nums">
      {nowMs === null ? '' : isToday ? formatClock(at) : formatDate(at).slice(0, -5)}
    </time>
  )
}
