import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ChangeDto, FirewallHistory } from '@/lib/history/dto'
import type { ChangeKind, HistoryRange } from '@/lib/history/input'
import type { List } from '@/lib/lists/list'
import { apiGet, queryString } from './client'

const firstPage = (): string | null => null
const PAGE_SIZE = 50
/** A step of a long time is hours long; asking for it each minute would show nothing new. */
const REFETCH_MS = { '1h': 30_000, '6h': 60_000, '24h': 120_000, '7d': 600_000, '30d': 1_800_000, '90d': 1_800_000 } as const satisfies Record<
  HistoryRange,
  number
>

/** Beside the keys of a firewall, not below them: what is measured each minute must not fetch 90 days each minute. */
export const historyQueries = {
  all: () => ['history'] as const,
  of: (id: string, range: HistoryRange) =>
    queryOptions({
      queryKey: [...historyQueries.all(), id, range] as const,
      queryFn: ({ signal }) => apiGet<FirewallHistory>(`/firewalls/${id}/history${queryString({ range })}`, signal),
      staleTime: REFETCH_MS[range] / 2,
      refetchInterval: REFETCH_MS[range],
    }),
}

export type ChangeFilter = { kind?: readonly ChangeKind[] | undefined; key?: string | undefined }

export const changeQueries = {
  all: () => ['changes'] as const,
  /** Newest first, a page of 50 at a time. */
  of: (id: string, { kind, key }: ChangeFilter) =>
    infiniteQueryOptions({
      queryKey: [...changeQueries.all(), id, kind, key] as const,
      queryFn: ({ pageParam, signal }) =>
        apiGet<List<ChangeDto>>(`/firewalls/${id}/changes${queryString({ kind: kind?.join(','), key, limit: PAGE_SIZE, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
    }),
}
