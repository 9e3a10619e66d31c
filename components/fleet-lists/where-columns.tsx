import Link from 'next/link'
import { Age } from '@/components/ui/age'
import type { Column } from '@/components/ui/columns'
import { cn } from '@/lib/core/cn'
import { DEFAULT_INTERVALS, intervalOf } from '@/lib/polling/intervals'
import type { FactItems, FactListName } from '@/lib/queries/fleet-lists'
import type { FactLook } from './fact-look'

type Item = FactItems[FactListName]
type Within = (href: string) => string

export const firewallHref = ({ firewall }: Item, page: string): string => `/firewalls/${firewall.id}/${page}`

export function FirewallLink({ item, page, within, className }: { item: Item; page: string; within: Within; className?: string }) {
  return (
    <Link
      href={within(firewallHref(item, page))}
      prefetch={false}
      title={`${item.firewall.name}, ${item.customer.name}${item.site ? `, ${item.site.name}` : ''}`}
      className={cn('font-medium hover:underline', className)}
    >
      {item.firewall.name}
    </Link>
  )
}

/** When the firewall last said so, or since when it does not any more. */
export function ReadAge({ list, item: { goneAt, observedAt } }: { list: FactListName; item: Item }) {
  if (goneAt === null) return <Age at={observedAt} intervalSeconds={intervalOf(list, DEFAULT_INTERVALS)} />
  return (
    <span className="text-text-2">
      gone <Age at={goneAt} />
    </span>
  )
}

/** What is gone is struck through, and says so in its last column. */
const struck = <T extends Item>(column: Column<T>): Column<T> => ({
  ...column,
  cell: (item) => (item.goneAt === null ? column.cell(item) : <span className="text-text-3 line-through">{column.cell(item)}</span>),
})

/** Where, what, since when, and how old that knowledge is. */
export function columnsOf<L extends FactListName>({ list, columns, pageOf }: FactLook<L>, within: Within): readonly Column<FactItems[L]>[] {
  return [
    {
      id: 'firewall',
      head: 'Firewall, customer',
      sort: 'firewall',
      width: '14%',
      cell: (item) => (
        <>
          <FirewallLink item={item} page={pageOf(item)} within={within} /> <span className="text-text-3">{item.customer.name}</span>
        </>
      ),
    },
    ...columns.map((column) => struck(column)),
    {
      id: 'firstSeen',
      head: 'First seen',
      sort: 'firstSeen',
      align: 'right',
      width: '92px',
      hideBelow: 'lg',
      cell: ({ firstSeenAt }) => <Age at={firstSeenAt} />,
    },
    { id: 'changed', head: 'Changed', sort: 'changed', align: 'right', width: '92px', hideBelow: 'lg', cell: ({ changedAt }) => <Age at={changedAt} /> },
    { id: 'read', head: 'Read', align: 'right', width: '112px', cell: (item) => <ReadAge list={list} item={item} /> },
  ]
}
