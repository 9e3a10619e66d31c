import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Comparison, ItemChanges, RawComparison } from '@/lib/configuration/dto'
import type { SectionName } from '@/lib/configuration/words'
import { apiGet, queryString } from './client'

const firstPage = (): string | null => null
const ITEMS_PAGE = 100
const LINES_PAGE = 1_000
/** Two stored configurations never change. */
const FOR_EVER = { staleTime: Infinity } as const

type Two = { before: string; after: string }
type Items = Two & { section?: SectionName; search?: string }
type Raw = Two & { section?: SectionName }

export const compareQueries = {
  all: () => ['compare'] as const,
  /** How many things differ in which section. */
  summary: ({ before, after }: Two) =>
    queryOptions({ queryKey: [...compareQueries.all(), before, after] as const, queryFn: ({ signal }) => apiGet<Comparison>(`/backups/compare${queryString({ before, after })}`, signal), ...FOR_EVER }),
  /** The things with their values, a page at a time. */
  items: ({ before, after, section, search }: Items) =>
    infiniteQueryOptions({
      queryKey: [...compareQueries.all(), before, after, 'items', section, search] as const,
      queryFn: ({ pageParam, signal }) => apiGet<ItemChanges>(`/backups/compare/items${queryString({ before, after, section, search, limit: ITEMS_PAGE, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
      ...FOR_EVER,
    }),
  /** The same as lines, a page at a time. */
  raw: ({ before, after, section }: Raw) =>
    infiniteQueryOptions({
      queryKey: [...compareQueries.all(), before, after, 'raw', section] as const,
      queryFn: ({ pageParam, signal }) => apiGet<RawComparison>(`/backups/compare/raw${queryString({ before, after, section, limit: LINES_PAGE, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
      ...FOR_EVER,
    }),
}
