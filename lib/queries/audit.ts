import { infiniteQueryOptions } from '@tanstack/react-query'
import type { AuditEntryDto, ListAuditInput } from '@/lib/audit/dto'
import type { List } from '@/lib/lists/list'
import { apiGet, queryString } from './client'

export type AuditFilter = Partial<Omit<ListAuditInput, 'limit' | 'cursor' | 'sort'>>

const PAGE_SIZE = 100
const firstPage = (): string | null => null

export const auditQueries = {
  all: () => ['audit'] as const,
  /** Newest first, a page of 100 at a time. */
  list: (filter: AuditFilter = {}) =>
    infiniteQueryOptions({
      queryKey: [...auditQueries.all(), 'list', filter] as const,
      queryFn: ({ pageParam, signal }) => apiGet<List<AuditEntryDto>>(`/audit${queryString({ ...filter, limit: PAGE_SIZE, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
    }),
}

/** A plain link: the browser saves the file, the server writes the audit entry. */
export const auditExportHref = (filter: AuditFilter, format: 'csv' | 'json' | 'chain'): string => `/api/v1/audit/export${queryString({ ...filter, format })}`
