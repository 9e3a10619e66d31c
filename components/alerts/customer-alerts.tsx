'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { cn } from '@/lib/core/cn'
import { plural } from '@/lib/format/numbers'
import { alertQueries } from '@/lib/queries/alerts'
import { openOf } from './alert-words'

/** How many alerts of a customer want someone; nothing where none does. */
export function CustomerAlerts({ customerId }: { customerId: string }) {
  const open = useQuery(alertQueries.counts(null)).data?.customers.find((customer) => customer.customerId === customerId)?.open
  if (!open || openOf(open) === 0) return null
  return (
    <Link href={`/alerts?customer=${customerId}`} className={cn('hover:underline max-md:py-3', open.critical > 0 ? 'text-bad' : open.warning > 0 ? 'text-warn' : 'text-text-2')}>
      {plural(openOf(open), 'open alert')}
    </Link>
  )
}
