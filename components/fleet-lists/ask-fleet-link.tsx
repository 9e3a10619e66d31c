'use client'
import Link from 'next/link'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { useCustomerScope } from '@/components/layout/customer-scope'
import type { FactListName } from '@/lib/queries/fleet-lists'

/** From the list of one firewall to the one that takes conditions, with this firewall as the first of them. */
export function AskFleetLink({ list }: { list: FactListName }) {
  const { firewall } = useFirewall()
  const { within } = useCustomerScope()
  return (
    <Link
      href={within(`/search/${list}?${new URLSearchParams({ firewall__name: firewall.name })}`)}
      prefetch={false}
      className="inline-flex items-center text-act hover:underline max-md:min-h-11"
    >
      Search by conditions
    </Link>
  )
}
