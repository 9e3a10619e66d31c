// A saved view is a link. Pure, so that it can be tested.
import type { ViewDto } from '@/lib/views/input'

type Linked = Pick<ViewDto, 'list' | 'query'>
const pathOf = ({ list }: Linked): string => (list === 'firewalls' ? '/firewalls' : `/search/${list}`)

export const hrefOfView = (view: Linked): string => `${pathOf(view)}${view.query === '' ? '' : `?${view.query}`}`

/** The customer is the scope of the page, which every view keeps. */
const sorted = (query: URLSearchParams): string => [...query].filter(([name]) => name !== 'customer').map(([name, value]) => `${name}=${value}`).sort().join('&')

/** Whether an address shows this view; the order of its conditions does not matter. */
export const isView = (view: Linked, path: string, query: URLSearchParams): boolean => path === pathOf(view) && sorted(query) === sorted(new URLSearchParams(view.query))
