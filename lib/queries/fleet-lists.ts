import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { AliasFact, FieldValues, LeaseFact, NeighbourFact, RuleFact } from '@/lib/fleet-lists/dto'
import type { FactSortName } from '@/lib/fleet-lists/input'
import type { List } from '@/lib/lists/list'
import type { ListName } from '@/lib/query-language/fields'
import type { Pair } from '@/lib/query-language/parse'
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

export type FactItems = { rules: RuleFact; aliases: AliasFact; arp: NeighbourFact; leases: LeaseFact }
export type FactListName = keyof FactItems
export type FactView = { conditions: readonly Pair[]; sort: FactSortName; gone: boolean }

const PAGE_SIZE = 100
const firstPage = (): string | null => null
/** Names may be there more than once, so this is no record. */
const asked = ({ conditions, sort, gone }: FactView, more: readonly Pair[]): string =>
  new URLSearchParams([...conditions, ['sort', sort], ...(gone ? [['gone', 'true']] : []), ...more].map(([name = '', value = '']) => [name, value])).toString()

export const factQueries = {
  all: () => ['facts'] as const,
  lists: (list: FactListName) => [...factQueries.all(), list] as const,
  /** What stands on all firewalls, a page of 100 at a time. */
  list: <L extends FactListName>(list: L, view: FactView) =>
    infiniteQueryOptions({
      queryKey: [...factQueries.lists(list), view] as const,
      queryFn: ({ pageParam, signal }) =>
        apiGet<List<FactItems[L]>>(`/${list}?${asked(view, [['limit', String(PAGE_SIZE)], ...(pageParam === null ? [] : [['cursor', pageParam] as const])])}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
    }),
}

/** A plain link: the browser saves the file, the server writes the audit entry. */
export const factExportHref = (list: FactListName, view: FactView): string => `/api/v1/${list}/export?${asked(view, [])}`
