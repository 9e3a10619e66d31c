'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { cn } from '@/lib/core/cn'
import { alertQueries } from '@/lib/queries/alerts'
import { AlertButtons } from './alert-buttons'
import { AlertDetail } from './alert-detail'
import type { AlertActs } from './use-alert-acts'

/** One alert beside the list. While the next is on its way the last one stays, so that nothing jumps. */
export function AlertPane({ id, acts }: { id: string; acts: AlertActs }) {
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({ ...alertQueries.one(id), placeholderData: keepPreviousData })
  return (
    <section aria-label="The alert" aria-busy={isPlaceholderData} className={cn('min-w-0 px-6 py-4', isPlaceholderData && 'opacity-60')}>
      <ProblemNotice error={error} retry={() => void refetch()} className="mb-4" />
      {data ? <AlertDetail alert={data} buttons={isPlaceholderData ? null : <AlertButtons alert={data} acts={acts} />} /> : isPending && <SkeletonRows rows={6} columns={2} rowHeight={40} />}
    </section>
  )
}
