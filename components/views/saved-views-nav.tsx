'use client'
import { useQuery } from '@tanstack/react-query'
import { Bookmark } from 'lucide-react'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { cn } from '@/lib/core/cn'
import { formatCount } from '@/lib/format/numbers'
import { viewQueries } from '@/lib/queries/views'
import { hrefOfView, isView } from './view-links'

const SHOWN_MAX = 10

/** The saved views in the sidebar, with how many firewalls each finds. Gone where there is room for icons only. */
export function SavedViewsNav() {
  const path = usePathname()
  const { customerId, within } = useCustomerScope()
  const params = new URLSearchParams(useSearchParams())
  const views = useQuery(viewQueries.list()).data?.items ?? []
  const counts = useQuery({ ...viewQueries.counts(customerId), enabled: views.some(({ list }) => list === 'firewalls') }).data?.items
  if (views.length === 0) return null
  return (
    <nav aria-labelledby="saved-views" className="max-xl:hidden">
      <h2 id="saved-views" className="px-2 pb-1 text-xs text-text-3">
        Saved views
      </h2>
      <ul className="flex flex-col gap-0.5">
        {views.slice(0, SHOWN_MAX).map((view) => {
          const here = isView(view, path, params)
          const count = counts?.find(({ id }) => id === view.id)?.count ?? null
          return (
            <li key={view.id}>
              <Link
                href={within(hrefOfView(view))}
                prefetch={false}
                aria-current={here ? 'page' : undefined}
                title={view.mine ? view.name : `${view.name}, shared by ${view.owner}`}
                className={cn(
                  'flex h-[30px] items-center gap-2.5 rounded-md border px-2',
                  here ? 'border-line bg-surface font-semibold text-text' : 'border-transparent text-text-2 hover:bg-hover hover:text-text',
                )}
              >
                <Bookmark aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />
                <span className="min-w-0 flex-1 truncate">{view.name}</span>
                {count !== null && <span className="text-xs font-normal text-text-3 tabular-nums">{formatCount(count)}</span>}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
