import { infiniteQueryOptions, mutationOptions, queryOptions } from '@tanstack/react-query'
import type { BrandDto } from '@/lib/brand/input'
import type { List } from '@/lib/lists/list'
import type { ReportDto, ReportRow } from '@/lib/reports/dto'
import { apiGet, apiSend, queryString } from './client'

const firstPage = (): string | null => null

export const reportQueries = {
  all: () => ['reports'] as const,
  list: (search: string) =>
    infiniteQueryOptions({
      queryKey: [...reportQueries.all(), 'list', search] as const,
      queryFn: ({ pageParam, signal }) => apiGet<List<ReportRow>>(`/reports${queryString({ search, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
    }),
  one: (customerId: string, month: string | undefined) =>
    queryOptions({
      queryKey: [...reportQueries.all(), 'one', customerId, month ?? null] as const,
      queryFn: ({ signal }) => apiGet<ReportDto>(`/reports/${customerId}${queryString({ month })}`, signal),
      // A month is read, not watched.
      staleTime: Infinity,
      refetchOnWindowFocus: false,
    }),
}

export const brandQueries = {
  brand: () => queryOptions({ queryKey: ['brand'] as const, queryFn: ({ signal }) => apiGet<BrandDto>('/brand', signal) }),
}

type Edit = { etag: string; name?: string; logo?: string | null }

export const brandMutations = {
  edit: () =>
    mutationOptions({
      mutationFn: ({ etag, ...body }: Edit) => apiSend<BrandDto>('PATCH', '/brand', { body, etag }),
      onSuccess: (saved, _edit, _before, { client }) => client.setQueryData(brandQueries.brand().queryKey, saved),
      onSettled: async (_saved, _error, _edit, _before, { client }) => {
        await Promise.all([client.invalidateQueries({ queryKey: brandQueries.brand().queryKey }), client.invalidateQueries({ queryKey: reportQueries.all() })])
      },
    }),
}
