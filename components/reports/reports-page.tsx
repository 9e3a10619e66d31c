'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useUrlParam } from '@/components/firewalls/detail/use-url-param'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SearchInput } from '@/components/ui/search-input'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { useSettled } from '@/components/ui/use-settled'
import { plural } from '@/lib/format/numbers'
import { reportQueries } from '@/lib/queries/reports'
import type { ReportRow } from '@/lib/reports/dto'
import { monthWords, shortMonth } from './report-words'

/** Customers and the months that a report can be read of. */
export function ReportsPage() {
  const [search, setSearch] = useUrlParam('search')
  const asked = useSettled(search.trim())
  const list = useInfiniteQuery(reportQueries.list(asked))
  const rows = list.data?.pages.flatMap((page) => page.items)
  return (
    <>
      <PageHeader title="Reports" />
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-5 py-4 max-md:px-4">
        <p className="min-w-60 flex-1 text-text-2">
          What a month was like for a customer, to print or save as PDF. A month that is over is kept as it was a few hours after its end; it does not change
          any more.
        </p>
        <SearchInput label="Search customers" placeholder="Customer" value={search} onChange={setSearch} className="w-64 max-md:w-full" />
      </div>
      <ProblemNotice error={list.error} retry={() => void list.refetch()} className="mx-5 mb-5 max-md:mx-4" />
      {rows === undefined ? (
        list.error === null && <SkeletonRows rows={10} columns={4} rowHeight={40} />
      ) : rows.length === 0 ? (
        <NoCustomer search={asked} onClear={() => setSearch('')} />
      ) : (
        <ReportTable rows={rows} />
      )}
      <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} what="customers" />
    </>
  )
}

function NoCustomer({ search, onClear }: { search: string; onClear: () => void }) {
  return search === '' ? (
    <Empty title="There is no customer yet.">A customer with an enrolled firewall has a report from the first month on.</Empty>
  ) : (
    <Empty title="No customer matches." action={<Button onClick={onClear}>Remove the filter “{search}”</Button>}>
      No name of a customer contains it.
    </Empty>
  )
}

function ReportTable({ rows }: { rows: readonly ReportRow[] }) {
  return (
    <Table caption="Reports by customer">
      <TableHead>
        <tr>
          <TableHeader>Customer</TableHeader>
          <TableHeader className="max-md:hidden">Firewalls</TableHeader>
          <TableHeader>Months, newest first</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.customer.id} className="h-10">
            <TableHeader scope="row" className="text-left text-sm font-medium text-text">
              {row.customer.name}
            </TableHeader>
            <TableCell className="whitespace-nowrap text-text-2 max-md:hidden">
              {plural(row.firewalls, 'firewall')} <span className="text-text-3">· {row.zone}</span>
            </TableCell>
            <TableCell>
              <Months row={row} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Months({ row: { customer, months } }: { row: ReportRow }) {
  if (months.length === 0) return <span className="text-text-3">no firewall is enrolled</span>
  return (
    <ul className="flex flex-wrap gap-x-1">
      {months.map(({ month, state }, place) => (
        <li key={month}>
          <Link
            href={`/reports/${customer.id}?month=${month}`}
            aria-label={`${monthWords(month)} of ${customer.name}${state === 'in-progress' ? ', not over' : ''}`}
            className="inline-flex min-h-6 items-center rounded-sm px-1.5 text-act hover:bg-hover hover:underline max-md:min-h-11"
          >
            {shortMonth(month)}
            {(place === 0 || month.endsWith('-12')) && <span className="ml-1">{month.slice(0, 4)}</span>}
            {state === 'in-progress' && <span className="ml-1 text-xs text-text-3">so far</span>}
          </Link>
        </li>
      ))}
    </ul>
  )
}
