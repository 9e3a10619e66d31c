// Addresses that a search leads to. The customer scope is added where they are followed.
import type { GroupPage } from '@/lib/search/dto'

const query = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([name, value]) => [name, value]))}`

/** A tab of a firewall, with its filter. */
export const firewallHref = (id: string, tab?: string, filter?: string): string =>
  `/firewalls/${id}${tab === undefined ? '' : `/${tab}`}${filter ? query([['filter', filter]]) : ''}`
export const searchHref = (q: string): string => `/search${query(q === '' ? [] : [['q', q]])}`
export const inListHref = ({ list, where }: NonNullable<GroupPage<unknown>['inList']>): string => `/search/${list}${query(where)}`
