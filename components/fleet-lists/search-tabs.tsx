'use client'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { LinkTabs } from '@/components/ui/tabs'

const TABS = [
  { href: '/search', label: 'Who has it' },
  { href: '/search/rules', label: 'Rules' },
  { href: '/search/aliases', label: 'Aliases' },
  { href: '/search/arp', label: 'ARP and NDP' },
  { href: '/search/leases', label: 'Leases' },
] as const

/** The pages of the search. The customer goes along; conditions do not, because every list has its own fields. */
export function SearchTabs() {
  const { customerId } = useCustomerScope()
  return <LinkTabs label="Search" items={TABS} query={customerId === null ? '' : `?customer=${customerId}`} />
}
