import { infiniteQueryOptions, mutationOptions, queryOptions } from '@tanstack/react-query'
import type { DriftDto, FirewallDrift } from '@/lib/drift/dto'
import type { DriftSort } from '@/lib/drift/input'
import type { List } from '@/lib/lists/list'
import { apiGet, apiSend, queryString } from './client'

const firstPage = (): string | null => null
const PAGE_SIZE = 50

type Filter = { customerId?: string; search?: string; sort?: DriftSort }
type Acceptance = { id: string; backupId: string; note: string; again?: boolean }

export const driftQueries = {
  all: () => ['drift'] as const,
  /** What drifted in the fleet, a page of 50 at a time. */
  list: ({ customerId, search, sort }: Filter) =>
    infiniteQueryOptions({
      queryKey: [...driftQueries.all(), 'list', customerId, search, sort] as const,
      queryFn: ({ pageParam, signal }) => apiGet<List<DriftDto>>(`/drift${queryString({ customerId, search, sort, limit: PAGE_SIZE, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
    }),
  /** How many drifted; null = of all customers. */
  total: (customerId: string | null) =>
    queryOptions({ queryKey: [...driftQueries.all(), 'total', customerId] as const, queryFn: ({ signal }) => apiGet<List<DriftDto>>(`/drift${queryString({ customerId, limit: 1 })}`, signal), select: ({ total, totalIsAtLeast }) => ({ total, totalIsAtLeast }) }),
  of: (id: string) => queryOptions({ queryKey: [...driftQueries.all(), 'of', id] as const, queryFn: ({ signal }) => apiGet<FirewallDrift>(`/firewalls/${id}/drift`, signal) }),
}

export const driftMutations = {
  accept: () =>
    mutationOptions({
      mutationFn: ({ id, ...body }: Acceptance) => apiSend<FirewallDrift>('POST', `/firewalls/${id}/drift/accept`, { body }),
      onSettled: async (_accepted, _error, _acceptance, _before, { client }) => {
        // Lists of backups mark the accepted one.
        await Promise.all([driftQueries.all(), ['backups']].map((queryKey) => client.invalidateQueries({ queryKey })))
      },
    }),
}
