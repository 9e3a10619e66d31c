import { infiniteQueryOptions, mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { ChannelDto, createChannelInput, DeliveryDto, EditChannel, MailCertificateDto, mailServerInput, SavedChannelDto } from '@/lib/channels/input'
import type { DeliveryState } from '@/lib/channels/states'
import type { List } from '@/lib/lists/list'
import { apiGet, apiSend, queryString } from './client'

const PAGE_SIZE = 50
const firstPage = (): string | null => null
type Target = { id: string; etag: string }
export type NewChannel = z.input<typeof createChannelInput>

export const channelQueries = {
  all: () => ['channels'] as const,
  list: (customerId?: string) =>
    queryOptions({ queryKey: [...channelQueries.all(), 'list', customerId ?? null] as const, queryFn: ({ signal }) => apiGet<List<ChannelDto>>(`/channels${queryString({ customerId })}`, signal) }),
  one: (id: string) => queryOptions({ queryKey: [...channelQueries.all(), 'one', id] as const, queryFn: ({ signal }) => apiGet<ChannelDto>(`/channels/${id}`, signal) }),
  /** The newest first, a page of 50 at a time. */
  deliveries: (id: string, state: DeliveryState | null) =>
    infiniteQueryOptions({
      queryKey: [...channelQueries.all(), 'deliveries', id, state] as const,
      queryFn: ({ pageParam, signal }) => apiGet<List<DeliveryDto>>(`/channels/${id}/deliveries${queryString({ state, limit: PAGE_SIZE, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
    }),
}

const refresh = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: channelQueries.all() })

export const channelMutations = {
  /** One key per form: a repeated send makes no second channel. The answer may hold a key: it must not outlive the form. */
  create: (idempotencyKey: string) =>
    mutationOptions({
      mutationFn: (body: NewChannel) => apiSend<SavedChannelDto>('POST', '/channels', { body, idempotencyKey }),
      gcTime: 0,
      onSuccess: (_made, _body, _before, { client }) => refresh(client),
    }),
  edit: () =>
    mutationOptions({
      mutationFn: ({ id, etag, ...body }: Target & Omit<EditChannel, 'id'>) => apiSend<SavedChannelDto>('PATCH', `/channels/${id}`, { body, etag }),
      gcTime: 0,
      onSettled: (_saved, _error, _edit, _before, { client }) => refresh(client),
    }),
  remove: () =>
    mutationOptions({
      mutationFn: ({ id, etag }: Target) => apiSend<{ removed: true }>('DELETE', `/channels/${id}`, { etag }),
      // The page of the one that is gone still stands for a moment: it is asked for no more.
      onSuccess: (_gone, _target, _before, { client }) => client.invalidateQueries({ queryKey: [...channelQueries.all(), 'list'] }),
    }),
  rotate: () =>
    mutationOptions({
      mutationFn: ({ id, etag }: Target) => apiSend<SavedChannelDto>('POST', `/channels/${id}/secret`, { etag }),
      gcTime: 0,
      onSettled: (_made, _error, _target, _before, { client }) => refresh(client),
    }),
  test: () =>
    mutationOptions({
      mutationFn: ({ id }: { id: string }) => apiSend<{ delivered: boolean; answer: string }>('POST', `/channels/${id}/test`),
      onSettled: (_said, _error, _target, _before, { client }) => refresh(client),
    }),
  retry: () =>
    mutationOptions({
      mutationFn: ({ id, deliveryId }: { id: string; deliveryId?: string }) => apiSend<{ waiting: number }>('POST', `/channels/${id}/retry`, { body: { ...(deliveryId !== undefined && { deliveryId }) } }),
      onSettled: (_said, _error, _target, _before, { client }) => refresh(client),
    }),
  look: () => mutationOptions({ mutationFn: (body: z.input<typeof mailServerInput>) => apiSend<MailCertificateDto>('POST', '/channels/mail-server', { body }), gcTime: 0 }),
}
