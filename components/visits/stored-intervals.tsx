'use client'
import { useQuery } from '@tanstack/react-query'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { visitQueries, type IntervalsOf } from '@/lib/queries/visits'
import { IntervalsForm } from './intervals-form'

/** The form with what is stored; filled anew after each save. */
export function StoredIntervals({ of, otherwise, reason, onSaved }: { of: IntervalsOf; otherwise: string; reason: string | null; onSaved?: () => void }) {
  const { data, error, isPending, refetch } = useQuery(visitQueries.intervals(of))
  if (data) return <IntervalsForm key={data.etag} of={of} stored={data} otherwise={otherwise} reason={reason} {...(onSaved && { onSaved })} />
  return isPending ? <SkeletonRows rows={3} columns={2} rowHeight={60} /> : <ProblemNotice error={error} retry={() => void refetch()} />
}
