import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { List } from '@/lib/lists/list'
import type { SiteDto } from '@/lib/sites/input'
import { apiGet, apiSend, queryString } from './client'
import { customerQueries } from './customers'

type ListInput = { customerId?: string; search?: string }

export const siteQueries = {
  all: () => ['sites'] as const,
  /** The first 500 by name. */
  list: (input: ListInput = {}) =>
    queryOptions({
      queryKey: [...siteQueries.all(), 'list', input] as const,
      queryFn: ({ signal }) => apiGet<List<SiteDto>>(`/sites${queryString({ ...input, limit: 500 })}`, signal),
    }),
}

export const siteMutations = {
  /** One key per form: a repeated send makes no second site. */
  create: (idempotencyKey: string) =>
    mutationOptions({
      mutationFn: (body: { name: string; customerId: string; timeZone: string }) => apiSend<SiteDto>('POST', '/sites', { body, idempotencyKey }),
      onSuccess: async (_made, _body, _before, { client }) => {
        await Promise.all([client.invalidateQueries({ queryKey: siteQueries.all() }), client.invalidateQueries({ queryKey: customerQueries.all() })])
      },
    }),
  edit: () =>
    mutationOptions({
      mutationFn: ({ id, etag, ...body }: { id: string; etag: string; name?: string; timeZone?: string }) =>
        apiSend<SiteDto>('PATCH', `/sites/${id}`, { body, etag }),
      // Firewalls show the site's name and zone.
      onSettled: (_saved, _error, _edit, _before, { client }) => client.invalidateQueries(),
    }),
  remove: () =>
    mutationOptions({
      mutationFn: ({ id, etag }: { id: string; etag: string }) => apiSend<undefined>('DELETE', `/sites/${id}`, { etag }),
      onSettled: async (_gone, _error, _target, _before, { client }) => {
        await Promise.all([client.invalidateQueries({ queryKey: siteQueries.all() }), client.invalidateQueries({ queryKey: customerQueries.all() })])
      },
    }),
}
