import { infiniteQueryOptions, mutationOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { List } from '@/lib/lists/list'
import type { createSilenceInput, SilenceDto, SilenceTime } from '@/lib/silences/input'
import { alertQueries } from './alerts'
import { apiGet, apiSend, queryString } from './client'
import { pollInterval } from './live-state'

export type NewSilence = z.input<typeof createSilenceInput>
const firstPage = (): string | null => null

export const silenceQueries = {
  all: () => ['silences'] as const,
  list: (time: SilenceTime, customerId: string | null) =>
    infiniteQueryOptions({
      queryKey: [...silenceQueries.all(), time, customerId] as const,
      queryFn: ({ pageParam, signal }) => apiGet<List<SilenceDto>>(`/silences${queryString({ time, customerId, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: pollInterval,
    }),
}

const changed = async (client: { invalidateQueries: (filter: { queryKey: readonly unknown[] }) => Promise<void> }): Promise<void> => {
  await Promise.all([client.invalidateQueries({ queryKey: silenceQueries.all() }), client.invalidateQueries({ queryKey: alertQueries.all() })])
}

export const silenceMutations = {
  /** One key per form: a repeated send makes no second silence. */
  create: (idempotencyKey: string) =>
    mutationOptions({
      mutationFn: (body: NewSilence) => apiSend<SilenceDto>('POST', '/silences', { body, idempotencyKey }),
      onSettled: (_made, _error, _body, _before, { client }) => changed(client),
    }),
  end: () =>
    mutationOptions({
      mutationFn: (id: string) => apiSend<SilenceDto>('POST', `/silences/${id}/end`),
      onSettled: (_ended, _error, _id, _before, { client }) => changed(client),
    }),
}
