import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { BulkDto, BulkSummary, ExportColumn, StartBulkInput } from '@/lib/bulk/input'
import type { List } from '@/lib/lists/list'
import { apiDownload, apiGet, apiSend } from './client'
import { firewallQueries } from './firewalls'

/** While an act is under way its progress is what people watch. */
const WATCH_MS = 1_500

export const bulkQueries = {
  all: () => ['bulk'] as const,
  list: () =>
    queryOptions({
      queryKey: [...bulkQueries.all(), 'list'] as const,
      queryFn: ({ signal }) => apiGet<List<BulkSummary>>('/bulk', signal),
      refetchInterval: ({ state }) => (state.data?.items.some(({ finishedAt }) => finishedAt === null) === true ? WATCH_MS : false),
    }),
  one: (id: string) =>
    queryOptions({
      queryKey: [...bulkQueries.all(), 'one', id] as const,
      queryFn: ({ signal }) => apiGet<BulkDto>(`/bulk/${id}`, signal),
      refetchInterval: ({ state }) => (state.data?.finishedAt === null ? WATCH_MS : false),
    }),
}

export type StartBulk = Pick<StartBulkInput, 'act'> & Partial<Omit<StartBulkInput, 'act'>>
export type ExportFirewalls = { format: 'csv' | 'json'; columns: ExportColumn[]; firewallIds?: string[]; query?: string }

export const bulkMutations = {
  /** One key per request: a repeated send makes no second act. */
  start: () =>
    mutationOptions({
      mutationFn: ({ key, ...body }: StartBulk & { key: string }) => apiSend<BulkDto>('POST', '/bulk', { body, idempotencyKey: key }),
      onSuccess: async (bulk, _body, _before, { client }) => {
        client.setQueryData(bulkQueries.one(bulk.id).queryKey, bulk)
        await client.invalidateQueries({ queryKey: bulkQueries.list().queryKey })
      },
    }),
  cancel: () =>
    mutationOptions({
      mutationFn: ({ id }: { id: string }) => apiSend<BulkDto>('POST', `/bulk/${id}/cancel`),
      onSettled: async (_bulk, _error, _target, _before, { client }) => {
        await Promise.all([client.invalidateQueries({ queryKey: bulkQueries.all() }), client.invalidateQueries({ queryKey: firewallQueries.lists() })])
      },
    }),
  export: () => mutationOptions({ mutationFn: (body: ExportFirewalls) => apiDownload('/firewalls/export', body) }),
}
