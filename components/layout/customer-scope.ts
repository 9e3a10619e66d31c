'use client'
// Which customer the pages are about: the parameter `customer` of the address. Nothing else keeps it, so a link is a view.
import { useSearchParams } from 'next/navigation'

export const SCOPE_PARAMETER = 'customer'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const readScope = (params: { get: (name: string) => string | null }): string | null => {
  const text = params.get(SCOPE_PARAMETER)?.trim() ?? ''
  return UUID.test(text) ? text : null
}

/** An address of Palisade with the scope in it; `null` takes it out. Other parameters and the part after `#` stay. */
export function scoped(href: string, customerId: string | null): string {
  const [beforeHash = '', hash] = href.split('#', 2)
  const [path = '', query] = beforeHash.split('?', 2)
  const params = new URLSearchParams(query)
  params.delete(SCOPE_PARAMETER)
  if (customerId !== null) params.set(SCOPE_PARAMETER, customerId)
  const text = params.toString()
  return `${path}${text === '' ? '' : `?${text}`}${hash === undefined ? '' : `#${hash}`}`
}

/** The scope, and `within`, which keeps it in an address that is linked to. */
export function useCustomerScope(): { customerId: string | null; within: (href: string) => string } {
  const customerId = readScope(useSearchParams())
  return { customerId, within: (href) => (customerId === null ? href : scoped(href, customerId)) }
}
