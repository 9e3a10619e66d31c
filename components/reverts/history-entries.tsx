'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { Age } from '@/components/ui/age'
import { Tag } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { formatBytes } from '@/lib/format/bytes'
import { formatDateTime } from '@/lib/format/dates'
import { plural } from '@/lib/format/numbers'
import { escapeUnseen } from '@/lib/format/unseen'
import { revertQueries } from '@/lib/queries/reverts'
import type { HistoryEntryDto } from '@/lib/reverts/dto'

const SHOWN_FIRST = 12

/** What the firewall keeps, asked for now. */
export function HistoryEntries({ onLook }: { onLook: (revision: string) => void }) {
  const { firewall } = useFirewall()
  const [whole, setWhole] = useState(false)
  const { data, error, isFetching, refetch } = useQuery(revertQueries.entries(firewall.id))
  if (error) return <ProblemNotice error={error} subject={firewall.name} retry={() => void refetch()} className="mx-5 mb-5 max-md:mx-4" />
  if (data === undefined) return <SkeletonRows rows={6} columns={4} rowHeight={40} />
  const { items, observedAt } = data
  if (items.length < 2) return <Empty title="There is nothing to go back to.">The firewall keeps no earlier configuration than the one it has now.</Empty>
  const shown = whole ? items : items.slice(0, SHOWN_FIRST)
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 px-5 pb-2 text-xs text-text-2 max-md:px-4">
        <span>
          {plural(items.length, 'entry', 'entries')}, asked <Age at={observedAt} className="text-inherit" />
        </span>
        <Button size="sm" variant="quiet" busy={isFetching} onClick={() => void refetch()}>
          Ask again
        </Button>
      </p>
      <Table caption={`History that ${firewall.name} keeps`}>
        <TableHead>
          <tr>
            <TableHeader>Changed</TableHeader>
            <TableHeader className="max-md:hidden">What the firewall says</TableHeader>
            <TableHeader align="right" className="max-lg:hidden">
              Size
            </TableHeader>
            <TableHeader align="right">
              <span className="sr-only">Acts</span>
            </TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {shown.map((entry, place) => (
            <EntryRow key={entry.id} entry={entry} isNow={place === 0} onLook={() => onLook(entry.id)} />
          ))}
        </TableBody>
      </Table>
      {shown.length < items.length && (
        <div className="px-5 py-3 max-md:px-4">
          <Button onClick={() => setWhole(true)}>Show all {plural(items.length, 'entry', 'entries')}</Button>
        </div>
      )}
    </>
  )
}

function EntryRow({ entry, isNow, onLook }: { entry: HistoryEntryDto; isNow: boolean; onLook: () => void }) {
  const { firewall } = useFirewall()
  const { at, by, description, bytes, id } = entry
  const when = at === null ? id : formatDateTime(at, firewall.timeZone)
  const said = escapeUnseen([description, by === null ? null : `by ${by}`].filter((part) => part !== null).join(', '))
  return (
    <TableRow>
      <TableCell className="whitespace-nowrap max-md:max-w-0 max-md:w-full" title={id}>
        {when}
        {isNow && <span className="text-text-2 md:hidden"> · now</span>}
        <span className="block truncate text-xs text-text-2 md:hidden">{said}</span>
      </TableCell>
      <TableCell className="max-w-96 max-md:hidden">
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate" title={said}>
            {said === '' ? <span className="text-text-3">not told</span> : said}
          </span>
          {isNow && <Tag>now</Tag>}
        </span>
      </TableCell>
      <TableCell align="right" className="max-lg:hidden">
        {bytes === null ? '' : formatBytes(bytes)}
      </TableCell>
      <TableCell align="right">
        {!isNow && (
          <Button size="sm" aria-label={`See what going back to ${when} would change`} onClick={onLook}>
            What would change
          </Button>
        )}
      </TableCell>
    </TableRow>
  )
}
