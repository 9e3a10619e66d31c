import { queryOptions } from '@tanstack/react-query'
import type { Latest, Overview, Totals } from '@/lib/overview/dto'
import type { VisitsDto } from '@/lib/visits/input'
import { apiGet, queryString } from './client'
import { pollInterval } from './live-state'

const SOON_MS = 1_000
/** The server keeps these numbers a moment; what was kept when it was sent is asked for once more, soon. */
const refetchInterval = (query: { state: { data?: { ageSeconds: number } | undefined; error: unknown } }): number =>
  !query.state.error && (query.state.data?.ageSeconds ?? 0) > 0.5 ? SOON_MS : pollInterval(query)

/** `customerId: null` = all customers that one may see. */
export const overviewQueries = {
  all: () => ['overview'] as const,
  read: (customerId: string | null) =>
    queryOptions({
      queryKey: [...overviewQueries.all(), 'read', customerId] as const,
      queryFn: ({ signal }) => apiGet<Overview>(`/overview${queryString({ customerId })}`, signal),
      refetchInterval,
    }),
  totals: (customerId: string | null) =>
    queryOptions({
      queryKey: [...overviewQueries.all(), 'totals', customerId] as const,
      queryFn: ({ signal }) => apiGet<Totals>(`/overview/totals${queryString({ customerId })}`, signal),
      refetchInterval,
    }),
  latest: (customerId: string | null) =>
    queryOptions({
      queryKey: [...overviewQueries.all(), 'latest', customerId] as const,
      queryFn: ({ signal }) => apiGet<Latest>(`/overview/latest${queryString({ customerId, limit: 60 })}`, signal),
      refetchInterval: pollInterval,
    }),
  /** How late the visits are. */
  visits: (customerId: string | null) =>
    queryOptions({
      queryKey: [...overviewQueries.all(), 'visits', customerId] as const,
      queryFn: ({ signal }) => apiGet<VisitsDto>(`/visits${queryString({ customerId })}`, signal),
      refetchInterval: 15_000,
    }),
}
