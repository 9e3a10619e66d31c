'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useMemo, useState } from 'react'
import { ChartStack } from '@/components/charts/chart-stack'
import type { Cursor } from '@/components/charts/panel'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { historyQueries } from '@/lib/queries/history'
import { drawingOf } from './drawing'
import { GapList } from './gap-list'

/** What a person looks at first; the page of the history has the rest. */
const SHOWN = new Set(['latency', 'cpu', 'memory'])

/** The last day of a firewall in three charts; nothing while there is none. */
export function HistoryGlance() {
  const { firewall } = useFirewall()
  const { data: history } = useQuery(historyQueries.of(firewall.id, '24h'))
  const [cursor, setCursor] = useState<Cursor | null>(null)
  const drawn = useMemo(() => (history ? drawingOf(history, null) : null), [history])
  const panels = useMemo(() => drawn?.panels.filter(({ id }) => SHOWN.has(id)) ?? [], [drawn])
  if (!history || !drawn || panels.length === 0) return null
  return (
    <section aria-label="Last 24 hours" className="flex flex-col gap-3 border-b border-line px-5 pt-1 pb-4 max-md:px-3">
      <div className="flex items-baseline gap-3">
        <h2 className="font-semibold">Last 24 hours</h2>
        <Link href={`/firewalls/${firewall.id}/history`} className="ml-auto text-xs text-act hover:underline">
          All history
        </Link>
      </div>
      <ChartStack panels={panels} axis={drawn.axis} marks={drawn.marks} hatches={drawn.hatches} cursor={cursor} onPoint={setCursor} zone={firewall.timeZone} />
      <GapList gaps={history.gaps} endMs={drawn.axis.toMs} />
    </section>
  )
}
