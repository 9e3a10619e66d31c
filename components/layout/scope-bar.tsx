'use client'
import { X } from 'lucide-react'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCustomerScope } from './customer-scope'
import { scoped } from './scope-address'
import { useCustomerName } from './customer-switcher'

/** Whose firewalls are shown, where the sidebar has no room for the name. */
export function ScopeBar() {
  const { customerId } = useCustomerScope()
  const name = useCustomerName(customerId)
  const path = usePathname()
  const query = useSearchParams().toString()
  if (customerId === null) return null
  return (
    <p className="flex h-9 items-center gap-2 border-b border-line bg-act-soft px-5 text-xs max-md:px-4 xl:hidden">
      <span className="min-w-0 truncate">
        Only <strong className="font-semibold">{name}</strong>
      </span>
      <Link
        href={scoped(`${path}${query === '' ? '' : `?${query}`}`, null)}
        className="ml-auto inline-flex h-9 shrink-0 items-center gap-1 text-act hover:underline"
      >
        <X aria-hidden size={14} />
        All customers
      </Link>
    </p>
  )
}
