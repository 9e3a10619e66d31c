import { infiniteQueryOptions, mutationOptions, queryOptions } from '@tanstack/react-query'
import type { AlertCounts, AlertDetail, AlertDto, ManyActed } from '@/lib/alerts/dto'
import type { List } from '@/lib/lists/list'
import { apiGet, apiSend, queryString } from './client'
import { pollInterval } from './live-state'

export type AlertFilter = { state?: string; severity?: string; kind?: string; customerId?: string | null; firewallId?: string; sort?: 'worst' | '-opened'; effects?: 'true' }

const PAGE_SIZE = 100
const firstPage = (): string | null => null
type Client = { invalidateQueries: (filter: { queryKey: readonly unknown[] }) => Promise<void>; setQueryData: (key: readonly unknown[], value: AlertDetail) => unknown }

export const alertQueries = {
  all: () => ['alerts'] as const,
  list: (filter: AlertFilter) =>
    infiniteQueryOptions({
      queryKey: [...alertQueries.all(), 'list', filter] as const,
      queryFn: ({ pageParam, signal }) => apiGet<List<AlertDto>>(`/alerts${queryString({ ...filter, limit: PAGE_SIZE, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: pollInterval,
    }),
  counts: (customerId: string | null) =>
    queryOptions({ queryKey: [...alertQueries.all(), 'counts', customerId] as const, queryFn: ({ signal }) => apiGet<AlertCounts>(`/alerts/counts${queryString({ customerId })}`, signal), refetchInterval: pollInterval }),
  one: (id: string) => queryOptions({ queryKey: [...alertQueries.all(), 'one', id] as const, queryFn: ({ signal }) => apiGet<AlertDetail>(`/alerts/${id}`, signal), refetchInterval: pollInterval }),
}

type Target = { id: string; etag: string }

async function changed(client: Client, saved: AlertDetail | undefined): Promise<void> {
  if (saved) client.setQueryData(alertQueries.one(saved.id).queryKey, saved)
  await client.invalidateQueries({ queryKey: alertQueries.all() })
}

export const alertMutations = {
  acknowledge: () =>
    mutationOptions({
      mutationFn: ({ id, etag, note = '' }: Target & { note?: string }) => apiSend<AlertDetail>('POST', `/alerts/${id}/acknowledge`, { body: { note }, etag }),
      onSettled: (saved, _error, _target, _before, { client }) => changed(client, saved),
    }),
  unacknowledge: () =>
    mutationOptions({
      mutationFn: ({ id, etag }: Target) => apiSend<AlertDetail>('POST', `/alerts/${id}/unacknowledge`, { etag }),
      onSettled: (saved, _error, _target, _before, { client }) => changed(client, saved),
    }),
  annotate: () =>
    mutationOptions({
      mutationFn: ({ id, etag, note }: Target & { note: string }) => apiSend<AlertDetail>('POST', `/alerts/${id}/note`, { body: { note }, etag }),
      onSettled: (saved, _error, _target, _before, { client }) => changed(client, saved),
    }),
  acknowledgeMany: () =>
    mutationOptions({
      mutationFn: (body: { ids: string[]; note?: string }) => apiSend<ManyActed>('POST', '/alerts/acknowledge', { body }),
      onSettled: (_done, _error, _body, _before, { client }) => client.invalidateQueries({ queryKey: alertQueries.all() }),
    }),
  unacknowledgeMany: () =>
    mutationOptions({
      mutationFn: (body: { ids: string[] }) => apiSend<ManyActed>('POST', '/alerts/unacknowledge', { body }),
      onSettled: (_done, _error, _body, _before, { client }) => client.invalidateQueries({ queryKey: alertQueries.all() }),
    }),
}
