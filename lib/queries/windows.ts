import { mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { List } from '@/lib/lists/list'
import type { BlackoutDto, CalendarDto, WindowDto } from '@/lib/windows/dto'
import type { createBlackoutInput, createWindowInput, editBlackoutInput, editWindowInput } from '@/lib/windows/input'
import { apiGet, apiSend, queryString } from './client'
import { pollInterval } from './live-state'

export type NewWindow = z.input<typeof createWindowInput>
export type NewBlackout = z.input<typeof createBlackoutInput>
type ChangedWindow = z.input<typeof editWindowInput> & { etag: string }
type ChangedBlackout = z.input<typeof editBlackoutInput> & { etag: string }

export const windowQueries = {
  all: () => ['windows'] as const,
  calendars: () => [...windowQueries.all(), 'calendar'] as const,
  /** Windows, blackouts and jobs on so many days from a day, of one customer or of all that one may see. */
  calendar: (from: string, days: number, customerId: string | null) =>
    queryOptions({
      queryKey: [...windowQueries.calendars(), from, days, customerId] as const,
      queryFn: ({ signal }) => apiGet<CalendarDto>(`/calendar${queryString({ from, days, customerId })}`, signal),
      refetchInterval: pollInterval,
    }),
  /** Every blackout that holds for a customer, those of the installation too, whatever is shown; with null all that one may see. */
  blackouts: (customerId: string | null) =>
    queryOptions({
      queryKey: [...windowQueries.all(), 'blackouts', customerId] as const,
      queryFn: async ({ signal }) => {
        const all: BlackoutDto[] = []
        let cursor: string | null = null
        do {
          const page: List<BlackoutDto> = await apiGet<List<BlackoutDto>>(`/blackouts${queryString({ customerId, limit: 500, cursor })}`, signal)
          all.push(...page.items)
          cursor = page.nextCursor
        } while (cursor !== null)
        return all
      },
    }),
  one: (id: string) => queryOptions({ queryKey: [...windowQueries.all(), 'one', id] as const, queryFn: ({ signal }) => apiGet<WindowDto>(`/windows/${id}`, signal) }),
}

const changed = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: windowQueries.all() })

export const windowMutations = {
  /** One key per form: a repeated send makes no second window. */
  create: (idempotencyKey: string) => mutationOptions({ mutationFn: (body: NewWindow) => apiSend<WindowDto>('POST', '/windows', { body, idempotencyKey }), onSettled: (_made, _error, _body, _before, { client }) => changed(client) }),
  edit: () => mutationOptions({ mutationFn: ({ id, etag, ...body }: ChangedWindow) => apiSend<WindowDto>('PUT', `/windows/${id}`, { body, etag }), onSettled: (_saved, _error, _body, _before, { client }) => changed(client) }),
  // What is gone is not asked for again while its dialog still closes.
  remove: () => mutationOptions({ mutationFn: ({ id, etag }: { id: string; etag: string }) => apiSend<undefined>('DELETE', `/windows/${id}`, { etag }), onSettled: (_gone, error, _target, _before, { client }) => (error ? changed(client) : client.invalidateQueries({ queryKey: windowQueries.calendars() })) }),
}

export const blackoutMutations = {
  /** One key per form: a repeated send makes no second blackout. */
  create: (idempotencyKey: string) => mutationOptions({ mutationFn: (body: NewBlackout) => apiSend<BlackoutDto>('POST', '/blackouts', { body, idempotencyKey }), onSettled: (_made, _error, _body, _before, { client }) => changed(client) }),
  edit: () => mutationOptions({ mutationFn: ({ id, etag, ...body }: ChangedBlackout) => apiSend<BlackoutDto>('PUT', `/blackouts/${id}`, { body, etag }), onSettled: (_saved, _error, _body, _before, { client }) => changed(client) }),
  remove: () => mutationOptions({ mutationFn: ({ id, etag }: { id: string; etag: string }) => apiSend<undefined>('DELETE', `/blackouts/${id}`, { etag }), onSettled: (_gone, _error, _target, _before, { client }) => changed(client) }),
}
