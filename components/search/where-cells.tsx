'use client'
import Link from 'next/link'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { FIREWALL_LOOKS, StateMark } from '@/components/firewalls/state-word'
import type { Column } from '@/components/ui/virtual-table'
import type { Holder } from '@/lib/search/dto'

type Where = Pick<Holder, 'firewall' | 'customer' | 'site'>

export function ScopedLink({ href, className, children }: { href: string; className?: string; children: React.ReactNode }) {
  const { within } = useCustomerScope()
  return (
    <Link href={within(href)} className={className ?? 'truncate text-act hover:underline'}>
      {children}
    </Link>
  )
}

/** A firewall with its state, when that is not plainly fine. */
export function FirewallCell({ firewall, href }: { firewall: Where['firewall']; href: string }) {
  const look = FIREWALL_LOOKS[firewall.state]
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <ScopedLink href={href}>{firewall.name}</ScopedLink>
      {look.role !== 'good' && (
        <span title={look.word} className="inline-flex">
          <StateMark look={look} className="size-3.5" />
          <span className="sr-only">{look.word}</span>
        </span>
      )}
    </span>
  )
}

export const placeText = ({ customer, site }: Pick<Where, 'customer' | 'site'>): string => (site === null ? customer.name : `${customer.name}, ${site.name}`)

/** Customer and site; gone where there is no room. */
export const placeColumn = <T extends Pick<Where, 'customer' | 'site'>>(): Column<T> => ({
  id: 'place',
  head: 'Customer, site',
  hideBelow: 'lg',
  cell: (row) => (
    <span className="block truncate text-text-2" title={placeText(row)}>
      {placeText(row)}
    </span>
  ),
})
