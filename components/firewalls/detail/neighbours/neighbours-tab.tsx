'use client'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { AskFleetLink } from '@/components/fleet-lists/ask-fleet-link'
import { ProblemNotice } from '@/components/ui/problem'
import { VirtualTable } from '@/components/ui/virtual-table'
import { formatCount } from '@/lib/format/numbers'
import { firewallQueries } from '@/lib/queries/firewalls'
import { EmptyList } from '../empty-list'
import { FilterBox } from '../filter-box'
import { useFirewall } from '../firewall-context'
import { matchText } from '../match-text'
import { Gaps, ReadingFrame } from '../reading-frame'
import { useRefresh, type Refresh } from '../use-refresh'
import { useUrlParam } from '../use-url-param'
import { joinNeighbours, neighbourText } from './join'
import { NeighbourCard, neighbourColumns } from './neighbour-columns'

const both = (arp: Refresh, leases: Refresh): Refresh => ({
  busy: arp.busy || leases.busy,
  error: arp.error ?? leases.error,
  run: () => {
    arp.run()
    leases.run()
  },
})

/** Who has this address: what the firewall sees, and what it gave out, in one list. */
export function NeighboursTab() {
  const { firewall } = useFirewall()
  const arp = useQuery(firewallQueries.reading('arp', firewall.id))
  const leases = useQuery(firewallQueries.reading('leases', firewall.id))
  const refresh = both(useRefresh('arp', firewall.id), useRefresh('leases', firewall.id))
  const [filter, setFilter] = useUrlParam('filter')
  const wanted = useDeferredValue(filter)
  const [seen, given] = [arp.data?.items, leases.data?.items]
  const rows = useMemo(() => joinNeighbours(seen ?? [], given ?? []), [seen, given])
  const shown = useMemo(() => matchText(rows, wanted, neighbourText), [rows, wanted])
  const columns = useMemo(() => neighbourColumns(firewall.timeZone), [firewall.timeZone])
  const leaseGaps = leases.data?.notReported ?? []
  return (
    <ReadingFrame
      title="ARP, NDP and leases"
      query={arp}
      refresh={refresh}
      columns={7}
      note={
        <>
          {arp.data && (
            <span>
              {wanted === ''
                ? `${formatCount(seen?.length ?? 0)} seen, ${formatCount(given?.length ?? 0)} leases`
                : `${formatCount(shown.length)} of ${formatCount(rows.length)}`}
            </span>
          )}
          <AskFleetLink list="arp" />
        </>
      }
      controls={<FilterBox value={filter} onChange={setFilter} label="Filter addresses" hint="Address, MAC, name" />}
    >
      {() => (
        <>
          <div className="flex flex-col gap-3 px-5 pb-3 empty:hidden max-md:px-3">
            {leases.error !== null && <ProblemNotice error={leases.error} subject="Leases" retry={() => void leases.refetch()} />}
            {leases.data?.lastError && (
              <p className="text-warn">
                Leases: {leases.data.lastError.message} {leases.data.lastError.nextStep}
              </p>
            )}
            {leaseGaps.length > 0 && <Gaps gaps={leaseGaps} />}
          </div>
          {shown.length === 0 ? (
            <EmptyList
              none="Nobody is seen."
              why="The firewall knows no neighbour and gave out no address."
              filter={filter}
              onClear={() => setFilter('')}
              total={rows.length}
            />
          ) : (
            <VirtualTable
              caption="Addresses seen and given out, in order of address"
              rows={shown}
              columns={columns}
              rowKey={({ key }) => key}
              card={(row) => <NeighbourCard row={row} />}
            />
          )}
        </>
      )}
    </ReadingFrame>
  )
}
