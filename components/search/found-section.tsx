'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useId, type ReactNode } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Button } from '@/components/ui/button'
import { ProblemNotice } from '@/components/ui/problem'
import { VirtualTable, type Column } from '@/components/ui/virtual-table'
import { formatCount } from '@/lib/format/numbers'
import { searchQueries, type SearchQuestion } from '@/lib/queries/search'
import type { GroupPage, SearchResult } from '@/lib/search/dto'
import type { SearchGroup } from '@/lib/search/input'
import { inListHref } from './hrefs'

/** How one group is shown. `pick` finds its page in a result. */
export type GroupLook<T> = {
  group: SearchGroup
  title: string
  /** Of the list that has all of them. */
  listName: string
  pick: (result: SearchResult) => GroupPage<T> | undefined
  columns: (asked: string) => readonly Column<T>[]
  card: (row: T, asked: string) => ReactNode
  keyOf: (row: T) => string
}

type SectionProps<T> = { question: SearchQuestion; asked: string; look: GroupLook<T>; first: GroupPage<T> | undefined }

/** One group: its first page, and further ones when they are asked for. Nothing when it has none. */
export function FoundSection<T>({ question, asked, look, first }: SectionProps<T>) {
  const id = useId()
  const { within } = useCustomerScope()
  const more = useInfiniteQuery(searchQueries.more(question, look.group, first?.nextCursor ?? null))
  if (first === undefined || first.items.length === 0) return null
  const further = (more.data?.pages ?? []).flatMap((page) => look.pick(page)?.items ?? [])
  const hasMore = first.nextCursor !== null && (more.data === undefined || more.hasNextPage)
  const rows = [...first.items, ...further]
  return (
    <section aria-labelledby={id}>
      <div className="flex items-baseline gap-3 px-5 pt-2 pb-1.5 max-md:px-4">
        <h2 id={id} className="text-sm font-semibold">
          {look.title}
        </h2>
        <span className="text-xs text-text-3">
          {first.totalIsAtLeast === true ? `over ${formatCount(first.total)}, the nearest first` : formatCount(first.total)}
        </span>
        {first.inList && (
          <Link href={within(inListHref(first.inList))} className="ml-auto text-xs text-act hover:underline">
            {look.listName}
          </Link>
        )}
      </div>
      <VirtualTable
        caption={look.title}
        rows={rows}
        columns={look.columns(asked)}
        rowKey={look.keyOf}
        card={(row) => look.card(row, asked)}
        total={first.total}
      />
      {more.error && <ProblemNotice error={more.error} retry={() => void more.fetchNextPage()} className="mx-5 my-3" />}
      {hasMore && (
        <div className="flex justify-center py-3">
          <Button size="sm" busy={more.isFetching} onClick={() => void more.fetchNextPage()}>
            {`Show more: ${look.title.toLowerCase()}`}
          </Button>
        </div>
      )}
    </section>
  )
}
