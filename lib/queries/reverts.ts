import { infiniteQueryOptions, mutationOptions, queryOptions } from '@tanstack/react-query'
import type { List } from '@/lib/lists/list'
import type { HistoryEntries, RestoreDto, RevertDto, RevertPreview } from '@/lib/reverts/dto'
import { isFinalRevert } from '@/lib/reverts/states'
import { apiGet, apiSend, queryString } from './client'

const firstPage = (): string | null => null
const PAGE_SIZE = 20
const POLL_MS = 5_000
/** Asks the firewall each time, so it is never repeated by itself. */
const ASKED_ONCE = { staleTime: Infinity, retry: false, refetchOnWindowFocus: false } as const

export const revertQueries = {
  all: () => ['reverts'] as const,
  of: (id: string) => [...revertQueries.all(), id] as const,
  /** How going back went, newest first; looked at often while one is under way. */
  list: (id: string) =>
    infiniteQueryOptions({
      queryKey: [...revertQueries.of(id), 'list'] as const,
      queryFn: ({ pageParam, signal }) => apiGet<List<RevertDto>>(`/firewalls/${id}/reverts${queryString({ limit: PAGE_SIZE, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: (query) => {
        const newest = query.state.data?.pages[0]?.items[0]
        return newest && newest.state !== 'stored' && !isFinalRevert(newest.state) ? POLL_MS : false
      },
    }),
  entries: (id: string) =>
    queryOptions({ queryKey: ['history-entries', id] as const, queryFn: ({ signal }) => apiGet<HistoryEntries>(`/firewalls/${id}/history-entries`, signal), ...ASKED_ONCE }),
  preview: (id: string, revision: string) =>
    queryOptions({
      queryKey: ['history-entries', id, revision] as const,
      queryFn: ({ signal }) => apiGet<RevertPreview>(`/firewalls/${id}/history-entries/${encodeURIComponent(revision)}`, signal),
      ...ASKED_ONCE,
      gcTime: 0,
    }),
  /** How a person gives a backup back by hand. */
  restore: (id: string, backupId: string) =>
    queryOptions({ queryKey: ['restore', id, backupId] as const, queryFn: ({ signal }) => apiGet<RestoreDto>(`/firewalls/${id}/backups/${backupId}/restore`, signal), staleTime: Infinity }),
}

type Revert = { id: string; revision: string; sha256: string; runningSha256: string; confirmName: string }

export const revertMutations = {
  start: () =>
    mutationOptions({
      mutationFn: ({ id, ...body }: Revert) => apiSend<RevertDto>('POST', `/firewalls/${id}/revert`, { body }),
      // What was the newest entry will not be any more; it is asked for again when someone looks again.
      onSuccess: (_made, { id }, _before, { client }) => client.removeQueries({ queryKey: revertQueries.entries(id).queryKey, exact: true }),
      onSettled: (_made, _error, { id }, _before, { client }) => client.invalidateQueries({ queryKey: revertQueries.of(id) }),
    }),
  restart: () =>
    mutationOptions({
      mutationFn: ({ id, revertId }: { id: string; revertId: string }) => apiSend<RevertDto>('POST', `/firewalls/${id}/reverts/${revertId}/restart`),
      onSettled: (_asked, _error, { id }, _before, { client }) => client.invalidateQueries({ queryKey: revertQueries.of(id) }),
    }),
}
