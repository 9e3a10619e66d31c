'use client'
// Which customer the pages are about: the parameter `customer` of the address. Nothing else keeps it, so a link is a view.
import { useSearchParams } from 'next/navigation'
import { readScope, scoped } from './scope-address'

/** The scope, and `within`, which keeps it in an address that is linked to. */
export function useCustomerScope(): { customerId: string | null; within: (href: string) => string } {
  const customerId = readScope(useSearchParams())
  return { customerId, within: (href) => (customerId === null ? href : scoped(href, customerId)) }
}
