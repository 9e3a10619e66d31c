// The view of a list of facts as it stands in the address. Pure, so that it can be tested.
import { FACT_SORTS, type FactSortName } from '@/lib/fleet-lists/input'
import type { FactView } from '@/lib/queries/fleet-lists'
import type { Pair } from '@/lib/query-language/parse'

export const DEFAULT_SORT: FactSortName = 'firewall'
/** Names of the address that are no conditions; `customer` is the scope. */
const BESIDE: readonly string[] = ['sort', 'gone', 'customer']

/** Every name that is not the page's own is a condition, known or not: a wrong one is shown as such. */
export function readFactView(params: URLSearchParams): FactView {
  const sort = FACT_SORTS.find((each) => each === params.get('sort')) ?? DEFAULT_SORT
  return {
    conditions: [...params].filter(([name]) => !BESIDE.includes(name)).map(([name, value]): Pair => [name, value]),
    sort,
    gone: params.get('gone') === 'true',
  }
}

/** The query of an address with this view; the scope that stands there stays. What is as usual is left out. */
export function writeFactView({ conditions, sort, gone }: FactView, before: URLSearchParams): string {
  const customer = before.get('customer')
  const pairs: Pair[] = [
    ...conditions,
    ...(sort === DEFAULT_SORT ? [] : [['sort', sort] as const]),
    ...(gone ? [['gone', 'true'] as const] : []),
    ...(customer === null ? [] : [['customer', customer] as const]),
  ]
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([name, value]) => [name, value]))}`
}
