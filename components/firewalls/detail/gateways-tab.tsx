'use client'
import { useQuery } from '@tanstack/react-query'
import { VirtualTable } from '@/components/ui/virtual-table'
import { firewallQueries } from '@/lib/queries/firewalls'
import { EmptyList } from './empty-list'
import { useFirewall } from './firewall-context'
import { GATEWAY_COLUMNS, GatewayCard, gatewayKey, gatewayRail, worstGatewaysFirst } from './gateways-columns'
import { ReadingFrame } from './reading-frame'
import { useRefresh } from './use-refresh'

export function GatewaysTab() {
  const { firewall } = useFirewall()
  const query = useQuery(firewallQueries.reading('gateways', firewall.id))
  return (
    <ReadingFrame title="Gateways" query={query} refresh={useRefresh('gateways', firewall.id)}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyList none="No gateways." why="This firewall has no gateway to watch." />
        ) : (
          <VirtualTable
            caption="Gateways, worst first"
            rows={worstGatewaysFirst(items)}
            columns={GATEWAY_COLUMNS}
            rowKey={gatewayKey}
            rail={gatewayRail}
            card={(gateway) => <GatewayCard gateway={gateway} />}
          />
        )
      }
    </ReadingFrame>
  )
}
