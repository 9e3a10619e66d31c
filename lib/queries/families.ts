import { queryOptions } from '@tanstack/react-query'
import type { FamilyInfo } from '@/lib/firewalls/dto'
import { apiGet } from './client'

/** Families never change while a page is open. */
export const familyQueries = {
  list: () =>
    queryOptions({
      queryKey: ['families'] as const,
      queryFn: async ({ signal }) => (await apiGet<{ items: FamilyInfo[] }>('/families', signal)).items,
      staleTime: Infinity,
    }),
}
