'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Table2, ChartLine } from 'lucide-react'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { useUrlParam } from '@/components/firewalls/detail/use-url-param'
import { Button } from '@/components/ui/button'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { cn } from '@/lib/core/cn'
import { formatZone } from '@/lib/format/dates'
import { historyQueries } from '@/lib/queries/history'
import { HistoryCharts } from './history-charts'
import { RangeSwitch, rangeTitle, readRange } from './range-switch'

/** The past of one firewall: values over time, what happened, and how much of the time it was reachable. The address holds the time and the form. */
export function HistoryTab() {
  const { firewall } = useFirewall()
  const [rangeText, setRange] = useUrlParam('range')
  const [view, setView] = useUrlParam('view')
  const range = readRange(rangeText)
  const history = useQuery({ ...historyQueries.of(firewall.id, range), placeholderData: keepPreviousData })
  const isTable = view === 'table'
  return (
    <section aria-label="History" className="flex min-w-0 flex-col gap-4 px-5 py-4 max-md:px-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="font-semibold">{rangeTitle(range)}</h2>
        <Zones zone={firewall.timeZone} />
        <div className="ml-auto flex flex-wrap items-center gap-3 max-md:ml-0 max-md:w-full">
          <Button size="sm" icon={isTable ? ChartLine : Table2} aria-pressed={isTable} onClick={() => setView(isTable ? '' : 'table')} className="h-7">
            {isTable ? 'Show as charts' : 'Show as table'}
          </Button>
          <RangeSwitch range={range} onChange={setRange} />
        </div>
      </div>
      {history.error && <ProblemNotice error={history.error} subject={firewall.name} retry={() => void history.refetch()} />}
      {history.data === undefined ? (
        history.isPending && <SkeletonRows rows={14} columns={1} rowHeight={60} />
      ) : (
        <div className={cn('transition-opacity duration-[120ms]', history.isPlaceholderData && 'opacity-60')}>
          <HistoryCharts history={history.data} title={rangeTitle(range)} isTable={isTable} />
        </div>
      )}
    </section>
  )
}

/** Whose clocks the axis follows. */
function Zones({ zone }: { zone: string }) {
  const { firewall } = useFirewall()
  const at = firewall.visitedAt ?? firewall.createdAt
  const [here, there] = [formatZone(at), formatZone(at, zone)]
  return (
    <span className="text-xs text-text-3">
      Times in {here}
      {here !== there && `, at the firewall ${there}`}
    </span>
  )
}
