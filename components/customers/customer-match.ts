import type { CustomerDto } from '@/lib/customers/input'
import type { SiteDto } from '@/lib/sites/input'

export type CustomerWithSites = { customer: CustomerDto; sites: SiteDto[] }

/** Customers whose name matches, with all their sites, and those of which only some sites match, with these. */
export function matchCustomers(customers: readonly CustomerDto[], sites: readonly SiteDto[], search: string): CustomerWithSites[] {
  const wanted = search.trim().toLowerCase()
  const matches = ({ name }: { name: string }): boolean => name.toLowerCase().includes(wanted)
  return customers.flatMap((customer) => {
    const own = sites.filter((site) => site.customer.id === customer.id)
    if (matches(customer)) return [{ customer, sites: own }]
    const some = own.filter(matches)
    return some.length === 0 ? [] : [{ customer, sites: some }]
  })
}
