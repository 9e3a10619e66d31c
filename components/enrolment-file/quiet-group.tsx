'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import type { Column } from '@/components/ui/columns'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { VirtualTable } from '@/components/ui/virtual-table'
import { cn } from '@/lib/core/cn'
import type { EnrolmentRowDto } from '@/lib/enrolment/dto'
import type { RowState } from '@/lib/enrolment/states'
import { formatCount } from '@/lib/format/numbers'
import { enrolmentQueries } from '@/lib/queries/enrolment'
import { GROUP_WORDS, RowWord } from './row-words'

function Name({ row: { name, firewallId } }: { row: EnrolmentRowDto }) {
  if (firewallId === null) return <span className="font-medium">{name}</span>
  return (
    <Link href={`/firewalls/${firewallId}`} prefetch={false} className="font-medium hover:underline">
      {name}
    </Link>
  )
}

const COLUMNS: readonly Column<EnrolmentRowDto>[] = [
  { id: 'line', head: 'Line', align: 'right', width: '64px', cell: ({ line }) => <span className="text-text-3">{line}</span> },
  { id: 'name', head: 'Name', width: '20%', cell: (row) => <Name row={row} /> },
  { id: 'state', head: 'State', width: '140px', cell: ({ state }) => <RowWord state={state} /> },
  {
    id: 'customer',
    head: 'Customer, site',
    width: '22%',
    cell: ({ customer, site }) => (
      <>
        {customer} <span className="text-text-3">{site}</span>
      </>
    ),
  },
  { id: 'address', head: 'Address', mono: true, cell: ({ baseUrl }) => <span className="text-text-2">{baseUrl}</span> },
  { id: 'message', head: 'Note', cell: ({ message }) => <span title={message ?? undefined}>{message}</span> },
]

/** Lines that need nobody: only their number, until someone wants to see them. */
export function QuietGroup({ fileId, state, count }: { fileId: string; state: RowState; count: number }) {
  const [open, setOpen] = useState(false)
  const { title } = GROUP_WORDS[state]
  return (
    <section className="border-t border-line-2">
      <h2>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-h-11 w-full items-center gap-2 px-5 text-left hover:bg-hover max-md:px-4"
        >
          <ChevronRight aria-hidden size={16} className={cn('shrink-0 text-text-3', open && 'rotate-90')} />
          <span className="font-semibold">{title}</span>
          <span className="text-text-3">{formatCount(count)}</span>
        </button>
      </h2>
      {open && <Rows fileId={fileId} state={state} count={count} title={title} />}
    </section>
  )
}

function Rows({ fileId, state, count, title }: { fileId: string; state: RowState; count: number; title: string }) {
  const rows = useInfiniteQuery({ ...enrolmentQueries.rows(fileId, state, count), placeholderData: keepPreviousData })
  if (rows.error) return <ProblemNotice error={rows.error} className="mx-5 mb-3" />
  if (rows.isPending) return <SkeletonRows rows={Math.min(count, 10)} columns={4} />
  return (
    <>
      <VirtualTable
        caption={title}
        rows={rows.data.pages.flatMap((page) => page.items)}
        columns={COLUMNS}
        rowKey={({ line }) => String(line)}
        total={count}
        card={(row) => (
          <>
            <span className="flex justify-between gap-3">
              <Name row={row} />
              <RowWord state={row.state} />
            </span>
            <span className="truncate text-xs text-text-2">
              {row.customer} · {row.message ?? row.baseUrl}
            </span>
          </>
        )}
      />
      <LoadMore more={rows.hasNextPage} busy={rows.isFetchingNextPage} onMore={() => void rows.fetchNextPage()} what="lines" />
    </>
  )
}
