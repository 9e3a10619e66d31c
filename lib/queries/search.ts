import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { DuplicateAddress, MovedDevice, NewDevice, ReportPage, SearchResult } from '@/lib/search/dto'
import type { SearchGroup } from '@/lib/search/input'
import { apiGet, queryString } from './client'

export type SearchQuestion = { q: string; customerId: string | null }

/** The palette shows few of each group, the page more. */
const PALETTE_ROWS = 5
const PAGE_ROWS = 20
const firstPage = (): string | null => null
/** What is stored changes with visits, and one types the same line again within a moment. */
const STALE_MS = 15_000

export const searchQueries = {
  all: () => ['search'] as const,
  /** A few of every group. What is typed next ends it. */
  quick: ({ q, customerId }: SearchQuestion) =>
    queryOptions({
      queryKey: [...searchQueries.all(), 'quick', q, customerId] as const,
      queryFn: ({ signal }) => apiGet<SearchResult>(`/search${queryString({ q, customerId, limit: PALETTE_ROWS })}`, signal),
      enabled: q !== '',
      staleTime: STALE_MS,
    }),
  /** The first page of every group. */
  whole: ({ q, customerId }: SearchQuestion) =>
    queryOptions({
      queryKey: [...searchQueries.all(), 'whole', q, customerId] as const,
      queryFn: ({ signal }) => apiGet<SearchResult>(`/search${queryString({ q, customerId, limit: PAGE_ROWS })}`, signal),
      enabled: q !== '',
      staleTime: STALE_MS,
    }),
  /** What comes after the first page of one group. */
  more: ({ q, customerId }: SearchQuestion, group: SearchGroup, cursor: string | null) =>
    infiniteQueryOptions({
      queryKey: [...searchQueries.all(), 'more', q, customerId, group, cursor] as const,
      queryFn: ({ pageParam, signal }) =>
        apiGet<SearchResult>(`/search${queryString({ q, customerId, group, limit: PAGE_ROWS, cursor: pageParam ?? cursor })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page[group]?.nextCursor ?? null,
      enabled: false,
      staleTime: STALE_MS,
    }),
}

const REPORT_ROWS = 50
type Page = { nextCursor: string | null }
const report = <T extends Page>(name: 'duplicates' | 'moved' | 'new', customerId: string | null, more: { hours?: number } = {}) =>
  infiniteQueryOptions({
    queryKey: [...searchQueries.all(), 'report', name, customerId, more] as const,
    queryFn: ({ pageParam, signal }) =>
      apiGet<T>(`/search/reports/${name}${queryString({ customerId, ...more, limit: REPORT_ROWS, cursor: pageParam })}`, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (page: T) => page.nextCursor,
    staleTime: 60_000,
  })

/** What is odd about addresses, a page at a time; a page may have nothing and still lead on. */
export const searchReports = {
  duplicates: (customerId: string | null) => report<ReportPage<DuplicateAddress>>('duplicates', customerId),
  moved: (customerId: string | null) => report<ReportPage<MovedDevice>>('moved', customerId),
  newDevices: (customerId: string | null, hours: number) => report<ReportPage<NewDevice>>('new', customerId, { hours }),
}
