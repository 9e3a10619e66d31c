'use client'
import { useQuery } from '@tanstack/react-query'
import { Notice } from '@/components/ui/notice'
import { VirtualTable, type Column } from '@/components/ui/virtual-table'
import type { CarpAddress } from '@/lib/adapters/model'
import type { ListReading } from '@/lib/firewalls/dto'
import { firewallQueries } from '@/lib/queries/firewalls'
import { EmptyList } from './empty-list'
import { DashOr, TextOr } from './figures'
import { useFirewall } from './firewall-context'
import { CARP_LOOKS, lookRail, LookWord } from './looks'
import { ReadingFrame } from './reading-frame'
import { useRefresh } from './use-refresh'

const COLUMNS: readonly Column<CarpAddress>[] = [
  { id: 'address', head: 'Virtual address', width: '28%', cell: ({ address }) => <TextOr value={address} mono /> },
  { id: 'state', head: 'State', cell: ({ state }) => <LookWord look={CARP_LOOKS[state]} /> },
  { id: 'interface', head: 'Interface', width: '20%', cell: (row) => row.interface },
  { id: 'vhid', head: 'VHID', align: 'right', width: '80px', cell: ({ vhid }) => <DashOr value={vhid} format={String} /> },
  { id: 'skew', head: 'Skew', align: 'right', width: '80px', cell: ({ advertisingSkew }) => <DashOr value={advertisingSkew} format={String} /> },
]

export function CarpTab() {
  const { firewall } = useFirewall()
  const query = useQuery(firewallQueries.reading('carp', firewall.id))
  return (
    <ReadingFrame title="CARP" query={query} refresh={useRefresh('carp', firewall.id)}>
      {(carp) => (
        <>
          <CarpNotices carp={carp} />
          {carp.items.length === 0 ? (
            <EmptyList
              none="No virtual addresses."
              why={carp.enabled === false ? 'CARP is switched off on this firewall.' : 'This firewall shares no address with a peer.'}
            />
          ) : (
            <VirtualTable
              caption="Virtual addresses of CARP"
              rows={carp.items}
              columns={COLUMNS}
              rowKey={(row) => `${row.interface} ${row.vhid ?? ''} ${row.address ?? ''}`}
              rail={({ state }) => lookRail(CARP_LOOKS[state])}
              card={(row) => (
                <>
                  <span className="flex justify-between gap-3">
                    <TextOr value={row.address} mono />
                    <LookWord look={CARP_LOOKS[row.state]} />
                  </span>
                  <span className="text-xs text-text-2">
                    {row.interface} · VHID <DashOr value={row.vhid} format={String} /> · skew <DashOr value={row.advertisingSkew} format={String} />
                  </span>
                </>
              )}
            />
          )}
        </>
      )}
    </ReadingFrame>
  )
}

/** What changes who is master, before the list of addresses. */
function CarpNotices({ carp: { enabled, maintenanceMode, demotion, items } }: { carp: ListReading<'carp'> }) {
  return (
    <div className="flex flex-col gap-3 px-5 pb-3 empty:hidden max-md:px-3">
      {maintenanceMode === true && <Notice tone="warn" title="Maintenance mode is on. This firewall gives its addresses away until someone ends it." />}
      {enabled === false && items.length > 0 && <Notice tone="warn" title="CARP is switched off for the moment. The peer holds the addresses." />}
      {typeof demotion === 'number' && demotion > 0 && (
        <Notice tone="warn" title={`Demoted by ${demotion}.`}>
          Something on this firewall is not well, so it steps back behind its peer.
        </Notice>
      )}
    </div>
  )
}
