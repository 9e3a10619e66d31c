import { infiniteQueryOptions, mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import type { List } from '@/lib/lists/list'
import type { GrantInput, NewLinkDto, OperatorDto } from '@/lib/team/input'
import { apiGet, apiSend, queryString } from './client'

export type OperatorFilter = { search?: string; state?: OperatorDto['state']; customerId?: string; secondFactor?: 'yes' | 'no' }

const PAGE_SIZE = 200
const firstPage = (): string | null => null

export const operatorQueries = {
  all: () => ['operators'] as const,
  /** By name, a page of 200 at a time. */
  list: (filter: OperatorFilter = {}) =>
    infiniteQueryOptions({
      queryKey: [...operatorQueries.all(), 'list', filter] as const,
      queryFn: ({ pageParam, signal }) => apiGet<List<OperatorDto>>(`/operators${queryString({ ...filter, limit: PAGE_SIZE, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
    }),
  one: (id: string) =>
    queryOptions({ queryKey: [...operatorQueries.all(), 'one', id] as const, queryFn: ({ signal }) => apiGet<OperatorDto>(`/operators/${id}`, signal) }),
  /** The first 500 without a second factor, to tell what another rule would mean for them. */
  withoutSecondFactor: () =>
    queryOptions({
      queryKey: [...operatorQueries.all(), 'without-second-factor'] as const,
      queryFn: ({ signal }) => apiGet<List<OperatorDto>>(`/operators${queryString({ secondFactor: 'no', limit: 500 })}`, signal),
    }),
}

type Target = { id: string; etag: string }
const refresh = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: operatorQueries.all() })

/** A change of one operator; shows what the server holds afterwards, also after a refusal. */
const change = <V extends { id: string }>(send: (variables: V) => Promise<OperatorDto>) =>
  mutationOptions({ mutationFn: send, onSettled: (_saved, _error, _variables, _before, { client }) => refresh(client) })

export const operatorMutations = {
  /** One key per form: a repeated send invites nobody twice. The answer holds a link that signs in: it must not outlive the form. */
  invite: (idempotencyKey: string) =>
    mutationOptions({
      mutationFn: (body: { email: string; name: string; grants: GrantInput[] }) => apiSend<NewLinkDto>('POST', '/operators', { body, idempotencyKey }),
      gcTime: 0,
      onSuccess: (_made, _body, _before, { client }) => refresh(client),
    }),
  edit: () =>
    change(({ id, etag, ...body }: Target & { name?: string; grants?: GrantInput[] }) => apiSend<OperatorDto>('PATCH', `/operators/${id}`, { body, etag })),
  disable: () =>
    change(({ id, etag, disabled }: Target & { disabled: boolean }) => apiSend<OperatorDto>('PUT', `/operators/${id}/disabled`, { body: { disabled }, etag })),
  remove: () =>
    mutationOptions({
      mutationFn: ({ id, etag, confirmEmail }: Target & { confirmEmail: string }) =>
        apiSend<{ removed: true }>('DELETE', `/operators/${id}`, { body: { confirmEmail }, etag }),
      onSuccess: async (_gone, { id }, _before, { client }) => {
        client.removeQueries({ queryKey: operatorQueries.one(id).queryKey })
        await refresh(client)
      },
    }),
  /** A new invitation for who has not joined, else a link to choose a new password. */
  link: () =>
    mutationOptions({
      mutationFn: ({ id }: { id: string }) => apiSend<NewLinkDto>('POST', `/operators/${id}/link`),
      gcTime: 0,
      onSettled: (_made, _error, _target, _before, { client }) => refresh(client),
    }),
  resetSecondFactor: () => change(({ id }: { id: string }) => apiSend<OperatorDto>('POST', `/operators/${id}/reset-second-factor`)),
  endSessions: () => change(({ id }: { id: string }) => apiSend<OperatorDto>('POST', `/operators/${id}/end-sessions`)),
}
