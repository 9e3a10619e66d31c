import { infiniteQueryOptions, mutationOptions } from '@tanstack/react-query'
import type { Role } from '@/lib/auth/roles'
import type { List } from '@/lib/lists/list'
import type { NewTokenDto, TokenDto } from '@/lib/tokens/input'
import { apiGet, apiSend, queryString } from './client'
import { operatorQueries } from './operators'

const PAGE_SIZE = 200
const firstPage = (): string | null => null

export const tokenQueries = {
  all: () => ['tokens'] as const,
  /** One's own; those of another operator for who may manage that one. A page of 200 at a time. */
  list: (filter: { operatorId?: string } = {}) =>
    infiniteQueryOptions({
      queryKey: [...tokenQueries.all(), 'list', filter] as const,
      queryFn: ({ pageParam, signal }) => apiGet<List<TokenDto>>(`/tokens${queryString({ ...filter, limit: PAGE_SIZE, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
    }),
}

type Create = { name: string; role: Role; customerIds: string[] | null; days: number }

export const tokenMutations = {
  /** One key per form: a repeated send makes no second token. The answer alone holds the secret: it must not outlive the form. */
  create: (idempotencyKey: string) =>
    mutationOptions({
      mutationFn: (body: Create) => apiSend<NewTokenDto>('POST', '/tokens', { body, idempotencyKey }),
      gcTime: 0,
      onSuccess: (_made, _body, _before, { client }) => client.invalidateQueries({ queryKey: tokenQueries.all() }),
    }),
  revoke: () =>
    mutationOptions({
      mutationFn: ({ id }: { id: string }) => apiSend<TokenDto>('DELETE', `/tokens/${id}`),
      onSettled: async (_revoked, _error, _target, _before, { client }) => {
        // The page of an operator tells how many of their tokens work.
        await Promise.all([client.invalidateQueries({ queryKey: tokenQueries.all() }), client.invalidateQueries({ queryKey: operatorQueries.all() })])
      },
    }),
}
