// The view of the fleet as it stands in the address. Pure, so that it can be tested.
import { FIREWALL_SORTS } from '@/lib/firewalls/words'
import type { Pair } from '@/lib/query-language/parse'

export type FleetView = { conditions: readonly Pair[]; sort: string }

export const DEFAULT_SORT = 'state'
/** Names of the address that are no conditions; `customer` is the scope. */
const BESIDE: readonly string[] = ['sort', 'customer']
const isSort = (text: string): boolean => FIREWALL_SORTS.some((sort) => text === sort || text === `-${sort}`)

/** Links from before the query language still open: a comma list of states, and the firmware's state under a shorter name. */
function inLanguage([name, value]: Pair): Pair {
  if (name === 'firmware') return ['firmware__state__in', value]
  return name === 'state' && value.includes(',') ? ['state__in', value] : [name, value]
}

/** Every name that is not the page's own is a condition, known or not: a wrong one is shown as such. */
export function readView(params: URLSearchParams): FleetView {
  const sort = params.get('sort') ?? ''
  return {
    conditions: [...params].filter(([name]) => !BESIDE.includes(name)).map(([name, value]) => inLanguage([name, value])),
    sort: isSort(sort) ? sort : DEFAULT_SORT,
  }
}

const written = (pairs: readonly Pair[]): string => new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString()
const sortPair = ({ sort }: FleetView): Pair[] => (sort === DEFAULT_SORT ? [] : [['sort', sort]])

/** The query of an address with this view, without the scope; what is as usual is left out. */
export const writeView = (view: FleetView): string => written([...view.conditions, ...sortPair(view)])

/** The query of an address with this view; the scope that stands there stays. */
export function writeAddress(view: FleetView, before: URLSearchParams): string {
  const customer = before.get('customer')
  const query = written([...view.conditions, ...sortPair(view), ...(customer === null ? [] : [['customer', customer] as const])])
  return query === '' ? '' : `?${query}`
}

/** What the API is asked for: a query string of GET /firewalls. */
export const apiQuery = (view: FleetView, customerId: string | null): string =>
  written([...view.conditions, ...sortPair(view), ...(customerId === null ? [] : [['customerId', customerId] as const])])

/** The same for the counts, which have no order. */
export const countQuery = (view: FleetView, customerId: string | null): string => apiQuery({ ...view, sort: DEFAULT_SORT }, customerId)
