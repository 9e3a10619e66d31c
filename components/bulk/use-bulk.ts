'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { toast } from '@/components/ui/toast'
import type { BulkSummary, ExportColumn } from '@/lib/bulk/input'
import { PICKED_MAX } from '@/lib/bulk/words'
import { formatCount } from '@/lib/format/numbers'
import { ApiError } from '@/lib/queries/client'
import { bulkMutations, bulkQueries, type StartBulk } from '@/lib/queries/bulk'
import { firewallQueries } from '@/lib/queries/firewalls'

/** Which firewalls an act is about: those picked, or all that match a question. */
export type Target = { firewallIds: string[] } | { query: string }

const sentence = (error: Error): string => (error instanceof ApiError ? [error.issues[0]?.message ?? error.title, error.nextStep].filter(Boolean).join(' ') : 'Something went wrong on this page.')

/** Why this many cannot be picked by hand; null when they can. */
export const reasonOfTarget = (target: Target): string | null =>
  'firewallIds' in target && target.firewallIds.length > PICKED_MAX ? `At most ${formatCount(PICKED_MAX)} are picked by hand. Select all that match instead.` : null

/** Starting acts, and the newest one of one's own: while it is under way, and afterwards until it is put away. */
export function useBulk() {
  const client = useQueryClient()
  const start = useMutation(bulkMutations.start())
  const [putAway, setPutAway] = useState<string | null>(null)
  const [watched, setWatched] = useState<string | null>(null)
  const newest = useQuery(bulkQueries.list()).data?.items[0]
  const open = newest !== undefined && newest.id !== putAway && (newest.finishedAt === null || newest.id === watched) ? newest : null
  // One that is under way when the page opens is told until its end as well.
  if (open !== null && open.finishedAt === null && watched !== open.id) setWatched(open.id)
  const finished = open?.finishedAt ?? null
  const onFinished = useEffectEvent(() => void client.invalidateQueries({ queryKey: firewallQueries.lists() }))
  useEffect(() => {
    if (finished !== null) onFinished()
  }, [finished])

  const begin = (body: StartBulk, done?: () => void): void =>
    start.mutate(
      { ...body, key: crypto.randomUUID() },
      {
        onSuccess: ({ id }) => {
          setWatched(id)
          done?.()
        },
        onError: (error) => toast.bad(sentence(error)),
      },
    )
  return { begin, busy: start.isPending, error: start.error, open, putAway: (bulk: BulkSummary) => setPutAway(bulk.id) }
}

/** Saves firewalls as a file; how it ended is said. */
export function useExport() {
  const { mutate, isPending } = useMutation(bulkMutations.export())
  const save = (format: 'csv' | 'json', columns: readonly ExportColumn[], target: Target): void =>
    mutate(
      { format, columns: [...columns], ...target },
      {
        onSuccess: ({ file, name }) => {
          const link = document.createElement('a')
          link.href = URL.createObjectURL(file)
          link.download = name
          link.click()
          URL.revokeObjectURL(link.href)
          toast.good(`Saved as ${name}.`)
        },
        onError: (error) => toast.bad(sentence(error)),
      },
    )
  return { save, busy: isPending }
}
