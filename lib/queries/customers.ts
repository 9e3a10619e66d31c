import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { CustomerDto } from '@/lib/customers/input'
import type { List } from '@/lib/lists/list'
import { apiGet, apiSend, queryString } from './client'

type ListInput = { search?: string }
type Edit = { id: string; etag: string; name: string }

export const customerQueries = {
  all: () => ['customers'] as const,
  /** The first 500 by name. */
  list: (input: ListInput = {}) =>
    queryOptions({
      queryKey: [...customerQueries.all(), 'list', input] as const,
      queryFn: ({ signal }) => apiGet<List<CustomerDto>>(`/customers${queryString({ ...input, limit: 500 })}`, signal),
    }),
  one: (id: string) =>
    queryOptions({ queryKey: [...customerQueries.all(), id] as const, queryFn: ({ signal }) => apiGet<CustomerDto>(`/customers/${id}`, signal) }),
}

export const customerMutations = {
  /** One key per form: a repeated send makes no second customer. */
  create: (idempotencyKey: string) =>
    mutationOptions({
      mutationFn: (body: { name: string }) => apiSend<CustomerDto>('POST', '/customers', { body, idempotencyKey }),
      onSuccess: (_made, _body, _before, { client }) => client.invalidateQueries({ queryKey: customerQueries.all() }),
    }),
  edit: () =>
    mutationOptions({
      mutationFn: ({ id, etag, name }: Edit) => apiSend<CustomerDto>('PATCH', `/customers/${id}`, { body: { name }, etag }),
      // Firewalls, sites and audit show the customer's name.
      onSettled: (_saved, _error, _edit, _before, { client }) => client.invalidateQueries(),
    }),
  remove: () =>
    mutationOptions({
      mutationFn: ({ id, etag }: { id: string; etag: string }) => apiSend<undefined>('DELETE', `/customers/${id}`, { etag }),
      onSettled: (_gone, _error, _target, _before, { client }) => client.invalidateQueries({ queryKey: customerQueries.all() }),
    }),
}
