'use client'
import { useQuery } from '@tanstack/react-query'
import { VirtualTable, type Column } from '@/components/ui/virtual-table'
import type { Service } from '@/lib/adapters/model'
import { firewallQueries } from '@/lib/queries/firewalls'
import { EmptyList } from './empty-list'
import { FilterBox } from './filter-box'
import { useFirewall } from './firewall-context'
import { lookRail, LookWord, serviceLook } from './looks'
import { matchText } from './match-text'
import { ReadingFrame } from './reading-frame'
import { YesNo } from './figures'
import { useRefresh } from './use-refresh'
import { useUrlParam } from './use-url-param'

const COLUMNS: readonly Column<Service>[] = [
  { id: 'name', head: 'Service', width: '26%', cell: ({ name }) => <span className="font-medium">{name}</span> },
  { id: 'state', head: 'State', width: '18%', cell: (service) => <LookWord look={serviceLook(service)} /> },
  { id: 'enabled', head: 'Enabled', width: '14%', hideBelow: 'md', cell: ({ enabled }) => <YesNo value={enabled} /> },
  {
    id: 'description',
    head: 'Description',
    cell: ({ description }) => (
      <span className="text-text-2" title={description}>
        {description}
      </span>
    ),
  },
]

/** Stopped ones first, then by name. */
const worstFirst = (services: readonly Service[]): Service[] =>
  services.toSorted((a, b) => Number(serviceLook(b).role === 'bad') - Number(serviceLook(a).role === 'bad') || (a.name < b.name ? -1 : 1))

export function ServicesTab() {
  const { firewall } = useFirewall()
  const query = useQuery(firewallQueries.reading('services', firewall.id))
  const [filter, setFilter] = useUrlParam('filter')
  const shown = worstFirst(matchText(query.data?.items ?? [], filter, ({ name, description }) => `${name}\n${description}`))
  return (
    <ReadingFrame
      title="Services"
      query={query}
      refresh={useRefresh('services', firewall.id)}
      columns={3}
      controls={<FilterBox value={filter} onChange={setFilter} label="Filter the services" hint="Filter" />}
    >
      {({ items }) =>
        shown.length === 0 ? (
          <EmptyList none="No services." why="The firewall lists none." filter={filter} onClear={() => setFilter('')} total={items.length} />
        ) : (
          <VirtualTable
            caption="Services, stopped ones first"
            rows={shown}
            columns={COLUMNS}
            rowKey={({ id, name }) => `${id} ${name}`}
            rail={(service) => lookRail(serviceLook(service))}
            card={(service) => (
              <>
                <span className="flex justify-between gap-3">
                  <span className="truncate font-medium">{service.name}</span>
                  <LookWord look={serviceLook(service)} />
                </span>
                <span className="truncate text-xs text-text-2">{service.description}</span>
              </>
            )}
          />
        )
      }
    </ReadingFrame>
  )
}
