import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { List } from '@/lib/lists/list'
import type { ListName } from '@/lib/query-language/fields'
import type { ViewCounts, ViewDto } from '@/lib/views/input'
import { apiGet, apiSend, queryString } from './client'

const COUNTS_MS = 60_000
const allCounts = ['view-counts'] as const
type Target = { id: string; etag: string }
type NewView = { list: ListName; name: string; query: string; columns: string[] | null; shared: boolean }

export const viewQueries = {
  all: () => ['views'] as const,
  list: () => queryOptions({ queryKey: [...viewQueries.all(), 'list'] as const, queryFn: ({ signal }) => apiGet<List<ViewDto>>('/views', signal), staleTime: COUNTS_MS }),
  /** Counted once a minute: it asks as many questions as there are views. */
  counts: (customerId: string | null) =>
    queryOptions({ queryKey: [...allCounts, customerId] as const, queryFn: ({ signal }) => apiGet<ViewCounts>(`/views/counts${queryString({ customerId })}`, signal), staleTime: COUNTS_MS, refetchInterval: COUNTS_MS }),
}

export const viewMutations = {
  /** One key per form: a repeated send makes no second view. */
  create: (idempotencyKey: string) =>
    mutationOptions({
      mutationFn: (body: NewView) => apiSend<ViewDto>('POST', '/views', { body, idempotencyKey }),
      onSettled: async (_made, _error, _body, _before, { client }) => {
        await Promise.all([client.invalidateQueries({ queryKey: viewQueries.all() }), client.invalidateQueries({ queryKey: allCounts })])
      },
    }),
  edit: () =>
    mutationOptions({
      mutationFn: ({ id, etag, ...body }: Target & Partial<Omit<NewView, 'list'>>) => apiSend<ViewDto>('PATCH', `/views/${id}`, { body, etag }),
      onSettled: async (_saved, _error, _edit, _before, { client }) => {
        await Promise.all([client.invalidateQueries({ queryKey: viewQueries.all() }), client.invalidateQueries({ queryKey: allCounts })])
      },
    }),
  remove: () =>
    mutationOptions({
      mutationFn: ({ id, etag }: Target) => apiSend<unknown>('DELETE', `/views/${id}`, { etag }),
      onSettled: (_gone, _error, _target, _before, { client }) => client.invalidateQueries({ queryKey: viewQueries.all() }),
    }),
}
