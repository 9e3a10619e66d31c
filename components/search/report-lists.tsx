'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Empty } from '@/components/ui/empty'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { VirtualTable, type Column } from '@/components/ui/virtual-table'
import { formatCount, plural } from '@/lib/format/numbers'
import { searchReports } from '@/lib/queries/search'
import type { DuplicateAddress, MovedDevice, NewDevice } from '@/lib/search/dto'
import { DUPLICATE_COLUMNS, DuplicateCard, MOVED_COLUMNS, MovedCard, NEW_COLUMNS, NewCard } from './report-looks'

type ListProps<T> = {
  query: { isPending: boolean; error: unknown; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown; refetch: () => unknown }
  rows: readonly T[]
  sentence: string
  none: { title: string; why: string }
  columns: readonly Column<T>[]
  card: (row: T) => ReactNode
  keyOf: (row: T) => string
  cardHeight?: number
}

function ReportList<T>({ query, rows, sentence, none, columns, card, keyOf, cardHeight }: ListProps<T>) {
  if (query.error !== null) return <ProblemNotice error={query.error} retry={() => void query.refetch()} className="mx-5 my-3 max-md:mx-4" />
  if (query.isPending) return <SkeletonRows rows={8} columns={columns.length} />
  return (
    <>
      {rows.length > 0 && <p className="px-5 pb-2 text-lg max-md:px-4">{sentence}</p>}
      {rows.length > 0 && (
        <VirtualTable caption={sentence} rows={rows} columns={columns} rowKey={keyOf} card={card} {...(cardHeight !== undefined && { cardHeight })} />
      )}
      {rows.length === 0 && !query.hasNextPage && <Empty title={none.title}>{none.why}</Empty>}
      {rows.length === 0 && query.hasNextPage && <p className="px-5 py-4 text-text-2 max-md:px-4">Nothing so far; looking further.</p>}
      <LoadMore more={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} what="of it" />
    </>
  )
}

/** How many there are, as far as they were looked for. */
const soFar = (count: number, hasMore: boolean, one: string, many: string) => (hasMore ? `${formatCount(count)} ${many} so far` : plural(count, one, many))

export function DuplicateReport() {
  const { customerId } = useCustomerScope()
  const query = useInfiniteQuery(searchReports.duplicates(customerId))
  const rows = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <ReportList<DuplicateAddress>
      query={query}
      rows={rows}
      sentence={`${soFar(rows.length, query.hasNextPage, 'address has', 'addresses have')} more than one device: some of their traffic goes to the wrong one.`}
      none={{
        title: 'No address has two devices.',
        why: 'Looked for on each interface of each site, in what was last read of the ARP and NDP tables, and among the changes of the last day. Shared addresses (CARP, VRRP) do not count.',
      }}
      columns={DUPLICATE_COLUMNS}
      card={(row) => <DuplicateCard row={row} />}
      cardHeight={84}
      keyOf={(row) => `${row.customer.id} ${row.site?.id ?? row.devices[0]?.firewall.id ?? ''} ${row.interface ?? ''} ${row.ip} ${row.takeovers}`}
    />
  )
}

export function MovedReport() {
  const { customerId } = useCustomerScope()
  const query = useInfiniteQuery(searchReports.moved(customerId))
  const all = query.data?.pages.flatMap((page) => page.items) ?? []
  // A device that moved twice is told by its newest move.
  const rows = all.filter(({ mac }, at) => all.findIndex((other) => other.mac === mac) === at)
  return (
    <ReportList<MovedDevice>
      query={query}
      rows={rows}
      sentence={`${soFar(rows.length, query.hasNextPage, 'device is', 'devices are')} behind another firewall or interface than before, within the last seven days.`}
      none={{
        title: 'No device has moved.',
        why: 'Within the last seven days, no MAC came to another firewall or interface after the one before had lost it.',
      }}
      columns={MOVED_COLUMNS}
      card={(row) => <MovedCard row={row} />}
      cardHeight={84}
      keyOf={({ id }) => id}
    />
  )
}

const SPANS = [
  { hours: 24, label: 'Last 24 hours' },
  { hours: 168, label: 'Last 7 days' },
] as const

export function NewReport() {
  const { customerId } = useCustomerScope()
  const [hours, setHours] = useState<number>(24)
  const query = useInfiniteQuery(searchReports.newDevices(customerId, hours))
  const rows = query.data?.pages.flatMap((page) => page.items) ?? []
  const randomised = rows.filter((row) => row.randomised).length
  return (
    <>
      <div className="flex gap-4 px-5 pb-2 max-md:px-4">
        {SPANS.map((span) => (
          <label key={span.hours} className="flex items-center gap-1.5 text-text-2 max-md:min-h-11">
            <input type="radio" name="span" checked={hours === span.hours} onChange={() => setHours(span.hours)} className="accent-act" />
            {span.label}
          </label>
        ))}
      </div>
      <ReportList<NewDevice>
        query={query}
        rows={rows}
        sentence={`${soFar(rows.length, query.hasNextPage, 'device was', 'devices were')} never seen at their site before${randomised === 0 ? '' : `; ${formatCount(randomised)} of them made their MAC up, as phones do`}.`}
        none={{ title: 'No new device.', why: 'Every device that was seen since then was known at its site. What a first visit finds is not new.' }}
        columns={NEW_COLUMNS}
        card={(row) => <NewCard row={row} />}
        keyOf={({ id }) => id}
      />
    </>
  )
}
