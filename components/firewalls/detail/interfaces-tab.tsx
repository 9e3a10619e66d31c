'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Facts } from '@/components/ui/facts'
import { VirtualTable } from '@/components/ui/virtual-table'
import type { NetworkInterface } from '@/lib/adapters/model'
import { firewallQueries } from '@/lib/queries/firewalls'
import { EmptyList } from './empty-list'
import { Bytes, Count, TextOr } from './figures'
import { useFirewall } from './firewall-context'
import { INTERFACE_COLUMNS, InterfaceCard, interfaceKey, interfaceRail, worstInterfacesFirst } from './interfaces-columns'
import { ReadingFrame } from './reading-frame'
import { toggled } from './toggled'
import { useRefresh } from './use-refresh'

export function InterfacesTab() {
  const { firewall } = useFirewall()
  const query = useQuery(firewallQueries.reading('interfaces', firewall.id))
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  return (
    <ReadingFrame title="Interfaces" query={query} refresh={useRefresh('interfaces', firewall.id)} columns={7}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyList none="No interfaces." why="The firewall lists none, or the privilege to see them is missing." />
        ) : (
          <VirtualTable
            caption="Interfaces, worst first"
            rows={worstInterfacesFirst(items)}
            columns={INTERFACE_COLUMNS}
            rowKey={interfaceKey}
            rail={interfaceRail}
            expanded={open}
            renderExpanded={(each) => <InterfaceDetails each={each} />}
            onOpen={(each) => setOpen(toggled(interfaceKey(each)))}
            card={(each) => <InterfaceCard each={each} />}
          />
        )
      }
    </ReadingFrame>
  )
}

function InterfaceDetails({ each }: { each: NetworkInterface }) {
  return (
    <div className="grid items-start gap-6 sm:grid-cols-2 lg:grid-cols-3">
      <Facts
        items={[
          [
            'Identifier',
            <span key="id" className="font-mono text-xs">
              {each.id}
            </span>,
          ],
          ['Gateway', <TextOr key="gateway" value={each.gateway} />],
          ['VLAN tag', <Count key="vlan" value={each.vlanTag} />],
          ['MAC', <TextOr key="mac" value={each.mac} mono />],
        ]}
      />
      <Facts
        items={[
          ['IPv4', <AddressList key="ipv4" addresses={each.ipv4} />],
          ['IPv6', <AddressList key="ipv6" addresses={each.ipv6} />],
        ]}
      />
      <Facts
        items={[
          ['Packets in', <Count key="in" value={each.receivedPackets} />],
          ['Packets out', <Count key="out" value={each.sentPackets} />],
          ['Bytes in', <Bytes key="bytes-in" value={each.receivedBytes} />],
          ['Bytes out', <Bytes key="bytes-out" value={each.sentBytes} />],
          ['Errors in', <Count key="errors-in" value={each.receiveErrors} />],
          ['Errors out', <Count key="errors-out" value={each.sendErrors} />],
          ['Collisions', <Count key="collisions" value={each.collisions} />],
        ]}
      />
    </div>
  )
}

function AddressList({ addresses }: { addresses: readonly string[] }) {
  return addresses.length === 0 ? (
    <span className="text-text-3">none</span>
  ) : (
    <span className="font-mono text-xs break-all whitespace-pre-line">{addresses.join('\n')}</span>
  )
}
