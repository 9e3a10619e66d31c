import { infiniteQueryOptions, mutationOptions, queryOptions } from '@tanstack/react-query'
import type { List } from '@/lib/lists/list'
import type { UpdateJobDetail, UpdateJobDto } from '@/lib/updates/dto'
import { isFinalUpdate } from '@/lib/updates/states'
import { apiGet, apiSend, queryString } from './client'

const firstPage = (): string | null => null
const PAGE_SIZE = 50
const POLL_MS = 15_000

export type UpdateJobFilters = { planId?: string; firewallId?: string; customerId?: string; ringId?: string; state?: string }

export const updateQueries = {
  all: () => ['update-jobs'] as const,
  lists: () => [...updateQueries.all(), 'list'] as const,
  /** Those whose state moved last first. */
  list: (filters: UpdateJobFilters) =>
    infiniteQueryOptions({
      queryKey: [...updateQueries.lists(), filters] as const,
      queryFn: ({ pageParam, signal }) => apiGet<List<UpdateJobDto>>(`/update-jobs${queryString({ ...filters, limit: PAGE_SIZE, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
    }),
  one: (id: string) =>
    queryOptions({
      queryKey: [...updateQueries.all(), 'one', id] as const,
      queryFn: ({ signal }) => apiGet<UpdateJobDetail>(`/update-jobs/${id}`, signal),
      // The log of the firewall grows between two states.
      refetchInterval: (query) => (query.state.data && !isFinalUpdate(query.state.data.state) ? POLL_MS : false),
    }),
}

export type UpdateDecision = { id: string; act: 'release' | 'without-backup' | 'look-again' | 'verify-by-hand'; because: string }
export const updateMutations = {
  decide: () =>
    mutationOptions({
      mutationFn: ({ id, act, because }: UpdateDecision) => apiSend<UpdateJobDto>('POST', `/update-jobs/${id}/${act}`, { body: { because } }),
      onSettled: (_made, _error, _asked, _before, { client }) => client.invalidateQueries({ queryKey: updateQueries.all() }),
    }),
}
