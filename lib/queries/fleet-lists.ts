import { queryOptions } from '@tanstack/react-query'
import type { FieldValues } from '@/lib/fleet-lists/dto'
import type { ListName } from '@/lib/query-language/fields'
import { apiGet, queryString } from './client'

const VALUES_KEPT_MS = 30_000

export const fieldQueries = {
  all: () => ['fields'] as const,
  /** Values that begin like this, the commonest first. */
  values: (list: ListName, field: string, startsWith: string, customerId: string | null) =>
    queryOptions({
      queryKey: [...fieldQueries.all(), list, field, startsWith, customerId] as const,
      queryFn: ({ signal }) => apiGet<FieldValues>(`/fields/${list}/${field}/values${queryString({ startsWith, customerId })}`, signal),
      staleTime: VALUES_KEPT_MS,
      retry: false,
    }),
}
