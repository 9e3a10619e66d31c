'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { ChartStack } from '@/components/charts/chart-stack'
import type { Cursor } from '@/components/charts/panel'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { useUrlParam } from '@/components/firewalls/detail/use-url-param'
import { Empty } from '@/components/ui/empty'
import { plural } from '@/lib/format/numbers'
import type { FirewallHistory } from '@/lib/history/dto'
import { firewallQueries } from '@/lib/queries/firewalls'
import { drawingOf } from './drawing'
import { EventLane } from './event-lane'
import { EventList } from './event-list'
import { GapList } from './gap-list'
import { HistoryTable } from './history-table'
import { gatewaysLeftOut, interfacesOf } from './panels'
import { UptimeSentence } from './uptime-sentence'

/** Charts, or their table, with what happened in the time. */
export function HistoryCharts({ history, title, isTable }: { history: FirewallHistory; title: string; isTable: boolean }) {
  const { firewall } = useFirewall()
  const [asked, setAsked] = useUrlParam('interface')
  const [cursor, setCursor] = useState<Cursor | null>(null)
  const interfaces = interfacesOf(history)
  const chosen = interfaces.includes(asked) ? asked : (interfaces[0] ?? null)
  const drawn = useMemo(() => drawingOf(history, chosen), [history, chosen])
  const { axis, panels, marks, hatches } = drawn
  if (panels.length === 0 && firewall.visitedAt === null) return <NeverVisited />
  const hidden = history.leftOut + gatewaysLeftOut(history)
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <UptimeSentence uptime={history.uptime} />
      {panels.length === 0 ? (
        <Empty title="Nothing was measured in this time." className="px-0 py-4">
          {history.gaps.length > 0 ? 'Why stands below. A longer time may have charts.' : 'This firewall reports no load, no gateways and no traffic.'}
        </Empty>
      ) : isTable ? (
        <HistoryTable panels={panels} axis={axis} title={title} />
      ) : (
        <div className="flex flex-col gap-1">
          <ChartStack
            panels={panels}
            axis={axis}
            marks={marks}
            hatches={hatches}
            cursor={cursor}
            onPoint={setCursor}
            zone={firewall.timeZone}
            controls={{ throughput: <InterfaceSelect names={interfaces} name={chosen ?? ''} onChange={setAsked} /> }}
          />
          {history.events.length > 0 && <EventLane events={history.events} axis={axis} onPoint={setCursor} />}
        </div>
      )}
      {hidden > 0 && (
        <p className="text-xs text-text-2">{plural(hidden, 'more gateway or interface', 'more gateways or interfaces')} were measured and have no line here.</p>
      )}
      <GapList gaps={history.gaps} endMs={axis.toMs} />
      <EventList
        firewallId={firewall.id}
        zone={firewall.timeZone}
        events={history.events}
        shortened={history.eventsShortened}
        axis={axis}
        onPoint={setCursor}
      />
    </div>
  )
}

function NeverVisited() {
  const { firewall } = useFirewall()
  return (
    <Empty title="Charts begin with the first visit." className="px-0">
      {firewall.state === 'unreachable' || firewall.lastError !== null
        ? `This firewall never answered. ${firewall.lastError?.message ?? ''} ${firewall.lastError?.nextStep ?? ''}`
        : firewall.nextVisitAt === null
          ? 'Palisade visits this firewall when it is released.'
          : 'Palisade visits it within a minute or two; a line needs two visits.'}
    </Empty>
  )
}

function InterfaceSelect({ names, name, onChange }: { names: readonly string[]; name: string; onChange: (name: string) => void }) {
  const { firewall } = useFirewall()
  const { data } = useQuery(firewallQueries.reading('interfaces', firewall.id))
  const wordsOf = (id: string): string => data?.items.find((each) => each.id === id)?.description || id
  if (names.length < 2) return <span className="text-xs text-text-2">{wordsOf(name)}</span>
  return (
    <select
      aria-label="Interface"
      value={name}
      onChange={(event) => onChange(event.target.value)}
      className="h-6 rounded-sm border border-control bg-surface px-1 text-xs max-md:h-11 [&>option]:bg-raised [&>option]:text-text"
    >
      {names.map((each) => (
        <option key={each} value={each}>
          {wordsOf(each)}
        </option>
      ))}
    </select>
  )
}
